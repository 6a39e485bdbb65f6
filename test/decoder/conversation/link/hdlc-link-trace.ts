/** Runs the rules of an HDLC link over frames that are built from what a standard's table says. */
import type { Direction, Timestamp } from "../../../../decoder/chunk.js";
import { HdlcLink, type HdlcLinkView } from "../../../../decoder/conversation/link/hdlc-link.js";
import type { ObservedFrame } from "../../../../decoder/conversation/observed-frame.js";
import type { DiagnosticDefinition } from "../../../../decoder/core/diagnostics.js";
import { readHdlc } from "../../../../decoder/link/hdlc/hdlc.js";
import { createContext, dissectBytes, toBytes } from "../../dissect-bytes.js";
import { buildFrame, type FrameContents } from "../../link/hdlc-frames.js";

/** One frame of a trace: its bytes, when it came, and what the capture knows of it. */
export interface Step {
  readonly bytes: Uint8Array;
  readonly direction: Direction | null;
  readonly damaged?: boolean;
  /** Seconds; null where the capture knows no times. */
  readonly at?: number;
}

interface Found {
  /** Number of the frame it is about, from 1. */
  readonly frame: number;
  readonly code: string;
  readonly severity: string;
  readonly detail: string | undefined;
}

interface FollowedLink {
  readonly found: readonly Found[];
  /** `3 link.restart` of each. */
  readonly codes: readonly string[];
  readonly view: HdlcLinkView;
}

/** Client 16, and the server 1/17 with an address of two bytes: the direction is proven. */
const addressed = { client: "21", server: "0223" };

type Contents = Partial<FrameContents> & { readonly at?: number; readonly final?: boolean };

const pollFinal = 0x10;

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

/** The frames of one station, by their control fields of IEC 62056-46, 6.4.3 (bit 5 is P/F). */
function station(direction: Direction, addresses: { destination: string; source: string }) {
  const step = (control: number, { at, final = true, ...contents }: Contents = {}): Step => {
    const byte = control | (final ? pollFinal : 0);
    const bytes = buildFrame({ ...addresses, ...contents, control: hex(byte) });
    return { bytes, direction, ...(at === undefined ? {} : { at }) };
  };
  const llc = direction === "client-to-server" ? "e6e600" : "e6e700";
  return {
    /** N(S), N(R); the information field is a short one with its LLC header. */
    i: (sent: number, received: number, contents?: Contents) =>
      step((received << 5) | (sent << 1), { information: `${llc}c00${sent}`, ...contents }),
    rr: (received: number, contents?: Contents) => step((received << 5) | 0x01, contents),
    rnr: (received: number, contents?: Contents) => step((received << 5) | 0x05, contents),
    ui: (contents?: Contents) => step(0x03, { information: `${llc}0f00`, ...contents }),
    snrm: (contents?: Contents) => step(0x83, contents),
    disc: (contents?: Contents) => step(0x43, contents),
    ua: (contents?: Contents) => step(0x63, contents),
    dm: (contents?: Contents) => step(0x0f, contents),
    frmr: (contents?: Contents) => step(0x87, contents),
  };
}

export const client = station("client-to-server", {
  destination: addressed.server,
  source: addressed.client,
});
export const server = station("server-to-client", {
  destination: addressed.client,
  source: addressed.server,
});

/** The parameters of SNRM or UA: information field lengths of two bytes, windows of four. */
export function parameters(
  transmit: number,
  receive: number,
  windowTransmit = 1,
  windowReceive = 1,
): { information: string } {
  const length = (value: number) => value.toString(16).padStart(4, "0");
  const window = (value: number) => value.toString(16).padStart(8, "0");
  return {
    information: `8180140502${length(transmit)}0602${length(receive)}0704${window(windowTransmit)}0804${window(windowReceive)}`,
  };
}

/** SNRM and UA without parameters: frames 1 and 2. */
export const connected: readonly Step[] = [client.snrm(), server.ua()];

/** An information field of `length` bytes. */
export function information(length: number, llc = "e6e600"): string {
  return llc + "00".repeat(length - 3);
}

export function damaged(step: Step): Step {
  return { ...step, damaged: true };
}

/** Shows the steps to a link as frames 1, 2, ...; then the capture ends. */
export function follow(...steps: readonly Step[]): FollowedLink {
  const link = new HdlcLink();
  const found: Found[] = [];
  let number = 0;
  const add = (frame: number, { code, severity }: DiagnosticDefinition, detail?: string) => {
    found.push({ frame, code, severity, detail });
  };
  const sink = {
    report: (definition: DiagnosticDefinition, detail?: string) => add(number, definition, detail),
    amend: add,
  };
  for (const step of steps) {
    number += 1;
    link.observe(observe(step, number), sink);
  }
  link.finish(sink);
  return { found, codes: found.map(({ frame, code }) => `${frame} ${code}`), view: link.view };
}

/** A frame as the decoder shows it, its link values read from its bytes. */
export function observe(step: Step, number: number): ObservedFrame {
  const { bytes, direction, damaged = false, at } = step;
  const { dissection } = dissectBytes(bytes, readHdlc);
  return {
    number,
    time: at === undefined ? null : secondsOf(at),
    framing: "hdlc",
    direction,
    bytes,
    damaged,
    link: dissection.link,
    apdus: [],
    apdu: undefined,
    ciphering: undefined,
    context: createContext({ number, direction }),
  };
}

/** A frame as it was published. */
export function published(direction: Direction | null, text: string): Step {
  return { bytes: toBytes(text), direction };
}

function secondsOf(at: number): Timestamp {
  const seconds = Math.floor(at);
  return { seconds, nanoseconds: Math.round((at - seconds) * 1e9), dated: true };
}
