import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../../../decoder/core/bytes.js";
import type { LinkFrame } from "../../../../decoder/link/link-frame.js";
import {
  PacketAssembler,
  type PacketAssemblerOptions,
} from "../../../../decoder/link/packet/packet-assembler.js";
import { tcpFlags } from "../../../../decoder/link/packet/tcp-flags.js";
import { toBytes } from "../../dissect-bytes.js";
import {
  chunkOf,
  ethernet,
  ipv4,
  join,
  type Ports,
  tcpPacket,
  udp,
  udpPacket,
  wrapperPdu,
} from "./packet-builder.js";

const { syn, ack, fin } = tcpFlags;

// The AARQ and its answer in the capture DLMS_list.pcap, and SNRM and UA in original_data.pcapng.
const aarq = "000100100001001f601da109060760857405080101be10040e01000000065f1f0400007016ffff";
const aare =
  "000100010010002b6129a109060760857405080101a203020100a305a103020100be10040e0800065f1f040000101404000007";
const snrm = "7ea0070321930f017e";
const ua = "7ea01e210373c37a818012050180060180070400000001080400000001533b7e";
const getRequest = toHex(wrapperPdu("c001c100080000010000ff0200"));

/** A client on 10.0.0.1 and a meter on 10.0.0.2. */
function toMeter(port: number): Ports {
  return { sourcePort: 50_000, destinationPort: port };
}
function fromMeter(port: number): Ports {
  return {
    source: "10.0.0.2",
    destination: "10.0.0.1",
    sourcePort: port,
    destinationPort: 50_000,
  };
}

function assemble(
  packets: readonly Uint8Array[],
  options: PacketAssemblerOptions = {},
): LinkFrame[] {
  const assembler = new PacketAssembler(options);
  const frames = [
    ...packets.flatMap((bytes) => assembler.push(chunkOf(bytes))),
    ...assembler.finish(),
  ];
  for (const frame of frames) expectPiecesFit(frame);
  const listed = new Set(frames.flatMap((frame) => frame.carriers.map(({ bytes }) => bytes)));
  for (const bytes of packets) expect(listed.has(bytes), "a packet is in no frame").toBe(true);
  return frames;
}

/** The bytes of a frame are those of its packets, and the pieces cover it. */
function expectPiecesFit(frame: LinkFrame): void {
  if (frame.framing === "packet") {
    expect(frame.bytes).toBe(frame.carriers[0]?.bytes);
    expect(frame.pieces).toEqual([]);
    return;
  }
  let end = 0;
  for (const piece of frame.pieces) {
    expect(piece.start).toBe(end);
    end = piece.end;
    const packet = frame.carriers[piece.carrier]?.bytes ?? new Uint8Array(0);
    const length = piece.end - piece.start;
    expect(toHex(packet, piece.offset, piece.offset + length)).toBe(
      toHex(frame.bytes, piece.start, piece.end),
    );
  }
  expect(end).toBe(frame.bytes.length);
}

function codes(frame: LinkFrame | undefined): string[] {
  return (frame?.notices ?? []).map(({ definition }) => definition.code);
}

function messages(frames: readonly LinkFrame[]): string[] {
  return frames.filter(({ framing }) => framing !== "packet").map(({ bytes }) => toHex(bytes));
}

function framings(frames: readonly LinkFrame[]): string[] {
  return frames.map(({ framing }) => framing);
}

describe("UDP datagrams", () => {
  it("on port 4059 are wrapper PDUs", () => {
    const frames = assemble([udpPacket(toMeter(4059), aarq), udpPacket(fromMeter(4059), aare)]);
    expect(framings(frames)).toEqual(["wrapper", "wrapper"]);
    expect(messages(frames)).toEqual([aarq, aare]);
    expect(frames.map(({ flow }) => flow)).toEqual([
      "udp 10.0.0.1:50000 10.0.0.2:4059",
      "udp 10.0.0.1:50000 10.0.0.2:4059",
    ]);
    expect(frames.map(({ fromFirst }) => fromFirst)).toEqual([true, false]);
    expect(frames.flatMap(codes)).toEqual([]);
    expect(frames[0]?.pieces).toEqual([{ start: 0, end: 39, carrier: 0, offset: 42 }]);
  });

  it("on another port are known by their content, which is said once", () => {
    const frames = assemble([udpPacket(toMeter(7000), aarq), udpPacket(fromMeter(7000), aare)]);
    expect(framings(frames)).toEqual(["wrapper", "wrapper"]);
    expect(frames.map(codes)).toEqual([["packet.framing-assumed"], []]);
  });

  it("give as many frames as there are PDUs in them", () => {
    const frames = assemble([udpPacket(toMeter(4059), join(aarq, getRequest, "00"))]);
    expect(framings(frames)).toEqual(["wrapper", "wrapper", "noise"]);
    expect(messages(frames)).toEqual([aarq, getRequest, "00"]);
  });

  it("of HDLC, M-Bus, LLC and bare APDUs are known on port 4059", () => {
    const datagrams: [string, string][] = [
      ["hdlc", snrm],
      // A short M-Bus long frame: control 53, address 01, CI 00, checksum 54.
      ["mbus", "68030368 530100 54 16"],
      ["llc", "e6e600 c001c100080000010000ff0200"],
      ["llc-61334", "900110 c001c100080000010000ff0200"],
      ["apdu", "c001c100080000010000ff0200"],
    ];
    for (const [framing, hex] of datagrams) {
      const frames = assemble([udpPacket(toMeter(4059), hex)]);
      expect(framings(frames)).toEqual([framing]);
      expect(codes(frames[0])).toEqual(["packet.framing-assumed"]);
    }
  });

  it("that are none of it stay packets", () => {
    const frames = assemble([
      udpPacket(toMeter(53), "1234 0100 0001 0000"),
      udpPacket(toMeter(53), ""),
    ]);
    expect(framings(frames)).toEqual(["packet", "packet"]);
    expect(frames.map(codes)).toEqual([["packet.no-dlms"], []]);
  });

  it("do not take Modbus for a wrapper", () => {
    // Transaction 1, protocol 0, length 6, unit 1, read holding registers from c000 on.
    expect(framings(assemble([udpPacket(toMeter(502), "0001 0000 0006 01 03 c000 0001")]))).toEqual(
      ["packet"],
    );
  });

  it("show a PDU that is longer than its datagram", () => {
    const frames = assemble([udpPacket(toMeter(4059), toBytes(aarq).subarray(0, 20))]);
    expect(framings(frames)).toEqual(["wrapper"]);
    expect(frames[0]?.bytes.length).toBe(20);
  });

  it("show a PDU whose end the capture cut off, on any port", () => {
    const packet = udpPacket(toMeter(7000), aarq);
    const assembler = new PacketAssembler();
    const cut = chunkOf(packet.subarray(0, 60), { originalLength: packet.length });
    expect(assembler.push(cut)).toMatchObject([{ framing: "wrapper" }]);
  });

  it("follow the rules of the user", () => {
    const packet = udpPacket(toMeter(7000), "e6e600 c001c1");
    const decodeAs = [{ selector: "udp.port", value: 7000, framing: "llc" } as const];
    const frames = assemble([packet], { decodeAs });
    expect(framings(frames)).toEqual(["llc"]);
    expect(codes(frames[0])).toEqual([]);
    const leaveAlone = [{ selector: "udp.port", value: 4059, framing: "packet" } as const];
    const left = assemble([udpPacket(toMeter(4059), aarq)], { decodeAs: leaveAlone });
    expect(framings(left)).toEqual(["packet"]);
  });

  it("may carry a part of an HDLC frame, as gateways to serial lines send it", () => {
    const [head, tail] = [snrm.slice(0, 8), snrm.slice(8)];
    const frames = assemble([udpPacket(toMeter(7000), head), udpPacket(toMeter(7000), tail)]);
    expect(framings(frames)).toEqual(["packet", "hdlc"]);
    expect(codes(frames[0])).toEqual(["packet.part-of-message"]);
    expect(messages(frames)).toEqual([snrm]);
    expect(frames[1]?.carriers).toHaveLength(2);
  });
});

describe("fragments of IP", () => {
  const ends = toMeter(4059);
  const whole = udp(ends, aarq);
  const pieceOf = (start: number, end: number) =>
    ethernet(
      ipv4(
        { protocol: 17, offset: start, more: end < whole.length, identification: 77 },
        whole.subarray(start, end),
      ),
    );
  const fragments = [pieceOf(0, 16), pieceOf(16, 32), pieceOf(32, whole.length)];

  it("are joined, and the frame names the packets under it", () => {
    const frames = assemble([2, 0, 1].map((index) => fragments[index] as Uint8Array));
    expect(framings(frames)).toEqual(["packet", "packet", "wrapper"]);
    expect(codes(frames[0])).toEqual(["packet.fragment"]);
    expect(messages(frames)).toEqual([aarq]);
    expect(frames[2]?.carriers.map(({ bytes }) => bytes)).toEqual(fragments);
    expect(frames[2]?.flow).toBe("udp 10.0.0.1:50000 10.0.0.2:4059");
  });

  it("give what there is of a datagram at the end, and say what is missing", () => {
    const frames = assemble([fragments[0], fragments[2]] as Uint8Array[]);
    expect(framings(frames)).toEqual(["packet", "packet", "wrapper"]);
    expect(codes(frames[2])).toEqual(["ip.fragments-missing"]);
    expect(messages(frames)).toEqual([aarq.slice(0, 16)]);
  });

  it("without the first one are named at the end", () => {
    const frames = assemble(fragments.slice(1));
    expect(framings(frames)).toEqual(["packet", "packet", "packet"]);
    expect(codes(frames[2])).toEqual(["ip.fragments-missing"]);
  });
});

describe("TCP connections", () => {
  /** Data from the client, from sequence number 1 on, cut at these places. */
  function segments(hex: string, cuts: readonly number[], port = 4059): Uint8Array[] {
    const bytes = toBytes(hex);
    const bounds = [0, ...cuts, bytes.length];
    return cuts.concat(bytes.length).map((end, index) => {
      const start = bounds[index] ?? 0;
      const header = { ...toMeter(port), sequence: 1 + start };
      return tcpPacket(header, bytes.subarray(start, end));
    });
  }
  const opening = (port = 4059) => tcpPacket({ ...toMeter(port), sequence: 0, flags: syn }, "");

  it("give a frame a message, and packets without data as they are", () => {
    const frames = assemble([
      opening(),
      tcpPacket({ ...toMeter(4059), sequence: 1 }, aarq),
      tcpPacket({ ...fromMeter(4059), sequence: 900 }, aare),
      tcpPacket({ ...toMeter(4059), sequence: 40, flags: ack | fin }, ""),
    ]);
    expect(framings(frames)).toEqual(["packet", "wrapper", "wrapper", "packet"]);
    expect(messages(frames)).toEqual([aarq, aare]);
    expect(frames.map(({ fromFirst }) => fromFirst)).toEqual([true, true, false, true]);
    expect(frames.flatMap(codes)).toEqual([]);
  });

  it("carry many messages in a segment", () => {
    const frames = assemble([opening(), ...segments(aarq + getRequest + aarq, [])]);
    expect(messages(frames)).toEqual([aarq, getRequest, aarq]);
    expect(frames.slice(1).every(({ carriers }) => carriers.length === 1)).toBe(true);
  });

  it("carry a message over many segments", () => {
    const frames = assemble([opening(), ...segments(aarq, [1, 2, 9, 20])]);
    expect(framings(frames)).toEqual(["packet", "packet", "packet", "packet", "packet", "wrapper"]);
    expect(codes(frames[3])).toEqual(["tcp.segment-of-pdu"]);
    expect(frames[5]?.carriers).toHaveLength(5);
    expect(messages(frames)).toEqual([aarq]);
  });

  it("keep two connections apart", () => {
    const second: Ports = { sourcePort: 50_001, destinationPort: 4059 };
    const half = toBytes(getRequest);
    const frames = assemble([
      ...segments(aarq, [11]).slice(0, 1),
      tcpPacket({ ...second, sequence: 7 }, half.subarray(0, 9)),
      ...segments(aarq, [11]).slice(1),
      tcpPacket({ ...second, sequence: 16 }, half.subarray(9)),
    ]);
    expect(messages(frames)).toEqual([aarq, getRequest]);
    expect(new Set(frames.map(({ flow }) => flow)).size).toBe(2);
  });

  it("find HDLC on any port, and say that it is a guess", () => {
    const frames = assemble([
      opening(7001),
      ...segments(snrm, [4], 7001),
      tcpPacket({ ...fromMeter(7001), sequence: 900 }, ua),
    ]);
    expect(messages(frames)).toEqual([snrm, ua]);
    expect(framings(frames)).toEqual(["packet", "packet", "hdlc", "hdlc"]);
    expect(frames.map(codes)).toEqual([[], ["tcp.segment-of-pdu"], ["packet.framing-assumed"], []]);
  });

  it("leave other protocols alone, until a segment looks like DLMS", () => {
    const http = Buffer.from("GET / HTTP/1.1\r\n\r\n").toString("hex");
    const frames = assemble([
      opening(8080),
      tcpPacket({ ...toMeter(8080), sequence: 1 }, http),
      tcpPacket({ ...toMeter(8080), sequence: 1 + http.length / 2 }, aarq),
    ]);
    expect(framings(frames)).toEqual(["packet", "packet", "wrapper"]);
    expect(codes(frames[1])).toEqual(["packet.no-dlms"]);
  });

  it("list a retransmission as a packet", () => {
    const [packet] = segments(aarq, []);
    const frames = assemble([opening(), packet as Uint8Array, (packet as Uint8Array).slice()]);
    expect(framings(frames)).toEqual(["packet", "wrapper", "packet"]);
    expect(codes(frames[2])).toEqual(["tcp.retransmission"]);
  });

  it("put segments in order", () => {
    const [one, two, three] = segments(aarq, [10, 20]) as [Uint8Array, Uint8Array, Uint8Array];
    const frames = assemble([opening(), three, two, one]);
    expect(frames.map(codes)).toEqual([[], ["tcp.out-of-order"], ["tcp.out-of-order"], []]);
    expect(messages(frames)).toEqual([aarq]);
  });

  it("name a gap, show what is left of the message, and go on behind it", () => {
    const [head, , tail] = segments(getRequest + aarq + aarq, [30, 60]) as Uint8Array[];
    const rest = tcpPacket({ ...toMeter(4059), sequence: 1 + 21 + 78 }, getRequest);
    const frames = assemble([opening(), head, tail, rest] as Uint8Array[]);
    const last = toBytes(aarq + aarq).subarray(60 - 21);
    expect(messages(frames)).toEqual([getRequest, aarq.slice(0, 18), toHex(last), getRequest]);
    expect(framings(frames).filter((framing) => framing !== "packet")).toEqual([
      "wrapper",
      "wrapper",
      "wrapper",
      "wrapper",
    ]);
    const gap = frames
      .flatMap(({ notices }) => notices)
      .find(({ definition }) => definition.code === "tcp.gap");
    expect(gap?.detail).toBe("30 bytes");
  });

  it("show an unfinished message where the connection ends", () => {
    const [half] = segments(aarq, [20]) as Uint8Array[];
    const end = tcpPacket({ ...toMeter(4059), sequence: 21, flags: ack | fin }, "");
    const frames = assemble([opening(), half as Uint8Array, end]);
    expect(framings(frames)).toEqual(["packet", "packet", "wrapper", "packet"]);
    expect(messages(frames)).toEqual([aarq.slice(0, 40)]);
  });

  it("follow the rules of the user", () => {
    const decodeAs = [{ selector: "tcp.port", value: 7001, framing: "apdu" } as const];
    const frames = assemble([opening(7001), ...segments("c001c100080000010000ff0200", [], 7001)], {
      decodeAs,
    });
    expect(framings(frames)).toEqual(["packet", "apdu"]);
    expect(frames.flatMap(codes)).toEqual([]);
  });

  it("give the same messages however they are cut and in whatever order they come", () => {
    const message = fc.uint8Array({ minLength: 1, maxLength: 40 });
    const cut = fc.array(fc.nat(1000), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 6 }),
        cut,
        fc.nat(0xffffffff),
        fc.infiniteStream(fc.nat()),
        (bodies, cuts, isn, order) => {
          const expected = bodies.map((body) => toHex(wrapperPdu(join("c0", body))));
          const stream = toBytes(expected.join(""));
          const bounds = [...new Set([0, stream.length, ...cuts.map((at) => at % stream.length)])];
          bounds.sort((a, b) => a - b);
          const packets = bounds.slice(1).map((end, index) => {
            const start = bounds[index] ?? 0;
            const sequence = (isn + 1 + start) >>> 0;
            return tcpPacket({ ...toMeter(4059), sequence }, stream.subarray(start, end));
          });
          const shuffled = packets
            .map((packet) => ({ packet, key: order.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ packet }) => packet);
          const start = tcpPacket({ ...toMeter(4059), sequence: isn, flags: syn }, "");
          expect(messages(assemble([start, ...shuffled]))).toEqual(expected);
        },
      ),
    );
  });
});

describe("bare link types", () => {
  const user = (bytes: string) => chunkOf(bytes, { linkType: 147 });

  it("are cut by their content", () => {
    const assembler = new PacketAssembler();
    expect(assembler.push(user(snrm + ua))).toMatchObject([
      { framing: "hdlc", flow: "user 0", fromFirst: null },
      { framing: "hdlc" },
    ]);
    expect(assembler.push(user("c001c100080000010000ff0200"))).toMatchObject([{ framing: "apdu" }]);
    expect(assembler.push(user("0badf00d"))).toMatchObject([{ framing: "packet" }]);
    expect(assembler.finish()).toEqual([]);
  });

  it("follow the rules of the user", () => {
    const decodeAs = [{ selector: "user", value: 0, framing: "apdu" } as const];
    const assembler = new PacketAssembler({ decodeAs });
    expect(assembler.push(user("ff01"))).toMatchObject([{ framing: "apdu" }]);
  });

  it("take exported PDUs apart", () => {
    const tags = "000c0004646c6d73 001400040a000001 001500040a000002 00000000";
    const assembler = new PacketAssembler();
    expect(assembler.push(chunkOf(join(tags, aarq), { linkType: 252 }))).toMatchObject([
      { framing: "wrapper", flow: "upper-pdu dlms 10.0.0.1 10.0.0.2", fromFirst: true },
    ]);
  });
});

describe("serial lines", () => {
  const packet = (event: string, hex: string, comment?: string) =>
    chunkOf(join("0000000000000000", event, "000000", hex), {
      linkType: 250,
      ...(comment === undefined ? {} : { comment }),
    });

  it("are a stream each way, however they were read", () => {
    const assembler = new PacketAssembler();
    expect(assembler.push(packet("01", snrm.slice(0, 10)))).toEqual([]);
    expect(assembler.push(packet("02", ua))).toMatchObject([
      { framing: "hdlc", flow: "", mark: "server-to-client", carriers: [{ linkType: 250 }] },
    ]);
    const [frame, ...others] = assembler.push(packet("03", snrm.slice(10)));
    expect(others).toEqual([]);
    // Of its packets the first is kept: the 5 bytes that stand behind its header.
    expect(frame).toMatchObject({
      framing: "hdlc",
      mark: "client-to-server",
      carriers: [{}],
      pieces: [{ start: 0, end: 5, carrier: 0, offset: 12 }],
    });
  });

  it("have no directions where the recorder sends nothing", () => {
    const assembler = new PacketAssembler();
    const frames = [packet("02", snrm), packet("02", ua)].flatMap((one) => assembler.push(one));
    expect(frames).toMatchObject([
      { framing: "hdlc", mark: null },
      { framing: "hdlc", mark: null },
    ]);
  });

  it("list what happens beside the bytes, inside of frames too", () => {
    const assembler = new PacketAssembler();
    assembler.push(packet("02", ua.slice(0, 20)));
    expect(assembler.push(packet("00", "", "CTS is off"))).toMatchObject([
      { framing: "packet", comment: "CTS is off" },
    ]);
    expect(assembler.push(packet("02", ua.slice(20), "later"))).toMatchObject([
      { framing: "hdlc", comment: "later" },
    ]);
  });

  it("take the bytes of an error into the stream", () => {
    const assembler = new PacketAssembler();
    assembler.push(packet("02", ua.slice(0, 20)));
    expect(assembler.push(packet("08", ua.slice(20)))).toMatchObject([
      { framing: "hdlc" },
      { framing: "packet" },
    ]);
  });

  it("begin messages where the recorder ended one", () => {
    const assembler = new PacketAssembler({ lineFraming: "apdu" });
    const get = "c001c100080000010000ff0200";
    assembler.push(packet("01", get));
    assembler.push(packet("03", ""));
    expect(assembler.push(packet("01", get))).toMatchObject([{ framing: "apdu" }]);
    expect(assembler.finish()).toMatchObject([{ framing: "apdu" }]);
  });

  it("lose no byte, whatever they are", () => {
    const event = fc.constantFrom("00", "01", "02", "03", "04", "08", "63");
    const read = fc.tuple(event, fc.uint8Array({ minLength: 1, maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(read, { maxLength: 20 }), (reads) => {
        const assembler = new PacketAssembler();
        const frames = reads.flatMap(([type, bytes]) => assembler.push(packet(type, toHex(bytes))));
        frames.push(...assembler.finish());
        const sent = reads.reduce((sum, [, bytes]) => sum + bytes.length, 0);
        const shared = frames.filter((frame) => codes(frame).includes("framing.shared-flag"));
        const cutOut = frames.filter(({ framing }) => framing !== "packet");
        const length = cutOut.reduce((sum, { bytes }) => sum + bytes.length, 0);
        expect(length - shared.length).toBe(sent);
      }),
    );
  });

  it("follow the framing that is given, and the rules of the user", () => {
    const decodeAs = [{ selector: "link-type", value: 250, framing: "packet" } as const];
    const left = new PacketAssembler({ decodeAs, lineFraming: "hdlc" });
    expect(left.push(packet("02", ua))).toMatchObject([{ framing: "packet" }]);
    const forced = new PacketAssembler({ lineFraming: "mbus" });
    expect([...forced.push(packet("02", ua)), ...forced.finish()]).toMatchObject([
      { framing: "noise" },
    ]);
  });
});

describe("any packets", () => {
  it("that carry nothing for DLMS are listed, with the ends where they are known", () => {
    const ping = ethernet(ipv4({ protocol: 1 }, "0800f7ff00000000"));
    const frames = assemble([ping, ethernet("0001", 0x0806), toBytes("00")]);
    expect(framings(frames)).toEqual(["packet", "packet", "packet"]);
    expect(frames.map(({ flow }) => flow)).toEqual(["icmp 10.0.0.1 10.0.0.2", "", ""]);
  });

  it("keep their comment and mark", () => {
    const assembler = new PacketAssembler();
    const chunk = chunkOf(udpPacket(toMeter(4059), aarq), {
      comment: "association",
      direction: "client-to-server",
    });
    expect(assembler.push(chunk)).toMatchObject([
      { comment: "association", mark: "client-to-server" },
    ]);
  });

  it("are listed and never thrown at, whatever is in them", () => {
    const linkType = fc.constantFrom(0, 1, 9, 101, 113, 147, 228, 229, 252, 276, 999);
    const good = tcpPacket({ ...toMeter(4059), sequence: 1 }, aarq);
    const packet = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, value]) => good.with(at, value)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(linkType, packet), { maxLength: 20 }), (packets) => {
        const assembler = new PacketAssembler();
        for (const [type, bytes] of packets) {
          const frames = assembler.push(chunkOf(bytes, { linkType: type }));
          const listed = frames.flatMap((frame) => frame.carriers.map((one) => one.bytes));
          expect(listed).toContain(bytes);
          frames.forEach(expectPiecesFit);
        }
        assembler.finish().forEach(expectPiecesFit);
      }),
    );
  });
});
