/** What exchanges are for. IEC 62056-1-0, table 1. */
import { describe, expect, it } from "vitest";
import {
  type BusinessProcess,
  businessProcesses,
  processOf,
} from "../../../decoder/readings/business-process.js";
import type { Message } from "../conversation/trace-frames.js";
import {
  array,
  captured,
  decode,
  descriptor,
  names,
  number,
  push,
  sent,
  structure,
  type Trace,
  told,
} from "./reading-trace.js";

const { energy, clock, profile } = names;
/** 0-0:96.3.10*255 */
const disconnector = "000060030aff";
/** 0-0:40.0.0*255 */
const association = "0000280000ff";

function get(classId: number, name: string, attribute: number): Message {
  return sent(`c001c1 ${descriptor(classId, name, attribute)} 00`);
}

function set(classId: number, name: string, attribute: number): Message {
  return sent(`c101c1 ${descriptor(classId, name, attribute)} 00 00`);
}

function action(classId: number, name: string, method: number): Message {
  return sent(`c301c1 ${descriptor(classId, name, method)} 01 0f00`);
}

/** The process of the last frame. */
function processOfLast(trace: Trace): BusinessProcess | undefined {
  const last = decode(trace).at(-1);
  return last === undefined ? undefined : processOf(last);
}

type Case = readonly [process: BusinessProcess, what: string, message: Message];

const cases: readonly Case[] = [
  ["readings on demand", "a register", get(3, energy, 2)],
  ["scheduled readings", "the rows of a load profile", get(7, profile, 2)],
  ["scheduled readings", "the buffer of compact data", get(62, names.compact, 2)],
  ["scheduled readings", "a push", push(structure(`0906${energy}`, number(1)))],
  ["scheduled readings", "when the billing period ends", set(22, "00000f0000ff", 4)],
  ["scheduled readings", "when a push starts", set(22, "00000f0004ff", 4)],
  ["contractual parameters", "the activity calendar", set(20, "00000d0000ff", 7)],
  ["contractual parameters", "special days", get(11, "00000b0000ff", 2)],
  ["contractual parameters", "the active tariff", get(1, "0000600e00ff", 2)],
  ["contractual parameters", "the tariff's script table", action(9, "00000a0064ff", 1)],
  ["supply control", "the limiter", set(71, "0000110000ff", 4)],
  ["supply control", "a register monitor", get(21, "0000100000ff", 2)],
  ["load control", "the arbitrator", action(68, "0000600320ff", 1)],
  ["load control", "control signals", get(1, "0000600300ff", 2)],
  ["load control", "the output's script table", action(9, "00000a0067ff", 1)],
  ["information to the consumer", "a message to the consumer", set(1, "0000600d00ff", 2)],
  ["commissioning", "the list of objects", get(15, association, 2)],
  ["commissioning", "the device's name", get(1, "00002a0000ff", 2)],
  ["commissioning", "the serial number", get(1, "0000600100ff", 2)],
  ["commissioning", "a TCP-UDP setup", get(41, "0000190000ff", 2)],
  ["supervision", "the meter's clock that is read", get(8, clock, 2)],
  ["supervision", "the battery", get(3, "0000600601ff", 2)],
  ["supervision", "the GSM diagnostic", get(47, "0000190600ff", 2)],
  ["maintenance of the security system", "the security setup", action(64, "00002b0000ff", 2)],
  ["maintenance of the security system", "a secret that is changed", action(15, association, 2)],
  ["maintenance of the security system", "the invocation counter", set(1, "00002b0100ff", 2)],
  ["events and alarms", "an event log", get(7, "0000636200ff", 2)],
  ["events and alarms", "the alarm register", get(1, "0000616200ff", 2)],
  [
    "events and alarms",
    "an event that the meter tells",
    told(`c2 00 ${descriptor(3, energy, 2)} 1101`),
  ],
  [
    "events and alarms",
    "a push that brings an alarm register",
    push(structure(`0906${energy}`, number(1), "0906 0000616200ff", number(1))),
  ],
  ["firmware update", "the image transfer", action(18, "00002c0000ff", 1)],
  ["firmware update", "the active firmware", get(1, "0000000200ff", 2)],
  ["firmware update", "when the image is activated", set(22, "00000f0002ff", 4)],
  ["clock synchronisation", "the clock that is set", set(8, clock, 2)],
  ["clock synchronisation", "adjust_to_quarter", action(8, clock, 1)],
  ["disconnection and reconnection", "remote_disconnect", action(70, disconnector, 1)],
  ["disconnection and reconnection", "the disconnector's state", get(70, disconnector, 3)],
  ["disconnection and reconnection", "its script table", action(9, "00000a006aff", 1)],
  ["quality of supply", "power failures", get(1, "0000600709ff", 2)],
  ["quality of supply", "voltage sags in L1", get(1, "0100202000ff", 2)],
];

describe("the process", () => {
  it.each(cases)("%s: %s", (process, _, message) => {
    expect(processOfLast([message])).toBe(process);
  });

  it("is tested for each of the list", () => {
    expect(new Set(cases.map(([process]) => process))).toEqual(new Set(businessProcesses));
  });

  it("of an answer is that of its request", () => {
    expect(processOfLast([set(8, clock, 2), told("c501c1 00")])).toBe("clock synchronisation");
    expect(processOfLast([get(8, clock, 3), told("c401c1 00 10003c")])).toBe("supervision");
  });

  it("of ACCESS is that of the step: what is read, and what is written", () => {
    const step = (choice: string) =>
      sent(`d9 40000001 00 01 ${choice} ${descriptor(8, clock, 2)} 01 00`);
    expect(processOfLast([step("01")])).toBe("supervision");
    expect(processOfLast([step("02")])).toBe("clock synchronisation");
    expect(processOfLast([step("02"), told("da 40000001 00 00 01 00 01 0200")])).toBe(
      "clock synchronisation",
    );
  });

  it("is told by the first object that tells any", () => {
    // That script table tells nothing of a process; the register does.
    const list = [descriptor(9, "00000a0001ff", 2), descriptor(3, energy, 2)];
    expect(processOfLast([sent(`c003c1 02 ${list.join(" 00 ")} 00`)])).toBe("readings on demand");
  });
});

describe("no process", () => {
  const open: readonly (readonly [string, Message])[] = [
    ["a class of nobody", get(8192, "0000800000ff", 2)],
    ["the columns of a profile", get(7, profile, 3)],
    ["a script table of unknown purpose", get(9, "00000a0001ff", 2)],
    ["the reset of a register", action(3, energy, 1)],
    ["an invocation counter that is read", get(1, "00002b0100ff", 2)],
    ["a push that names nothing", push("0202 1101 1102")],
    ["an answer to nobody", told("c401c1 00 1101")],
    ["a request for the next block", sent("c002c1 00000001")],
    ["a single action schedule of unknown purpose", get(22, "00000f0009ff", 4)],
  ];

  it.each(open)("%s", (_, message) => {
    expect(processOfLast([message])).toBeUndefined();
  });

  it("has what is no APDU", () => {
    // SNRM, corpus fs-22222885268-iec21-0001.
    const [frame] = decode([sent("7ea0070321930f017e")]);
    expect(frame === undefined ? undefined : processOf(frame)).toBeUndefined();
  });

  it("but a push of a list of objects is one", () => {
    const list = array(captured(40, "0000190900ff"), captured(3, energy));
    expect(processOfLast([push(structure(list, number(1)))])).toBe("scheduled readings");
  });
});
