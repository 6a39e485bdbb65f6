/**
 * A link frame as a string of bytes, and back: its length, its numbers, the packets that carried it,
 * the frame itself where it does not stand in them in one piece. What repeats from frame to frame
 * (flows, notices) is kept in memory and written as a number.
 */
import type { Direction } from "../../decoder/index.js";
import type {
  Carrier,
  CarrierPiece,
  Framing,
  LinkFrame,
  StreamNotice,
} from "../../decoder/link/link-frame.js";
import { Interned } from "../columns.js";
import { KeptTime } from "../kept-time.js";

const framings: readonly Framing[] = [
  "hdlc",
  "wrapper",
  "llc",
  "llc-61334",
  "mbus",
  "apdu",
  "p1",
  "iec-62056-21",
  "packet",
  "noise",
];
const marks: readonly (Direction | null)[] = [null, "client-to-server", "server-to-client"];
const sides: readonly (boolean | null)[] = [null, true, false];
const flags = { timed: 1, dated: 2, carried: 4 } as const;

const headLength = 48;
const carrierLength = 12;
const pieceLength = 16;

/** Writes and reads the frames of one capture. */
export class FrameRecords {
  readonly #flows = new Interned<string>();
  readonly #notices = new Interned<readonly StreamNotice[]>((list) =>
    list.map(({ definition, detail }) => `${definition.code}\n${detail ?? ""}`).join("\n\n"),
  );

  constructor() {
    this.#notices.add([]);
  }

  write(link: LinkFrame): Buffer {
    const { time, carriers, pieces, bytes } = link;
    const isCarried = standsInOnePiece(link);
    const comment = Buffer.from(link.comment ?? "", "utf8");
    const kept = isCarried ? 0 : bytes.length;
    let length = headLength + pieces.length * pieceLength + kept + comment.length;
    for (const carrier of carriers) length += carrierLength + carrier.bytes.length;

    const record = Buffer.allocUnsafe(length);
    record.writeUInt32LE(length, 0);
    record.writeUInt8(framings.indexOf(link.framing), 4);
    record.writeUInt8(marks.indexOf(link.mark), 5);
    record.writeUInt8(sides.indexOf(link.fromFirst), 6);
    const dated = time?.dated === true ? flags.dated : 0;
    const timed = time === null ? 0 : flags.timed;
    record.writeUInt8(timed | dated | (isCarried ? flags.carried : 0), 7);
    record.writeDoubleLE(time?.seconds ?? 0, 8);
    record.writeUInt32LE(time?.nanoseconds ?? 0, 16);
    record.writeUInt32LE(link.interface, 20);
    record.writeUInt32LE(this.#flows.add(link.flow), 24);
    record.writeUInt32LE(this.#notices.add(link.notices), 28);
    record.writeUInt32LE(carriers.length, 32);
    record.writeUInt32LE(pieces.length, 36);
    record.writeUInt32LE(kept, 40);
    record.writeUInt32LE(link.comment === undefined ? 0 : comment.length + 1, 44);

    let at = headLength;
    for (const { linkType, originalLength, bytes: packet } of carriers) {
      record.writeInt32LE(linkType, at);
      record.writeUInt32LE(originalLength, at + 4);
      record.writeUInt32LE(packet.length, at + 8);
      record.set(packet, at + carrierLength);
      at += carrierLength + packet.length;
    }
    for (const { start, end, carrier, offset } of pieces) {
      record.writeUInt32LE(start, at);
      record.writeUInt32LE(end, at + 4);
      record.writeUInt32LE(carrier, at + 8);
      record.writeUInt32LE(offset, at + 12);
      at += pieceLength;
    }
    if (!isCarried) record.set(bytes, at);
    comment.copy(record, at + kept);
    return record;
  }

  /** The frame of a record. Its bytes are its own: the record may be used again. */
  read(record: Buffer): LinkFrame {
    const flag = record.readUInt8(7);
    let at = headLength;
    const carriers: Carrier[] = [];
    for (let left = record.readUInt32LE(32); left > 0; left--) {
      const end = at + carrierLength + record.readUInt32LE(at + 8);
      carriers.push({
        linkType: record.readInt32LE(at),
        originalLength: record.readUInt32LE(at + 4),
        bytes: Uint8Array.from(record.subarray(at + carrierLength, end)),
        headers: undefined,
      });
      at = end;
    }
    const pieces: CarrierPiece[] = [];
    for (let left = record.readUInt32LE(36); left > 0; left--) {
      pieces.push({
        start: record.readUInt32LE(at),
        end: record.readUInt32LE(at + 4),
        carrier: record.readUInt32LE(at + 8),
        offset: record.readUInt32LE(at + 12),
      });
      at += pieceLength;
    }
    const kept = record.readUInt32LE(40);
    const own = Uint8Array.from(record.subarray(at, at + kept));
    const comment = record.readUInt32LE(44);
    const link: LinkFrame = {
      framing: framings[record.readUInt8(4)] ?? "noise",
      bytes: (flag & flags.carried) === 0 ? own : carriedBytes(carriers, pieces),
      time:
        (flag & flags.timed) === 0
          ? null
          : new KeptTime(
              record.readDoubleLE(8),
              record.readUInt32LE(16),
              (flag & flags.dated) !== 0,
            ),
      interface: record.readUInt32LE(20),
      mark: marks[record.readUInt8(5)] ?? null,
      carriers,
      pieces,
      flow: this.#flows.get(record.readUInt32LE(24)) ?? "",
      fromFirst: sides[record.readUInt8(6)] ?? null,
      notices: this.#notices.get(record.readUInt32LE(28)) ?? [],
    };
    if (comment === 0) return link;
    return { ...link, comment: record.toString("utf8", at + kept, at + kept + comment - 1) };
  }
}

/** Whether the frame is a part of one packet as it is. */
function standsInOnePiece({ pieces, bytes }: LinkFrame): boolean {
  const [piece] = pieces;
  return pieces.length === 1 && piece?.start === 0 && piece.end === bytes.length;
}

function carriedBytes(carriers: readonly Carrier[], pieces: readonly CarrierPiece[]): Uint8Array {
  const [piece] = pieces;
  if (piece === undefined) return new Uint8Array();
  const { offset, end } = piece;
  return carriers[piece.carrier]?.bytes.subarray(offset, offset + end) ?? new Uint8Array();
}
