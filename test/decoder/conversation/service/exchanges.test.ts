/** Which answer belongs to which request. */
import { describe, expect, it } from "vitest";
import { block, get, got, next, Trace } from "./exchange-trace.js";

/** Control fields of HDLC with P/F = 1 (IEC 62056-46): N(R) N(S) for I frames. */
const I = (sent: number, received: number) => (received << 5) | 0x10 | (sent << 1);
const snrm = 0x93;
const disc = 0x53;
const ua = 0x73;
const dm = 0x1f;

const aarq = "601d a109060760857405080101 be10 040e 01000000065f1f0400007e1fffff";
const aare =
  "6129 a109060760857405080101 a203020100 a305a103020100 be10 040e 0800065f1f040000101400640007";
const rlrq = "6203 800100";
const rlre = "6303 800100";
/** Short name 0x0bd8 read, and its answer. */
const read = "05 01 02 0bd8";
const wasRead = "0c 01 00 11 05";

const answered = (trace: Trace) =>
  [...trace.answers].map(([number, { frame, name }]) => [number, frame, name]);

describe("pairs", () => {
  it("link commands, association and release, and requests by their invoke-ids", () => {
    const trace = new Trace()
      .clientHdlc(snrm)
      .serverHdlc(ua)
      .clientHdlc(I(0, 0), aarq)
      .serverHdlc(I(0, 1), aare)
      .clientHdlc(I(1, 1), get())
      .serverHdlc(I(1, 2), got())
      .clientHdlc(I(2, 2), rlrq)
      .serverHdlc(I(2, 3), rlre)
      .clientHdlc(disc)
      .serverHdlc(dm)
      .finish();
    expect(answered(trace)).toEqual([
      [2, 1, "SNRM"],
      [4, 3, "aarq"],
      [6, 5, "get-request-normal"],
      [8, 7, "rlrq"],
      [10, 9, "DISC"],
    ]);
    expect(trace.found).toEqual([]);
  });

  it("answers out of order, and carry time and objects over", () => {
    const trace = new Trace()
      .client(get("c1"), { time: 10 })
      .client(get("c2", "03"), { time: 10.5 })
      .server(got("c2"), { time: 11 })
      .server(got("c1"), { time: 12.25 });
    expect(answered(trace)).toEqual([
      [3, 2, "get-request-normal"],
      [4, 1, "get-request-normal"],
    ]);
    expect(trace.answers.get(4)?.latency).toBe(2.25e9);
    expect(trace.answers.get(3)?.objects).toMatchObject([{ classId: 3, id: 3, kind: "attribute" }]);
    expect(trace.found).toEqual([]);
  });

  it("a request for the next block, with the objects of the first one", () => {
    const trace = new Trace()
      .client(get())
      .server(block(1, false))
      .client(next(1))
      .server(block(2, true));
    expect(trace.answers.get(4)).toMatchObject({ frame: 3, name: "get-request-next" });
    expect(trace.answers.get(4)?.objects).toMatchObject([{ classId: 3, id: 2 }]);
  });

  it("services with short names in order", () => {
    const trace = new Trace()
      .client(read)
      .client(read.replace("0bd8", "0be0"))
      .server(wasRead)
      .server(wasRead);
    expect(answered(trace)).toEqual([
      [3, 1, "read-request"],
      [4, 2, "read-request"],
    ]);
    expect(trace.answers.get(4)?.objects).toMatchObject([{ shortName: 0x0be0 }]);
  });

  it("a confirmed notification with its confirmation, which the client sends", () => {
    // Long-Invoke-Id-And-Priority 40000007: invoke-id 7, confirmed.
    const trace = new Trace().server("0f 40000007 00 1105").client("10 40000007 00");
    expect(answered(trace)).toEqual([[2, 1, "data-notification"]]);
  });

  it("APDUs that stayed ciphered by their service", () => {
    const trace = new Trace()
      .client("c8 0b 30 00000001 010203040506")
      .server("cc 0b 30 00000001 010203040506");
    expect(answered(trace)).toEqual([[2, 1, "glo-get-request"]]);
  });

  it("an exception-response with the oldest request", () => {
    const trace = new Trace().client(get("c1")).client(get("c2")).server("d8 01 02");
    expect(answered(trace)).toEqual([[3, 1, "get-request-normal"]]);
  });

  it("blocks of a general block transfer with request and acknowledgement", () => {
    // got() in two blocks; the client acknowledges the first one with window 1.
    const trace = new Trace()
      .client(get(), { time: 1 })
      .server("e0 01 0001 0000 04 c401c100", { time: 2 })
      .client("e0 01 0001 0001 00", { time: 3 })
      .server("e0 81 0002 0001 05 0600000005", { time: 4 })
      .finish();
    expect(answered(trace)).toEqual([
      [2, 1, "get-request-normal"],
      [4, 1, "get-request-normal"],
    ]);
    // To the first byte of the answer: its first block.
    expect(trace.answers.get(4)?.latency).toBe(1e9);
    expect(trace.found).toEqual([]);
  });

  it("nothing with a damaged frame", () => {
    const trace = new Trace().client(get()).server(got(), { damaged: true });
    expect(trace.answers.size).toBe(0);
    expect(trace.exchanges.isAwaited(1)).toBe(true);
  });
});

describe("isAwaited", () => {
  it("holds from the request to its answer", () => {
    const trace = new Trace().client(get());
    expect(trace.exchanges.isAwaited(1)).toBe(true);
    trace.server(got());
    expect(trace.exchanges.isAwaited(1)).toBe(false);
  });

  it("does not hold for what is not confirmed", () => {
    // Invoke-Id-And-Priority 81: unconfirmed; a push of a server that nobody ever confirmed.
    const trace = new Trace().client(get("81")).server("0f 40000000 00 1105");
    expect([1, 2].filter((frame) => trace.exchanges.isAwaited(frame))).toEqual([]);
    expect(trace.finish().found).toEqual([]);
  });
});

describe("retry", () => {
  it("is the same request again before an answer, with the time since", () => {
    const trace = new Trace().client(get(), { time: 1 }).client(get(), { time: 4 }).server(got());
    expect(trace.found).toEqual(["2 service.retry"]);
    expect(trace.details.get("2 service.retry")).toBe("frame 1 sent it 3.0 s before");
  });

  it("is the link's to tell where it sends the same frame again", () => {
    // N(S) 0, N(R) 0 both times; link.retransmission and link.command-repeated say so.
    const trace = new Trace().clientHdlc(I(0, 0), get()).clientHdlc(I(0, 0), get());
    expect(trace.serverHdlc(I(0, 1), got()).found).toEqual([]);
    expect(answered(trace)).toEqual([[3, 2, "get-request-normal"]]);
    expect(new Trace().clientHdlc(snrm).clientHdlc(snrm).serverHdlc(ua).found).toEqual([]);
  });

  it("is told where the link numbers the request anew, or does not number it", () => {
    const renumbered = new Trace().clientHdlc(I(0, 0), get()).clientHdlc(I(1, 0), get());
    expect(renumbered.found).toEqual(["2 service.retry"]);
    // UI, control field 13.
    const unnumbered = new Trace().clientHdlc(0x13, get()).clientHdlc(0x13, get());
    expect(unnumbered.found).toEqual(["2 service.retry"]);
  });

  it("is not the same request after the answer, or another one before it", () => {
    const trace = new Trace().client(get()).server(got()).client(get()).client(get("c2"));
    expect(trace.found).toEqual([]);
  });
});

describe("duplicate answer", () => {
  it("is found, and shown with its request", () => {
    const trace = new Trace().client(get()).server(got()).client(get("c2")).server(got());
    expect(trace.found).toEqual(["4 service.duplicate-answer"]);
    expect(trace.answers.get(4)?.frame).toBe(1);
  });

  it("is the link's to tell where it sends the same frame again", () => {
    const trace = new Trace().clientHdlc(I(0, 0), get()).serverHdlc(I(0, 1), got());
    trace.serverHdlc(I(0, 1), got());
    expect(trace.found).toEqual([]);
    expect(trace.answers.get(3)?.frame).toBe(1);
    expect(trace.serverHdlc(I(1, 1), got()).found).toEqual(["4 service.duplicate-answer"]);
  });

  it("is not the same value for the next request", () => {
    const trace = new Trace().client(get()).server(got()).client(get()).server(got());
    expect(trace.found).toEqual([]);
  });

  it("may say something else where the request was sent twice", () => {
    const trace = new Trace().client(get()).client(get()).server(got()).server(got("c1", "06"));
    expect(trace.found).toEqual(["2 service.retry", "4 service.duplicate-answer"]);
  });
});

describe("answer without request", () => {
  it("is found once requests are seen", () => {
    const trace = new Trace().client(get()).server(got()).server(got("c3"));
    expect(trace.found).toEqual(["3 service.answer-without-request"]);
  });

  it("is no finding at the beginning, behind a damaged request, or for a push", () => {
    expect(new Trace().server(got()).server(got("c3")).found).toEqual([]);
    const damaged = new Trace().client(get()).server(got()).client(get("c3"), { damaged: true });
    expect(damaged.server(got("c3")).found).toEqual([]);
    const push = new Trace().client(get()).server(got());
    expect(push.server("db 00 0b 30 00000001 010203040506").found).toEqual([]);
  });
});

describe("unanswered", () => {
  it("is a request whose invoke-id is used again", () => {
    const trace = new Trace().client(get()).server(got()).client(get()).client(get("c1", "03"));
    expect(trace.found).toEqual(["3 service.unanswered"]);
  });

  it("is a request before the next one on a half duplex link", () => {
    const trace = new Trace()
      .clientHdlc(I(0, 0), get("c1"))
      .serverHdlc(I(0, 1), got("c1"))
      .clientHdlc(I(1, 1), get("c2"))
      .clientHdlc(I(2, 1), get("c3"));
    expect(trace.found).toEqual(["3 service.unanswered"]);
  });

  it("is a request at the end of its association", () => {
    const trace = new Trace().client(aarq).server(aare).client(get()).client(rlrq).server(rlre);
    expect(trace.found).toEqual(["3 service.unanswered"]);
  });

  it("is a request that was overtaken", () => {
    const trace = new Trace().client(get("c1")).client(get("c2")).server(got("c2")).finish();
    expect(trace.found).toEqual(["1 service.unanswered"]);
  });

  it("is not a request whose answer was damaged", () => {
    const trace = new Trace().client(get()).server(got()).client(get());
    trace.server(got(), { damaged: true }).client(get("c1", "03"));
    expect(trace.found).toEqual([]);
  });

  it("is not a request whose answer the client counts in N(R)", () => {
    const trace = new Trace()
      .clientHdlc(I(0, 0), get("c1"))
      .serverHdlc(I(0, 1), got("c1"))
      .clientHdlc(I(1, 1), get("c2"))
      .clientHdlc(I(2, 2), get("c3"))
      .clientHdlc(disc);
    expect(trace.found).toEqual([]);
  });
});

describe("the end of the capture", () => {
  it("is named where a request waits", () => {
    const trace = new Trace().client(get()).server(got()).client(get()).finish();
    expect(trace.found).toEqual(["3 service.capture-ends"]);
  });

  it("is not named where everything was answered", () => {
    expect(new Trace().client(get()).server(got()).finish().found).toEqual([]);
  });
});

describe("a server that is never heard", () => {
  it("is said once, at the end", () => {
    const trace = new Trace().clientHdlc(snrm).clientHdlc(disc).clientHdlc(snrm).finish();
    expect(trace.found).toEqual(["3 service.capture-ends", "1 service.server-silent"]);
  });

  it("is at fault for what it left unanswered once it speaks", () => {
    const trace = new Trace().clientHdlc(snrm).clientHdlc(disc).clientHdlc(snrm).serverHdlc(ua);
    expect(trace.finish().found).toEqual(["1 service.unanswered", "2 service.unanswered"]);
  });
});

describe("late answer", () => {
  it("belongs to the request that was given up", () => {
    const trace = new Trace()
      .clientHdlc(I(0, 0), get("c1"))
      .clientHdlc(I(1, 0), get("c2"))
      .serverHdlc(I(0, 1), got("c2"))
      .serverHdlc(I(1, 2), got("c1"));
    expect(trace.found).toEqual(["1 service.unanswered", "4 service.late-answer"]);
    expect(trace.answers.get(4)?.frame).toBe(1);
  });

  it("is not one that comes in time, out of order", () => {
    const trace = new Trace()
      .client(get("c1"))
      .client(get("c2"))
      .server(got("c2"))
      .server(got("c1"));
    expect(trace.found).toEqual([]);
  });
});

describe("slow answer", () => {
  it("takes more than 5 seconds", () => {
    const trace = new Trace().client(get(), { time: 1 }).server(got(), { time: 6.5 });
    expect(trace.found).toEqual(["2 service.slow-answer"]);
    expect(trace.details.get("2 service.slow-answer")).toBe("5.5 s");
  });

  it("is not one of 5 seconds, nor a quick one that comes in many parts", () => {
    const trace = new Trace().client(get(), { time: 1 }).server(got(), { time: 6 });
    trace.client(get(), { time: 10 }).server("e0 41 0001 0000 04 c401c100", { time: 11 });
    trace.server("e0 81 0002 0000 05 0600000005", { time: 20 });
    expect(trace.found).toEqual([]);
  });
});

describe("invoke-id", () => {
  it("of another request is an error, and the pair is kept", () => {
    const trace = new Trace().client(get("c1")).server(got("c5"));
    expect(trace.found).toEqual(["2 service.invoke-id"]);
    expect(trace.answers.get(2)?.frame).toBe(1);
  });

  it("is not judged where a request was not read", () => {
    const trace = new Trace()
      .client(get("c1"))
      .client(get("c5"), { damaged: true })
      .server(got("c5"));
    expect(trace.found).toEqual([]);
  });

  it("brings priority and service class back", () => {
    const trace = new Trace().client(get("c1")).server(got("01"));
    expect(trace.found).toEqual(["2 service.priority", "2 service.service-class"]);
  });
});

it("throws nothing, whatever the order", () => {
  const messages = [
    get(),
    got(),
    block(1, false),
    next(1),
    aarq,
    aare,
    rlre,
    "d80102",
    "10 40000007 00",
    "c0",
    "c401",
    "e0",
    "e0 01 0001 0000 02 c401",
    "ff",
  ];
  for (const first of messages) {
    for (const second of messages) {
      for (const third of messages) {
        new Trace().client(first).server(second).client(third).server(first).finish();
      }
    }
  }
});
