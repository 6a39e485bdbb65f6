import type { FrameContext } from "./core/context.js";
import { Cursor } from "./core/cursor.js";
import { Dissection } from "./core/dissection.js";
import type { Finding } from "./core/finding.js";
import type { Recorder } from "./core/recorder.js";
import type { OriginPiece } from "./core/source.js";
import { readHdlc } from "./link/hdlc/hdlc.js";
import { readIec6205621 } from "./link/iec-62056-21.js";
import type { CarrierPiece, Framing, LinkFrame } from "./link/link-frame.js";
import { readLlc } from "./link/llc.js";
import { readLlc61334 } from "./link/llc-61334.js";
import { readMbus } from "./link/mbus.js";
import { readNoise } from "./link/noise.js";
import { looksLikeP1, readP1 } from "./link/p1.js";
import { dissectCarrier } from "./link/packet/carrier.js";
import { readWrapper } from "./link/wrapper.js";
import type { Ciphering } from "./security/ciphering.js";
import { readApdu } from "./xdlms/apdu.js";

type Reader = (c: Cursor) => void;

/** Plaintext of a P1 port is a telegram, not an APDU; its first line tells. */
function readApduOrTelegram(c: Cursor): void {
  if (looksLikeP1(c.bytes, c.offset)) readP1(c);
  else readApdu(c);
}

const framingReaders: Readonly<Record<Exclude<Framing, "packet">, Reader>> = {
  hdlc: readHdlc,
  wrapper: readWrapper,
  llc: readLlc,
  "llc-61334": readLlc61334,
  mbus: readMbus,
  apdu: readApduOrTelegram,
  p1: readP1,
  "iec-62056-21": readIec6205621,
  noise: readNoise,
};

const noPieces: readonly OriginPiece[] = Object.freeze([]);

/**
 * Reads one frame from its outermost layer to the value inside it. A pure function of the frame,
 * the context and the recorder: any frame can be dissected again, in any order, with the same
 * result. Never throws for what the bytes are; every byte of every source ends in a node.
 */
export function dissect(frame: LinkFrame, context: FrameContext, recorder: Recorder): Dissection {
  const dissection = new Dissection(recorder, context);
  const source = dissection.addSource("frame", frame.bytes, originOf(frame.pieces));
  for (const notice of frame.notices) {
    dissection.report(notice.definition, source, 0, frame.bytes.length, notice.detail);
  }
  const c = new Cursor(dissection, source, frame.bytes);
  if (frame.framing === "packet") {
    dissectCarrier(c, frame.carriers[0]);
    return dissection;
  }
  for (const carrier of frame.carriers) {
    const id = dissection.addSource("packet", carrier.bytes, noPieces);
    // The packets are alike; the one that completed the frame names the layers.
    if (recorder.recording || carrier.headers === undefined) {
      dissection.layers = [];
      dissectCarrier(new Cursor(dissection, id, carrier.bytes), carrier);
    } else {
      const { layers, link } = carrier.headers;
      if (id > 1) dissection.layers = [];
      for (const name of layers) dissection.layers.push(name);
      for (const name in link) dissection.link[name] = link[name] as object;
    }
  }
  framingReaders[frame.framing](c);
  for (let next = dissection.takeNext(); next !== undefined; next = dissection.takeNext()) {
    if (next.kind === "apdu") readApduOrTelegram(next.cursor);
    else if (next.kind === "llc") readLlc(next.cursor);
  }
  addFindings(dissection);
  return dissection;
}

function originOf(pieces: readonly CarrierPiece[]): readonly OriginPiece[] {
  const [first] = pieces;
  if (first === undefined) return noPieces;
  // One packet carries most frames.
  return pieces.length === 1 ? [toOrigin(first)] : pieces.map(toOrigin);
}

function toOrigin({ start, end, carrier, offset }: CarrierPiece): OriginPiece {
  return { start, end, source: carrier + 1, offset };
}

/** What the conversation knows of the frame beyond its bytes. */
function addFindings(dissection: Dissection): void {
  const { context, ciphering } = dissection;
  for (const finding of context.findings) reportFinding(dissection, finding);
  if (context.replayed && ciphering !== undefined) markReplayed(ciphering);
}

/** Reports a finding on the bytes that it is about. */
export function reportFinding(dissection: Dissection, finding: Finding): void {
  const { definition, detail, about } = finding;
  const apdu = about === "apdu" ? dissection.apdus[0] : undefined;
  if (apdu !== undefined) {
    dissection.report(definition, apdu.source, apdu.start, apdu.end, detail);
  } else {
    dissection.report(definition, 0, 0, dissection.sources[0]?.bytes.length ?? 0, detail);
  }
}

/** The plaintext of a replayed APDU stays readable; its status says that it is not to be trusted. */
export function markReplayed(ciphering: Ciphering): void {
  if (ciphering.status.startsWith("decrypted")) ciphering.status = "counter-replayed";
}
