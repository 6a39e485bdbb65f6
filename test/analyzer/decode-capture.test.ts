import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CaptureOpenError, decodeCapture, type Frame } from "../../analyzer/index.js";
import { getRequest, wrap } from "../bench/messages.js";
import { pcapHeader, pcapRecord, udpPacket } from "../bench/packets.js";
import { SeededRandom } from "../bench/random.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "obiscope-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ten requests in UDP packets. */
function makeCapture(): Buffer {
  const random = new SeededRandom(1);
  const ends = { source: 1, destination: 2, sourcePort: 40_000, destinationPort: 4059 };
  const records = Array.from({ length: 10 }, (_, index) =>
    pcapRecord(udpPacket(ends, wrap(getRequest(random, index), 16, 1)), 1000 * index),
  );
  return Buffer.concat([pcapHeader, ...records]);
}

async function decode(content: Uint8Array | string): Promise<Frame[]> {
  const path = join(folder, "capture");
  writeFileSync(path, content);
  const frames: Frame[] = [];
  for await (const group of decodeCapture(path)) for (const frame of group) frames.push(frame);
  return frames;
}

describe("decodeCapture", () => {
  it.for([
    ["plain", (capture: Buffer) => capture],
    ["in gzip", (capture: Buffer) => gzipSync(capture)],
  ] as const)("decodes a pcap file %s", async ([, pack]) => {
    const frames = await decode(pack(makeCapture()));
    expect(frames.map(({ number, apdu }) => [number, apdu?.name])).toEqual(
      Array.from({ length: 10 }, (_, index) => [index + 1, "get-request-normal"]),
    );
  });

  it("decodes what stands before the place where a file breaks off, and names the place", async () => {
    const capture = makeCapture();
    const frames = await decode(capture.subarray(0, capture.length - 5));
    // Nine whole packets, the tenth as far as it goes, and the fault.
    expect(frames).toHaveLength(11);
    expect(frames.slice(0, 9).every(({ apdu }) => apdu?.name === "get-request-normal")).toBe(true);
    expect(frames[9]?.diagnostics.map(({ definition }) => definition.code)).toContain("packet.cut");
    const [fault] = frames.at(-1)?.diagnostics ?? [];
    expect(fault?.definition.code).toBe("pcap.truncated");
    // The last record begins one record before the end: 16 bytes of header, 14 + 20 + 8 of packet
    // headers, 8 of wrapper and 13 of APDU.
    expect(fault?.message).toContain(String(capture.length - 79));
  });

  it("keeps the prose of a log with the frame that it stands before", async () => {
    const frames = await decode("it worked before\n7EA0070321930F017E\nand now it does not\n");
    expect(frames.map(({ layers, comment }) => [layers, comment])).toEqual([
      [["hdlc"], "it worked before"],
      [["capture"], "and now it does not"],
    ]);
  });

  it.for([
    ["empty", ""],
    ["prose alone", "nothing but words here\n"],
    ["a foreign file", "%PDF-1.7\n"],
  ])("refuses a file that is no capture: %s", async ([, content = ""]) => {
    await expect(decode(content)).rejects.toThrow(CaptureOpenError);
  });
});
