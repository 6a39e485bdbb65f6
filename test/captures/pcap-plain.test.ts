import { EventEmitter } from "node:events";
import { expect, it, vi } from "vitest";
import { PcapReader } from "../../captures/pcap.js";
import { chunksOf, counting, pcapFile, readAll } from "./pcap-builder.js";

vi.mock("pcap-parser", () => ({
  default: { parse: () => new EventEmitter() },
}));

it("reads by itself what the package does not hand back", () => {
  const records = [5, 0, 300].map((length) => ({
    seconds: 1_767_323_045,
    fraction: 7,
    data: counting(length),
  }));
  const chunks = chunksOf(readAll(new PcapReader(), pcapFile(records), [40, 60, 100]));
  expect(chunks.map((chunk) => chunk.bytes)).toEqual(records.map((record) => record.data));
  expect(chunks.map((chunk) => chunk.position)).toEqual([40, 61, 77]);
});
