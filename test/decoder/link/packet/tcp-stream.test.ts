import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatenate, toHex } from "../../../../decoder/core/bytes.js";
import { tcpFlags } from "../../../../decoder/link/packet/tcp-flags.js";
import {
  type StreamPiece,
  type StreamProgress,
  TcpStream,
} from "../../../../decoder/link/packet/tcp-stream.js";
import { toBytes } from "../../dissect-bytes.js";

const { syn, ack, fin, rst } = tcpFlags;

/** A stream of tagged segments, with everything that it gave out. */
class Listener {
  readonly stream = new TcpStream<string>({ bytes: 0, limit: 1 << 24 });
  readonly pieces: StreamPiece<string>[] = [];

  push(
    sequence: number,
    bytes: Uint8Array | string,
    flags: number = ack,
    lost = 0,
  ): StreamProgress<string> {
    const segment = {
      sequence: sequence >>> 0,
      flags,
      bytes: toBytes(bytes),
      lost,
      tag: `${sequence}`,
    };
    const progress = this.stream.push(segment);
    this.pieces.push(...progress.pieces);
    return progress;
  }

  finish(): void {
    this.pieces.push(...this.stream.finish());
  }

  get hex(): string {
    return toHex(concatenate(this.pieces.map((piece) => piece.bytes)));
  }

  get gaps(): number[] {
    return this.pieces.map((piece) => piece.gap);
  }
}

function codes(progress: StreamProgress<string>): string[] {
  return progress.notices.map(({ definition }) => definition.code);
}

describe("a TCP stream", () => {
  it("gives segments out as they come in order", () => {
    const stream = new Listener();
    stream.push(99, "", syn);
    stream.push(100, "0102");
    expect(stream.push(102, "03").pieces).toMatchObject([{ tag: "102", offset: 0, gap: 0 }]);
    expect(stream.hex).toBe("010203");
  });

  it("begins with the first segment that has data where no SYN was captured", () => {
    const stream = new Listener();
    stream.push(500, "");
    stream.push(777, "0102");
    expect(stream.hex).toBe("0102");
    expect(codes(stream.push(700, "ffff"))).toEqual(["tcp.before-start"]);
  });

  it("waits for what comes out of order", () => {
    const stream = new Listener();
    stream.push(0, "", syn);
    expect(codes(stream.push(3, "0304"))).toEqual(["tcp.out-of-order"]);
    expect(stream.pieces).toEqual([]);
    stream.push(1, "0102");
    expect(stream.hex).toBe("01020304");
    expect(stream.gaps).toEqual([0, 0]);
  });

  it("drops retransmissions, and keeps the new end of a partial one", () => {
    const stream = new Listener();
    stream.push(1, "0102");
    expect(codes(stream.push(1, "0102"))).toEqual(["tcp.retransmission"]);
    const progress = stream.push(1, "010203");
    expect(codes(progress)).toEqual(["tcp.retransmission"]);
    expect(progress.pieces).toMatchObject([{ offset: 2 }]);
    expect(stream.hex).toBe("010203");
  });

  it("keeps the first of bytes that differ, given out or waiting", () => {
    const stream = new Listener();
    stream.push(1, "0102");
    expect(codes(stream.push(1, "01ff03"))).toEqual(["tcp.overlap-differs"]);
    expect(codes(stream.push(6, "0607"))).toEqual(["tcp.out-of-order"]);
    expect(codes(stream.push(5, "05eeee08"))).toEqual(["tcp.out-of-order", "tcp.overlap-differs"]);
    stream.push(4, "04");
    expect(stream.hex).toBe("0102030405060708");
  });

  it("goes on where sequence numbers wrap around", () => {
    const stream = new Listener();
    stream.push(0xfffffffd, "", syn);
    stream.push(1, "0405");
    stream.push(0xfffffffe, "010203");
    expect(stream.hex).toBe("0102030405");
  });

  it("knows keep-alives, with and without a byte", () => {
    const stream = new Listener();
    stream.push(1, "0102");
    expect(codes(stream.push(2, ""))).toEqual(["tcp.keep-alive"]);
    expect(codes(stream.push(2, "00"))).toEqual(["tcp.keep-alive"]);
    expect(stream.hex).toBe("0102");
  });

  it("takes the data of a SYN", () => {
    const stream = new Listener();
    stream.push(9, "0102", syn);
    stream.push(12, "03");
    expect(stream.hex).toBe("010203");
  });
});

describe("a gap in a TCP stream", () => {
  it("is named when the capture ends", () => {
    const stream = new Listener();
    stream.push(1, "01");
    stream.push(5, "05");
    stream.finish();
    expect(stream.hex).toBe("0105");
    expect(stream.gaps).toEqual([0, 3]);
  });

  it("is given up after 64 segments", () => {
    const stream = new Listener();
    stream.push(0, "", syn);
    for (let i = 0; i < 64; i++) stream.push(11 + i, "aa");
    expect(stream.pieces).toEqual([]);
    stream.push(11 + 64, "bb");
    expect(stream.pieces).toHaveLength(65);
    expect(stream.gaps[0]).toBe(10);
  });

  it("is given up behind a mebibyte", () => {
    const stream = new Listener();
    stream.push(0, "", syn);
    for (let i = 0; i < 17; i++) stream.push(11 + i * 65_536, new Uint8Array(65_536));
    expect(stream.gaps[0]).toBe(10);
  });

  it("is given up when the other end has its bytes", () => {
    const stream = new Listener();
    stream.push(1, "01");
    for (let i = 0; i < 4; i++) stream.push(5 + i, "05");
    expect(stream.pieces).toHaveLength(1);
    expect(stream.stream.acknowledge(3)).toHaveLength(0);
    expect(stream.stream.acknowledge(5)).toHaveLength(4);
    expect(codes(stream.push(2, "020304"))).toEqual(["tcp.late"]);
  });

  it("does not outlive a reset", () => {
    const stream = new Listener();
    stream.push(1, "01");
    stream.push(3, "03");
    expect(stream.push(4, "", rst).ended).toBe(true);
    expect(stream.gaps).toEqual([0, 1]);
  });

  it("is left by what the capture cut off", () => {
    const stream = new Listener();
    stream.push(1, "01", ack, 3);
    stream.push(5, "05");
    expect(stream.gaps).toEqual([0, 3]);
  });

  it("is given up where all streams together hold too much", () => {
    const stream = new TcpStream<string>({ bytes: 90, limit: 100 });
    stream.push({ sequence: 0, flags: syn, bytes: toBytes(""), lost: 0, tag: "" });
    const late = { sequence: 5, flags: ack, bytes: new Uint8Array(11), lost: 0, tag: "" };
    expect(stream.push(late).pieces).toMatchObject([{ gap: 4 }]);
  });
});

describe("the end of a TCP stream", () => {
  it("is the FIN, once everything before it is there", () => {
    const stream = new Listener();
    stream.push(1, "01");
    expect(stream.push(3, "03", fin | ack).ended).toBe(false);
    expect(stream.push(2, "02").ended).toBe(true);
    expect(stream.hex).toBe("010203");
  });

  it("is followed by a new connection on the same ports", () => {
    const stream = new Listener();
    stream.push(0, "", syn);
    stream.push(1, "01");
    stream.push(9, "09");
    const progress = stream.push(5000, "", syn);
    expect(codes(progress)).toEqual(["tcp.restart"]);
    stream.push(5001, "0a");
    expect(stream.pieces.map(({ gap, restart }) => [gap, restart])).toEqual([
      [0, false],
      [7, false],
      [0, true],
    ]);
  });

  it("does not begin anew with a repeated SYN", () => {
    const stream = new Listener();
    stream.push(0, "", syn);
    expect(codes(stream.push(0, "", syn))).toEqual([]);
    stream.push(1, "01");
    expect(codes(stream.push(0, "", syn))).toEqual([]);
    expect(stream.hex).toBe("01");
  });
});

describe("any segments that cover a stream", () => {
  it("give the stream, whatever their order, overlaps and numbers", () => {
    const segments = fc.array(fc.tuple(fc.nat(99), fc.integer({ min: 1, max: 30 })), {
      maxLength: 40,
    });
    const isn = fc.oneof(fc.nat(0xffffffff), fc.integer({ min: 0xffffff80, max: 0xffffffff }));
    fc.assert(
      fc.property(segments, isn, fc.infiniteStream(fc.nat()), (extra, start, order) => {
        const data = Uint8Array.from({ length: 100 }, (_, i) => (i * 37) & 0xff);
        // Twenty segments of five bytes cover everything; the others repeat parts of it.
        const cover = Array.from({ length: 20 }, (_, i): [number, number] => [5 * i, 5]);
        const shuffled = [...cover, ...extra]
          .map((segment) => ({ segment, key: order.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key);
        const stream = new Listener();
        stream.push(start, "", syn);
        for (const { segment } of shuffled) {
          const [at, length] = segment;
          const bytes = data.subarray(at, Math.min(at + length, 100));
          const { notices } = stream.push(start + 1 + at, bytes);
          expect(notices.map(({ definition }) => definition.code)).not.toContain(
            "tcp.overlap-differs",
          );
        }
        expect(stream.hex).toBe(toHex(data));
        expect(stream.gaps.every((gap) => gap === 0)).toBe(true);
      }),
    );
  });
});
