import { type Amendment, amendFrame, type Frame } from "../../../decoder/index.js";

/** The frames with everything that later ones have shown of them. */
export function amended(frames: readonly Frame[], amendments: readonly Amendment[]): Frame[] {
  const whole = [...frames];
  for (const amendment of amendments) {
    const frame = whole[amendment.frame - 1];
    if (frame !== undefined) amendFrame(frame, amendment);
  }
  return whole;
}

/**
 * What is wrong with the lineage of reassembled messages: a fragment that does not stand where it
 * says, pieces that do not cover a joined source or hold other bytes, frames that are not told where
 * their message was read. Empty where all is well.
 */
export function findBrokenLineage(frames: readonly Frame[]): string[] {
  return frames.flatMap((frame) => [
    ...findWrongFragments(frame, frames),
    ...findWrongPieces(frame),
    ...findUntold(frame, frames),
  ]);
}

function findWrongFragments({ number, sources }: Frame, frames: readonly Frame[]): string[] {
  return sources.flatMap(({ id, kind, bytes, from }) => {
    if (kind !== "fragment") return [];
    if (from === undefined || from.frame >= number)
      return [`${number}: source ${id} is from nowhere`];
    const there = frames[from.frame - 1]?.sources[from.source]?.bytes;
    const same = equal(bytes, there?.subarray(from.offset, from.offset + bytes.length));
    return same ? [] : [`${number}: source ${id} does not stand in frame ${from.frame}`];
  });
}

function findWrongPieces({ number, sources }: Frame): string[] {
  return sources.flatMap(({ id, kind, bytes, origin }) => {
    if (kind !== "reassembled") return [];
    let end = 0;
    for (const piece of origin) {
      if (piece.start !== end) return [`${number}: source ${id} has a gap at ${end}`];
      const { offset } = piece;
      const there = sources[piece.source]?.bytes.subarray(offset, offset + piece.end - piece.start);
      if (!equal(bytes.subarray(piece.start, piece.end), there)) {
        return [`${number}: source ${id} has other bytes at ${piece.start}`];
      }
      end = piece.end;
    }
    return end === bytes.length ? [] : [`${number}: source ${id} is covered up to ${end}`];
  });
}

function findUntold({ number, reassembly }: Frame, frames: readonly Frame[]): string[] {
  if (reassembly?.complete !== true) return [];
  return (
    reassembly.frames
      // A later frame, where this one was damaged and came again.
      .filter((other) => other !== number && (frames[other - 1]?.completedIn ?? 0) < number)
      .map((other) => `${other}: nothing says that ${number} completes it`)
  );
}

function equal(bytes: Uint8Array, others: Uint8Array | undefined): boolean {
  return others !== undefined && Buffer.compare(bytes, others) === 0;
}
