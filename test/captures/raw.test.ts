import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RawReader } from "../../captures/raw.js";
import { LINK_TYPE_MESSAGE, LINK_TYPE_STREAM } from "../../decoder/chunk.js";
import { chunksOf, concat, counting, readAll } from "./pcap-builder.js";

describe("raw bytes", () => {
  it("starts with a message and goes on as a stream", () => {
    const reader = new RawReader();
    const items = [counting(3), new Uint8Array(0), counting(2)].flatMap((b) => reader.push(b));
    items.push(...reader.finish());
    const shared = { interface: 0, time: null, direction: null };
    expect(chunksOf(items)).toEqual([
      {
        ...shared,
        linkType: LINK_TYPE_MESSAGE,
        bytes: counting(3),
        originalLength: 3,
        position: 0,
      },
      { ...shared, linkType: LINK_TYPE_STREAM, bytes: counting(2), originalLength: 2, position: 3 },
    ]);
  });

  it("any chunking gives the same bytes in the same places", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.array(fc.nat(60)), (file, cuts) => {
        const within = cuts.filter((cut) => cut <= file.length);
        const chunks = chunksOf(readAll(new RawReader(), file, within));
        expect(concat(...chunks.map((chunk) => chunk.bytes))).toEqual(file);
        let position = 0;
        for (const chunk of chunks) {
          expect(chunk.position).toBe(position);
          position += chunk.bytes.length;
        }
      }),
    );
  });
});
