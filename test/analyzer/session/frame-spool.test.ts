/** Frames aside, on a disk that has no room for them. */
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FrameSpool } from "../../../analyzer/session/frame-spool.js";
import type { LinkFrame } from "../../../decoder/link/link-frame.js";
import { SmallDisk } from "../../small-disk.js";
import { shuffledRows } from "../shuffle.js";

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0).reverse()) one.close();
});

/** A frame of a length that no other one has, filled with a value of its own. */
function frame(number: number): LinkFrame {
  return {
    framing: "noise",
    bytes: new Uint8Array(1000 + number).fill(number),
    time: { seconds: number, nanoseconds: 0, dated: true },
    interface: 0,
    mark: null,
    carriers: [],
    pieces: [],
    flow: "line",
    fromFirst: null,
    notices: [],
  };
}

function spoolOn(limit: string): FrameSpool {
  const disk = SmallDisk.mount(limit);
  if (disk === null) throw new Error("no disk can be mounted");
  open.push({ close: () => disk.unmount() });
  const spool = new FrameSpool(join(disk.path, "frames"));
  open.push(spool);
  return spool;
}

describe.skipIf(!SmallDisk.isPossible)("frames aside", () => {
  // Neither has room for 5000 frames of 1000 bytes and more: the second one not even for a file.
  it.each(["size=3m", "nr_inodes=1"])("are all there when the disk is full (%s)", (limit) => {
    const spool = spoolOn(limit);
    const count = 5000;
    for (let number = 0; number < count; number += 1) {
      spool.add(frame(number));
      // Looked at while it is written: what is kept of a block goes on being right.
      if (number % 500 < 3) expect(spool.get(number)).toEqual(frame(number));
    }
    expect(spool.size).toBeGreaterThan(5_000_000);
    for (const row of [0, ...shuffledRows(count, count), count - 1]) {
      const link = spool.get(row);
      if (!Buffer.from(frame(row).bytes).equals(link?.bytes ?? Buffer.of())) {
        expect(link, `frame ${row}`).toEqual(frame(row));
      }
    }
  });
});
