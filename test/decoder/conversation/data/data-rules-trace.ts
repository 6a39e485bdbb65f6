/** Drives the data rules with the bytes of APDUs, as a conversation would. */
import type { Timestamp } from "../../../../decoder/chunk.js";
import type { AnsweredRequest } from "../../../../decoder/conversation/answered-request.js";
import { DataRules } from "../../../../decoder/conversation/data/data-rules.js";
import { objectsOf } from "../../../../decoder/conversation/names/object-names.js";
import type { ObjectReference } from "../../../../decoder/conversation/names/object-reference.js";
import type {
  FindingSink,
  ObservedFrame,
} from "../../../../decoder/conversation/observed-frame.js";
import { noAssociation, type ShortNameObject } from "../../../../decoder/core/context.js";
import { Cursor } from "../../../../decoder/core/cursor.js";
import { Dissection } from "../../../../decoder/core/dissection.js";
import { NullRecorder } from "../../../../decoder/core/recorder.js";
import { readApdu } from "../../../../decoder/xdlms/apdu.js";
import type { Apdu } from "../../../../decoder/xdlms/apdu-value.js";
import { createContext, toBytes } from "../../dissect-bytes.js";

export interface TraceFinding {
  readonly code: string;
  readonly severity: string;
  readonly detail: string | undefined;
}

export interface TraceOptions {
  /** Seconds since 1970 of the capture. */
  readonly time?: number;
  readonly damaged?: boolean;
}

/** One conversation with a meter. */
export class DataTrace {
  readonly #rules = new DataRules();
  readonly #shortNames: readonly ShortNameObject[];
  #number = 0;
  #request: { readonly frame: number; readonly apdu: Apdu } | undefined;
  #objects: readonly ObjectReference[] = [];

  constructor(shortNames: readonly ShortNameObject[] = []) {
    this.#shortNames = shortNames;
  }

  /** A frame with this APDU, which answers nothing. */
  send(hex: string, options: TraceOptions = {}): TraceFinding[] {
    const apdu = decodeApdu(hex);
    const objects = objectsOf(apdu, this.#shortNames);
    if (objects.length > 0) this.#objects = objects;
    const findings = this.#observe(apdu, undefined, options);
    this.#request = { frame: this.#number, apdu };
    return findings;
  }

  /** A frame with this APDU, which answers the APDU that was sent before. */
  answer(hex: string, options: TraceOptions = {}): TraceFinding[] {
    const request = this.#request;
    if (request === undefined) throw new Error("nothing was asked for");
    const { frame, apdu } = request;
    const asked = {
      latency: undefined,
      apdu,
      objects: this.#objects,
      namedBy: frame,
      naming: apdu,
    };
    const answered = { frame, name: apdu.name, ...asked };
    return this.#observe(decodeApdu(hex), answered, options);
  }

  /** get-request-normal and its answer with the data; `selection` is a Selective-Access-Descriptor. */
  read(
    classId: number,
    logicalName: string,
    attribute: number,
    data: string,
    options: TraceOptions & { readonly selection?: string } = {},
  ): TraceFinding[] {
    const { selection } = options;
    this.send(`c001c1 ${descriptor(classId, logicalName, attribute)} ${select(selection)}`);
    return this.answer(`c401c100 ${data}`, options);
  }

  /** set-request-normal, whose values the client sends. */
  write(classId: number, logicalName: string, attribute: number, data: string): TraceFinding[] {
    return this.send(`c101c1 ${descriptor(classId, logicalName, attribute)} 00 ${data}`);
  }

  #observe(apdu: Apdu, answered: AnsweredRequest | undefined, options: TraceOptions) {
    this.#number += 1;
    const found: TraceFinding[] = [];
    const sink: FindingSink = {
      report: ({ code, severity }, detail) => found.push({ code, severity, detail }),
      amend: () => {
        throw new Error("the data rules amend nothing");
      },
    };
    this.#rules.observe(this.#frame(apdu, options), answered, sink);
    return found;
  }

  #frame(apdu: Apdu, { time, damaged = false }: TraceOptions): ObservedFrame {
    const dated: Timestamp | null =
      time === undefined ? null : { seconds: time, nanoseconds: 0, dated: true };
    return {
      number: this.#number,
      time: dated,
      framing: "wrapper",
      direction: null,
      bytes: new Uint8Array(0),
      damaged,
      link: {},
      apdus: [],
      apdu,
      ciphering: undefined,
      context: createContext({ association: { ...noAssociation, shortNames: this.#shortNames } }),
    };
  }
}

/** Cosem-Attribute-Descriptor in hex. */
export function descriptor(classId: number, logicalName: string, attribute: number): string {
  return `${classId.toString(16).padStart(4, "0")} ${logicalName} ${attribute.toString(16).padStart(2, "0")}`;
}

/** The codes of the findings, in order, without those that are only informative. */
export function codesOf(findings: readonly TraceFinding[]): string[] {
  return findings.filter(({ severity }) => severity !== "info").map(({ code }) => code);
}

function select(selection: string | undefined): string {
  return selection === undefined ? "00" : `01 ${selection}`;
}

/** The APDU as the decoder reads it; one that is cut has only its name. */
function decodeApdu(hex: string): Apdu {
  const bytes = toBytes(hex);
  const dissection = new Dissection(new NullRecorder(), createContext());
  readApdu(new Cursor(dissection, dissection.addSource("frame", bytes, []), bytes));
  if (dissection.apdu === undefined) throw new Error(`no APDU: ${hex}`);
  return dissection.apdu;
}
