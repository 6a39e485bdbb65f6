import { describe, expect, it } from "vitest";
import { type Direction, LINK_TYPE_MESSAGE } from "../../../decoder/chunk.js";
import { ByteStreams } from "../../../decoder/link/byte-streams.js";
import { toBytes } from "../dissect-bytes.js";

const client = "client-to-server";
const server = "server-to-client";

function cut(lines: readonly (readonly [Direction, string])[]): string[] {
  const streams = new ByteStreams("apdu");
  const links = lines.flatMap(([direction, hex]) => {
    const bytes = toBytes(hex);
    return streams.push({
      interface: 0,
      time: null,
      direction,
      linkType: LINK_TYPE_MESSAGE,
      bytes,
      originalLength: bytes.length,
      position: 0,
    });
  });
  return [...links, ...streams.finish()].map(
    ({ mark, bytes }) => `${mark} ${Buffer.from(bytes).toString("hex")}`,
  );
}

describe("a marked log of messages without a length", () => {
  // get-request-normal of a logical device name, and its answer: an unsigned 7.
  const request = "c001c100010000600100ff0200";
  const answer = "c401c1001107";

  it("keeps the order in which both sides speak", () => {
    const lines = [
      [client, request],
      [server, answer],
      [client, request],
    ] as const;
    expect(cut(lines)).toEqual(lines.map(([mark, hex]) => `${mark} ${hex}`));
  });

  it("keeps it where one side goes on", () => {
    const lines = [
      [server, answer],
      [server, answer],
      [client, request],
      [server, answer],
    ] as const;
    expect(cut(lines)).toEqual(lines.map(([mark, hex]) => `${mark} ${hex}`));
  });
});
