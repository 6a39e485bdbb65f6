/** APDUs of ACSE as bytes, and traces of one conversation for the association tracker. */
import type { AnsweredRequest } from "../../../../decoder/conversation/answered-request.js";
import { AssociationTracker } from "../../../../decoder/conversation/association/association-tracker.js";
import type {
  FindingSink,
  ObservedFrame,
} from "../../../../decoder/conversation/observed-frame.js";
import { concatenate } from "../../../../decoder/core/bytes.js";
import { type FrameContext, noAssociation } from "../../../../decoder/core/context.js";
import { Cursor } from "../../../../decoder/core/cursor.js";
import type { Severity } from "../../../../decoder/core/diagnostics.js";
import { Dissection } from "../../../../decoder/core/dissection.js";
import { NullRecorder } from "../../../../decoder/core/recorder.js";
import type { KeySet } from "../../../../decoder/security/key-set.js";
import { noblePrimitives } from "../../../../decoder/security/noble-primitives.js";
import { readApdu } from "../../../../decoder/xdlms/apdu.js";
import { createContext, toBytes } from "../../dissect-bytes.js";
import { greenBook } from "../../security/cipher-builder.js";

/** An element of BER, definite length below 128. */
function element(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concatenate(contents);
  return Uint8Array.of(tag, content.length, ...content);
}

/** InitiateRequest: no dedicated key, no quality of service. */
export function initiateRequest(conformance = "007e1f", maxSize = "ffff", version = "06"): string {
  return `01000000${version}5f1f0400${conformance}${maxSize}`;
}

/** InitiateResponse with logical names. */
export function initiateResponse(conformance = "007e1f", maxSize = "0400", version = "06"): string {
  return `0800${version}5f1f0400${conformance}${maxSize}0007`;
}

interface Opening {
  /** 1 and 2 without ciphering (logical, short names), 3 and 4 with it. */
  readonly context?: number;
  readonly title?: Uint8Array;
  readonly mechanism?: number;
  readonly challenge?: string;
  /** Hex of what user-information carries; an empty text leaves it out. */
  readonly initiate?: string;
}

export function aarq(opening: Opening = {}): Uint8Array {
  const { context = 1, title, mechanism, challenge, initiate = initiateRequest() } = opening;
  return element(
    0x60,
    element(0xa1, toBytes(`0607608574050801${hexByte(context)}`)),
    ...(title === undefined ? [] : [element(0xa6, element(0x04, title))]),
    ...(mechanism === undefined ? [] : [toBytes("8a020780"), element(0x8b, name(mechanism))]),
    ...(challenge === undefined ? [] : [element(0xac, element(0x80, toBytes(challenge)))]),
    ...userInformation(initiate),
  );
}

export interface Answer extends Opening {
  /** 0 accepted, 1 and 2 rejected. */
  readonly result?: number;
  /** A diagnostic of the service user. */
  readonly diagnostic?: number;
}

export function aare(answer: Answer = {}): Uint8Array {
  const { context = 1, title, mechanism, challenge, initiate = initiateResponse() } = answer;
  const { result = 0, diagnostic = 0 } = answer;
  return element(
    0x61,
    element(0xa1, toBytes(`0607608574050801${hexByte(context)}`)),
    element(0xa2, Uint8Array.of(0x02, 0x01, result)),
    element(0xa3, element(0xa1, Uint8Array.of(0x02, 0x01, diagnostic))),
    ...(title === undefined ? [] : [element(0xa4, element(0x04, title))]),
    ...(mechanism === undefined ? [] : [toBytes("88020780"), element(0x89, name(mechanism))]),
    ...(challenge === undefined ? [] : [element(0xaa, element(0x80, toBytes(challenge)))]),
    ...userInformation(initiate),
  );
}

function name(mechanism: number): Uint8Array {
  return toBytes(`608574050802${hexByte(mechanism)}`);
}

function userInformation(initiate: string): Uint8Array[] {
  return initiate === "" ? [] : [element(0xbe, element(0x04, toBytes(initiate)))];
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, "0");
}

/** Services of invoke-id 1, confirmed, normal priority. */
export const get = "c00141 0003 0100010800ff 02 00";
export const getAnswer = "c40141 00 06 000000ff";
export const rlrq = "6203800100";
export const rlre = "6303800100";
/** state-error service-not-allowed, service-error operation-not-possible. */
export const exception = "d80101";

export interface Found {
  readonly frame: number;
  readonly code: string;
  readonly severity: Severity;
  readonly detail: string | undefined;
}

/** Feeds a tracker frame by frame, from 1, and keeps what it finds. */
export class Trace {
  readonly tracker = new AssociationTracker();
  readonly found: Found[] = [];
  readonly #keySets: readonly KeySet[];
  #number = 0;

  constructor(keySets: readonly KeySet[] = []) {
    this.#keySets = keySets;
  }

  get state(): string {
    return this.tracker.view.state;
  }

  /** What was found, as `frame code`. */
  get codes(): string[] {
    return this.found.map(({ frame, code }) => `${frame} ${code}`);
  }

  client(...apdus: readonly (Uint8Array | string)[]): this {
    for (const apdu of apdus) this.#observe(this.#read(apdu, "client-to-server"));
    return this;
  }

  /** The server answers a GET of frame 1. */
  answer(apdu: string): this {
    const answered = { frame: 1, name: "get-request-normal", latency: undefined, apdu: undefined };
    const request = { ...answered, objects: [], namedBy: 1, naming: undefined };
    this.#observe(this.#read(apdu, "server-to-client"), request);
    return this;
  }

  server(...apdus: readonly (Uint8Array | string)[]): this {
    for (const apdu of apdus) this.#observe(this.#read(apdu, "server-to-client"));
    return this;
  }

  /** HDLC frames without information. */
  link(...types: readonly ("SNRM" | "DISC" | "UA" | "DM" | "RR")[]): this {
    for (const type of types) {
      const frame = this.#read("", type === "UA" || type === "DM" ? "server-to-client" : null);
      this.#observe({ ...frame, link: { hdlc: { control: { type, "poll-final": true } } } });
    }
    return this;
  }

  /** A frame of the client with a wrong check sequence. */
  damaged(apdu: Uint8Array | string): this {
    this.#observe({ ...this.#read(apdu, "client-to-server"), damaged: true });
    return this;
  }

  finish(): this {
    this.tracker.finish(this.#sink);
    return this;
  }

  readonly #sink: FindingSink = {
    report: ({ code, severity }, detail) => {
      this.found.push({ frame: this.#number, code, severity, detail });
    },
    amend: (frame, { code, severity }, detail) => {
      this.found.push({ frame, code, severity, detail });
    },
  };

  #observe(frame: ObservedFrame, answered?: AnsweredRequest): void {
    this.tracker.observe(frame, answered, this.#sink);
  }

  /** The frame as the decoder reads it; both titles are known from the first frame on. */
  #read(apdu: Uint8Array | string, direction: FrameContext["direction"]): ObservedFrame {
    this.#number += 1;
    const bytes = toBytes(apdu);
    const context = createContext({
      number: this.#number,
      direction,
      association: {
        ...noAssociation,
        clientSystemTitle: { value: greenBook.clientTitle, frame: 1 },
        serverSystemTitle: { value: greenBook.serverTitle, frame: 1 },
      },
      keySets: this.#keySets,
      primitives: noblePrimitives,
    });
    const dissection = new Dissection(new NullRecorder(), context);
    if (bytes.length > 0) {
      readApdu(new Cursor(dissection, dissection.addSource("frame", bytes, []), bytes));
      for (let next = dissection.takeNext(); next !== undefined; next = dissection.takeNext()) {
        readApdu(next.cursor);
      }
    }
    return {
      number: this.#number,
      time: null,
      framing: "hdlc",
      direction,
      bytes,
      damaged: false,
      link: {},
      apdus: dissection.apdus.map((each) => ({ name: each.name, length: each.end - each.start })),
      apdu: dissection.apdu,
      ciphering: dissection.ciphering,
      context,
    };
  }
}
