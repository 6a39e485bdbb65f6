import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PcapngReader } from "../../captures/pcapng.js";
import {
  enhancedPacketBlock,
  interfaceDescriptionBlock,
  interfaceStatisticsBlock,
  sectionHeaderBlock,
} from "../../captures/pcapng-writer.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { chunksOf, concat, counting, problemsOf, readAll } from "./pcap-builder.js";

const header = sectionHeaderBlock({ application: "Obiscope 1", operatingSystem: "Linux 6" });
const line = { name: "/dev/ttyUSB0", description: "9600 8N1, Zähler", linkType: 250 };
const time = { seconds: 1_767_323_045, nanoseconds: 123_456_789, dated: true };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const hasTshark = spawnSync("tshark", ["--version"]).status === 0;

describe("blocks of pcapng, by the draft's figures", () => {
  it("writes a section header: byte order, version 1.0, length not known, options", () => {
    expect(hex(header)).toBe(
      // 60 bytes: 12 of the block, 16 fixed ones, options of 4 + 8 and 4 + 12, their end of 4.
      `0a0d0d0a3c0000004d3c2b1a01000000${"ff".repeat(8)}` +
        // shb_os (3), 7 bytes and one of padding; shb_userappl (4), 10 bytes and two.
        `03000700${Buffer.from("Linux 6").toString("hex")}00` +
        `04000a00${Buffer.from("Obiscope 1").toString("hex")}0000` +
        "000000003c000000",
    );
  });

  it("writes a packet: time in nanoseconds, upper half first, padding, flags", () => {
    const block = enhancedPacketBlock({
      interface: 1,
      time: { seconds: 5, nanoseconds: 1, dated: true },
      direction: "inbound",
      bytes: counting(5),
    });
    // 5,000,000,001 is 1 * 2^32 + 705,032,705 (0x2a05f201).
    expect(hex(block)).toBe(
      "0600000034000000" +
        "010000000100000001f2052a0500000005000000" +
        "0102030405000000" +
        "020004000100000000000000" +
        "34000000",
    );
  });

  it("marks what goes out, and leaves options away where there are none", () => {
    const packet = { interface: 0, time, bytes: counting(4) };
    const out = enhancedPacketBlock({ ...packet, direction: "outbound" });
    expect(hex(out).slice(2 * 32, 2 * 40)).toBe("0200040002000000");
    const unknown = enhancedPacketBlock({ ...packet, direction: null });
    expect(unknown.length).toBe(8 + 20 + 4 + 4);
  });

  it("tells who sends on a serial line, and on no other link, when it is read again", () => {
    const read = (linkType: number, direction: "outbound" | "inbound" | null) => {
      const described = interfaceDescriptionBlock({ ...line, linkType });
      const block = enhancedPacketBlock({ interface: 0, time, bytes: counting(4), direction });
      const items = readAll(new PcapngReader(), concat(header, described, block));
      return chunksOf(items).map((chunk) => chunk.direction);
    };
    expect(read(250, "outbound")).toEqual(["client-to-server"]);
    expect(read(250, "inbound")).toEqual(["server-to-client"]);
    expect(read(250, null)).toEqual([null]);
    // There the flags are those of the machine that captured.
    expect(read(101, "inbound")).toEqual([null]);
  });

  it("cuts a comment that is too long, between two characters", () => {
    const block = enhancedPacketBlock({
      interface: 0,
      time,
      direction: null,
      bytes: counting(1),
      comment: "€".repeat(70_000),
    });
    const items = readAll(
      new PcapngReader(),
      concat(header, interfaceDescriptionBlock(line), block),
    );
    // 21,666 characters of three bytes are the most in 65,000 bytes.
    expect(chunksOf(items)[0]?.comment).toBe("€".repeat(21_666));
  });
});

it("writes what its reader reads: any bytes, times and comments", () => {
  const packets = fc.array(
    fc.record({
      interface: fc.constantFrom(0, 1),
      time: fc.record({
        seconds: fc.integer({ min: 0, max: 4_000_000_000 }),
        nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
        dated: fc.constant(true),
      }),
      direction: fc.constantFrom("inbound" as const, "outbound" as const, null),
      bytes: fc.uint8Array({ maxLength: 70 }),
      comment: fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.endsWith("\0")),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(packets, (written) => {
      const blocks = [
        header,
        interfaceDescriptionBlock(line),
        interfaceDescriptionBlock({ ...line, linkType: 101 }),
      ];
      for (const packet of written) blocks.push(enhancedPacketBlock(packet));
      const count = { start: time, end: time, received: written.length, dropped: 0 };
      blocks.push(interfaceStatisticsBlock({ interface: 0, ...count }));
      const reader = new PcapngReader();
      const items = readAll(reader, concat(...blocks));
      expect(problemsOf(items)).toEqual([]);
      expect(reader.interfaces).toMatchObject([line, { ...line, linkType: 101 }]);
      expect(
        chunksOf(items).map((chunk) => ({
          interface: chunk.interface,
          time: chunk.time,
          bytes: [...chunk.bytes],
          comment: chunk.comment,
          linkType: chunk.linkType,
        })),
      ).toEqual(
        written.map((packet) => ({
          interface: packet.interface,
          time: packet.time,
          bytes: [...packet.bytes],
          comment: packet.comment,
          linkType: packet.interface === 0 ? 250 : 101,
        })),
      );
    }),
  );
});

it.runIf(hasTshark)("writes what Wireshark's programs read", () => {
  const folder = new TestFolder();
  try {
    const packet = { interface: 0, time, bytes: counting(13) };
    const file = folder.write(
      "written.pcapng",
      concat(
        header,
        interfaceDescriptionBlock(line),
        enhancedPacketBlock({ ...packet, direction: "inbound", comment: "hello" }),
        enhancedPacketBlock({ ...packet, direction: "outbound" }),
        interfaceStatisticsBlock({ interface: 0, start: time, end: time, received: 3, dropped: 1 }),
      ),
    );
    const fields = ["frame.time_epoch", "frame.interface_name", "frame.interface_description"];
    fields.push("frame.packet_flags_direction", "frame.comment", "frame.len");
    const shown = fields.flatMap((field) => ["-e", field]);
    const read = spawnSync("tshark", ["-r", file, "-T", "fields", "-E", "separator=|", ...shown]);
    expect(read.stdout.toString()).toBe(
      "1767323045.123456789|/dev/ttyUSB0|9600 8N1, Zähler|0x00000001|hello|13\n" +
        "1767323045.123456789|/dev/ttyUSB0|9600 8N1, Zähler|0x00000002||13\n",
    );
    const about = spawnSync("capinfos", [file]).stdout.toString();
    expect(about).toMatch(/Capture oper-sys: +Linux 6\n/);
    expect(about).toMatch(/Capture application: +Obiscope 1\n/);
    expect(about).toContain("Encapsulation = RTAC serial-line");
    expect(about).toContain("Time precision = nanoseconds (9)");
    expect(about).toContain("Number of stat entries = 1");
  } finally {
    folder.remove();
  }
});
