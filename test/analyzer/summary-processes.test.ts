import { describe, expect, it } from "vitest";
import { businessProcesses } from "../../decoder/index.js";
import { type LogLine, message, read, summarizeLog } from "./session-log.js";

/** Business processes are those of IEC 62056-1-0, table 1. */
const energy = (at: number) => read(at, 3, "1-0:1.8.0*255", 2, "06 00000001");
const profile = (at: number) => read(at, 7, "1-0:99.1.0*255", 2, "01 00");

/** set-request-normal of the clock, action-request-normal of remote_disconnect; their answers. */
const setClock = (at: number): LogLine[] => [
  message(at, "client", "c10141 0008 0000010000ff 02 00 090c 07ea0102 05 030405 00 8000 00"),
  message(at + 100, "server", "c50141 00"),
];
const disconnect = (at: number): LogLine[] => [
  message(at, "client", "c30141 0046 000060030aff 01 01 0f00"),
  message(at + 100, "server", "c70141 00 00"),
];
/** data-notification: a structure of a logical name and a number. */
const push = (at: number, name = "0100010700ff") =>
  message(at, "server", `0f 00000001 00 02 02 09 06 ${name} 11 05`);

async function processesOf(lines: readonly LogLine[]) {
  const { processes } = await summarizeLog(lines);
  return processes.map(({ process, exchanges, firstFrame }) => [process, exchanges, firstFrame]);
}

describe("the business processes of a summary", () => {
  it("are counted by their requests, the most frequent first, with the first frame", async () => {
    const lines = [
      ...setClock(0),
      ...energy(1000),
      ...energy(2000),
      ...disconnect(3000),
      ...energy(4000),
      ...profile(5000),
      ...profile(6000),
    ];
    // Two frames each: the first of each are 1, 3, 7 and 11. Equals stand in the order of the capture.
    expect(await processesOf(lines)).toEqual([
      ["readings on demand", 3, 3],
      ["scheduled readings", 2, 11],
      ["clock synchronisation", 1, 1],
      ["disconnection and reconnection", 1, 7],
    ]);
  });

  it("count requests that are sent again, and those without an answer", async () => {
    const [request, answer] = energy(6000);
    const [lost] = energy(0);
    const lines = [lost, request, answer].filter((line) => line !== undefined);
    expect(await processesOf(lines)).toEqual([["readings on demand", 2, 1]]);
  });

  it("count what the meter sends by itself", async () => {
    expect(await processesOf([push(0), push(1000)])).toEqual([["scheduled readings", 2, 1]]);
    // An event code, and event-notification-request.
    expect(await processesOf([push(0, "0000600b00ff")])).toEqual([["events and alarms", 1, 1]]);
    expect(await processesOf([message(0, "server", "c2 00 0001 0000600b00ff 02 11 05")])).toEqual([
      ["events and alarms", 1, 1],
    ]);
  });

  it("tell reading from writing", async () => {
    const clock = read(0, 8, "0-0:1.0.0*255", 2, "09 0c 07ea0102 05 030405 00 8000 00");
    expect(await processesOf(clock)).toEqual([["supervision", 1, 1]]);
    expect(await processesOf(setClock(0))).toEqual([["clock synchronisation", 1, 1]]);
  });

  it.for([
    ["15", "0-0:40.0.0*255", 2, "commissioning"],
    ["64", "0-0:43.0.0*255", 2, "maintenance of the security system"],
    ["18", "0-0:44.0.0*255", 6, "firmware update"],
    ["71", "0-0:17.0.0*255", 3, "supply control"],
    ["68", "0-0:96.3.20*255", 2, "load control"],
    ["20", "0-0:13.0.0*255", 2, "contractual parameters"],
    ["1", "0-0:96.13.0*255", 2, "information to the consumer"],
    ["3", "1-0:32.32.0*255", 2, "quality of supply"],
    ["7", "0-0:99.98.0*255", 2, "events and alarms"],
  ] as const)(
    "are told by the object: class %s, %s",
    async ([classId, obis, attribute, process]) => {
      expect(businessProcesses).toContain(process);
      expect(await processesOf(read(0, Number(classId), obis, attribute, "11 00"))).toEqual([
        [process, 1, 1],
      ]);
    },
  );

  it("leave out what tells nothing", async () => {
    // A class and a code that only a maker knows.
    expect(await processesOf(read(0, 9999, "0-0:200.0.0*255", 2, "11 00"))).toEqual([]);
  });
});
