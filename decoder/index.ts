/** The decoder as a library: bytes in, frames out. Runs unchanged in Node and in a browser. */
import { type Direction, LINK_TYPE_STREAM, type Timestamp } from "./chunk.js";
import type { Frame } from "./frame.js";
import { amendFrame, FrameDecoder, type FrameDecoderOptions } from "./frame-decoder.js";
import { type FrameJson, presentFrame } from "./present/frame-json.js";

export type { CaptureChunk, Direction, Timestamp } from "./chunk.js";
export { LINK_TYPE_MESSAGE, LINK_TYPE_STREAM } from "./chunk.js";
export type { Amendment } from "./conversation/amendment.js";
export { fromHex, toHex } from "./core/bytes.js";
export {
  compareSeverity,
  type Diagnostic,
  type DiagnosticDefinition,
  listDiagnostics,
  type Severity,
} from "./core/diagnostics.js";
export { type Field, findField, listFields } from "./core/fields.js";
export type { SpanNode, SpanValue } from "./core/recorder.js";
export type { ByteSource } from "./core/source.js";
export { ObjectDictionary } from "./cosem/packs/object-dictionary.js";
export { ObjectFileError, readObjectFile } from "./cosem/packs/object-file.js";
export { standardNames } from "./cosem/standard-names.js";
export { explain } from "./explain/explain.js";
export type {
  ExplainedValue,
  ExplainOptions,
  Explanation,
  ExplanationKind,
  Fact,
} from "./explain/explanation.js";
export { suggest } from "./explain/suggest.js";
export type { Frame } from "./frame.js";
export { amendFrame, FrameDecoder, type FrameDecoderOptions } from "./frame-decoder.js";
export type { Framing } from "./link/link-frame.js";
export type { DecodeAs } from "./link/packet/packet-assembler.js";
export { displayNode } from "./present/display.js";
export { type FrameJson, presentFrame, writeFrame } from "./present/frame-json.js";
export { type TextOptions, writeFrameText } from "./present/frame-text.js";
export { TextBuffer } from "./present/text-buffer.js";
export {
  type BusinessProcess,
  businessProcesses,
  processOf,
} from "./readings/business-process.js";
export {
  type DescribedReading,
  describeReading,
  nameOfReading,
  type ObjectNames,
} from "./readings/described-reading.js";
export type { MeterObjects } from "./readings/meter-objects.js";
export type { ObjectDefinition } from "./readings/object-definitions.js";
export type { GivenColumns } from "./readings/profile-columns.js";
export type { Reading } from "./readings/reading.js";
export { readingsOf } from "./readings/readings-of-frame.js";
export { readHexText } from "./readings/telegram-readings.js";
export { KeyFileError, keySetFromOptions, parseKeyFile } from "./security/key-file.js";
export type { KeySet } from "./security/key-set.js";
export type { CipherPrimitives } from "./security/primitives.js";
export { formatLogicalName, parseLogicalName } from "./xdlms/logical-name.js";

/** Where and when bytes were seen; everything may be left out. */
export interface SeenAt {
  readonly time?: Timestamp | null;
  readonly direction?: Direction | null;
  /** A LINKTYPE_ number for captured packets; default: a stream of bytes. */
  readonly linkType?: number;
  readonly interface?: number;
}

export interface Decoder {
  /**
   * Takes bytes as they come; returns the frames that they complete, in the contract's form. Bytes of
   * a frame that is not complete are kept, not copied: they must not be changed. A frame is given at
   * once: links to later frames (`answered-by`, `completed-in`) are not in it, and a finding about it
   * that shows later is told by the frame that shows it.
   */
  push(bytes: Uint8Array, seen?: SeenAt): FrameJson[];
  /** Nothing more will come: what is unfinished comes out as far as it goes. */
  finish(): FrameJson[];
}

/** A decoder for one capture or line. Pure: no clock, no I/O; it never throws for its input. */
export function createDecoder(options: FrameDecoderOptions = {}): Decoder {
  const decoder = new FrameDecoder(options);
  let position = 0;
  const present = (frame: Frame): FrameJson => {
    for (const amendment of decoder.takeAmendments()) amendFrame(frame, amendment);
    return presentFrame(frame);
  };
  return {
    push(bytes, seen = {}) {
      const frames = decoder.push({
        interface: seen.interface ?? 0,
        time: seen.time ?? null,
        direction: seen.direction ?? null,
        linkType: seen.linkType ?? LINK_TYPE_STREAM,
        bytes,
        originalLength: bytes.length,
        position,
      });
      position += bytes.length;
      return Array.from(frames, present);
    },
    finish: () => [
      ...Array.from(decoder.finish(), present),
      ...Array.from(decoder.reportAmendments(), (frame) => presentFrame(frame)),
    ],
  };
}
