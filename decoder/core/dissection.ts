import type { Ciphering } from "../security/ciphering.js";
import type { Apdu } from "../xdlms/apdu-value.js";
import type { GeneralBlockTransfer } from "../xdlms/general-block-transfer.js";
import type { FrameContext } from "./context.js";
import type { Cursor } from "./cursor.js";
import { createDiagnostic, type Diagnostic, type DiagnosticDefinition } from "./diagnostics.js";
import type { NewPart } from "./parts.js";
import type { Recorder } from "./recorder.js";
import type { ByteSource, ByteSourceKind, FragmentOrigin, OriginPiece } from "./source.js";

/** The layers of a captured packet. */
export type PacketLayerKind =
  | "ethernet"
  | "vlan"
  | "linux-cooked"
  | "linux-cooked-2"
  | "null-loopback"
  | "loop"
  | "ppp"
  | "pppoe"
  | "upper-pdu"
  | "rtac-serial"
  | "user"
  | "network-payload"
  | "ip"
  | "ipv4"
  | "ipv6"
  | "ip-fragment"
  | "ip-payload"
  | "udp"
  | "tcp";

/** The layers that a layer can leave its payload to; `dissect` knows who reads them. */
export type LayerKind = PacketLayerKind | "llc" | "apdu";

/** What a layer passes on: the bytes of the layer inside it, and what they are. */
export interface NextLayer {
  readonly cursor: Cursor;
  readonly kind: LayerKind;
}

/** An APDU in the frame, whole or completed by it. */
export interface DissectedApdu {
  /** With its choice: `get-response-normal`. */
  readonly name: string;
  readonly source: number;
  readonly start: number;
  readonly end: number;
  /** Bytes of the whole APDU, tag included; of one in parts, of all parts together. */
  readonly length: number;
}

/** The message that the frame has a part of. */
export interface Reassembly {
  /** The frame brings the last part that was missing: the message is read in it. */
  readonly complete: boolean;
  /** Frames that brought the parts, in order; of a message that goes on, the first and this one. */
  readonly frames: readonly number[];
}

/**
 * The dissection of one frame while it grows: every layer adds its name, its values and its
 * findings. It lives as long as one call of `dissect`.
 */
export class Dissection {
  readonly recorder: Recorder;
  readonly context: FrameContext;
  /** Outermost first: `ethernet`, `ipv4`, `tcp`, `hdlc`, `llc`, `get-request-normal`. */
  layers: string[] = [];
  /** The typed values of each link layer, by its name; keys in the contract's spelling. */
  link: Record<string, object> = {};
  readonly diagnostics: Diagnostic[] = [];
  readonly sources: ByteSource[] = [];
  /** Learnt from it, for the association alone: never part of a value, a tree or a text. */
  dedicatedKey: Uint8Array | undefined;
  /** Parts of messages that go beyond the frame. */
  readonly parts: NewPart[] = [];
  /** What became of them. */
  reassembly: Reassembly | undefined;
  /** Outermost first. */
  readonly apdus: DissectedApdu[] = [];
  /** The innermost APDU that could be read. */
  apdu: Apdu | undefined;
  /** The block of a general block transfer; `apdu` is what it completes, where it does. */
  generalBlock: GeneralBlockTransfer | undefined;
  /** The outcome of the innermost ciphering. */
  ciphering: Ciphering | undefined;
  /** Elements of data counted so far, against `context.limits.nodes`. */
  elements = 0;
  #next: NextLayer | undefined;

  constructor(recorder: Recorder, context: FrameContext) {
    this.recorder = recorder;
    this.context = context;
  }

  /** Adds a byte string that fields can point into; returns its index in `sources`. */
  addSource(kind: ByteSourceKind, bytes: Uint8Array, origin: readonly OriginPiece[]): number {
    const id = this.sources.length;
    this.sources.push({ id, kind, bytes, origin });
    return id;
  }

  /** Adds a part of a message that another frame brought. */
  addFragment(bytes: Uint8Array, from: FragmentOrigin): number {
    const id = this.sources.length;
    this.sources.push({ id, kind: "fragment", bytes, origin: [], from });
    return id;
  }

  report(
    definition: DiagnosticDefinition,
    source: number,
    start: number,
    end: number,
    detail?: string,
  ): void {
    this.diagnostics.push(createDiagnostic(definition, source, start, end, detail));
  }

  /** Replaces the name of the layer being read by a more exact one (`get-request-normal`). */
  nameLayer(name: string): void {
    this.layers[this.layers.length - 1] = name;
  }

  /** Leaves bytes for the layer inside; it is read when the present one has ended. */
  handOver(cursor: Cursor, kind: LayerKind): void {
    this.#next = { cursor, kind };
  }

  /** The layer that was left to be read, once. */
  takeNext(): NextLayer | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }
}
