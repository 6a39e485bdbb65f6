/** Transfers in data blocks, and general block transfer. Numbers: IEC 62056-5-3, block transfer. */
import { describe, expect, it } from "vitest";
import { block, get, got, lengthOf, next, Trace, u32 } from "./exchange-trace.js";

const attribute = "0003 0100010800ff 02 00";
const setFirst = (number: number, last = "00", raw = "0600") =>
  `c102c1 ${attribute} ${last} ${u32(number)} ${lengthOf(raw)} ${raw}`;
const setBlock = (number: number, last = "00", raw = "0000") =>
  `c103c1 ${last} ${u32(number)} ${lengthOf(raw)} ${raw}`;
const setAcknowledged = (number: number) => `c502c1 ${u32(number)}`;
const setDone = (number: number, result = "00") => `c503c1 ${result} ${u32(number)}`;
const rlrq = "6203 800100";
const rlre = "6303 800100";

describe("block numbers", () => {
  it("count from 1 in GET, SET, ACTION, READ and WRITE", () => {
    const method = "0046 000060030aff 01";
    const trace = new Trace()
      .client(get())
      .server(block(1, false))
      .client(next(1))
      .server(block(2, false))
      .client(next(2))
      .server(block(3, true))
      .client(setFirst(1))
      .server(setAcknowledged(1))
      .client(setBlock(2, "01"))
      .server(setDone(2))
      // Action-Request-With-First-Pblock, -With-Pblock; Action-Response-Next-Pblock, -With-Pblock.
      .client(`c304c1 ${method} 00 ${u32(1)} 01 11`)
      .server(`c704c1 ${u32(1)}`)
      .client(`c306c1 01 ${u32(2)} 01 05`)
      .server(`c702c1 00 ${u32(1)} 02 0001`)
      .client(`c302c1 ${u32(1)}`)
      .server(`c702c1 01 ${u32(2)} 02 0001`)
      // ReadRequest of a name and of the block after 1; ReadResponse with data-block-result.
      .client("05 01 02 0bd8")
      .server("0c 01 02 00 0001 02 0100")
      .client("05 01 05 0001")
      .server("0c 01 02 01 0002 02 1105")
      // WriteRequest with write-data-block-access; WriteResponse with block-number, then success.
      .client("06 01 07 00 0001 01 09 02 0102")
      .server("0d 01 02 0001")
      .client("06 01 07 01 0002 01 09 02 0102")
      .server("0d 01 00")
      .finish();
    expect(trace.found).toEqual([]);
    expect(trace.answers.get(20)?.objects).toMatchObject([{ shortName: 0x0bd8 }]);
  });

  it("are wrong where a transfer begins with another number", () => {
    expect(new Trace().client(get()).server(block(0, false)).found).toEqual([
      "2 service.block-number",
    ]);
    expect(new Trace().client(setFirst(2)).found).toEqual(["1 service.block-number"]);
  });

  it("are wrong where one is left out", () => {
    const read = new Trace().client(get()).server(block(1, false)).client(next(1));
    expect(read.server(block(3, false)).found).toEqual(["4 service.block-number"]);
    expect(read.details.get("4 service.block-number")).toBe("block 3 where block 2 belongs");
    const write = new Trace().client(setFirst(1)).server(setAcknowledged(1));
    expect(write.client(setBlock(3)).found).toEqual(["3 service.block-number"]);
  });

  it("are not judged behind a block that was not read", () => {
    const trace = new Trace().client(get()).server(block(1, false)).client(next(1));
    trace.server(block(2, false), { damaged: true }).client(next(2)).server(block(3, true));
    expect(trace.finish().found).toEqual([]);
  });

  it("are not judged where the beginning was not captured", () => {
    const trace = new Trace().client(next(7)).server(block(8, false)).client(next(8));
    expect(trace.server(block(9, true)).finish().found).toEqual([]);
  });
});

describe("acknowledgements", () => {
  it("name the last block of the server", () => {
    const trace = new Trace().client(get()).server(block(1, false)).client(next(2));
    expect(trace.found).toEqual(["3 service.next-block"]);
    expect(trace.details.get("3 service.next-block")).toBe(
      "block 2 is named, block 1 was received",
    );
  });

  it("name the block that the client has sent", () => {
    const trace = new Trace().client(setFirst(1)).server(setAcknowledged(2));
    expect(trace.found).toEqual(["2 service.block-acknowledgement"]);
  });

  it("of a refusal say what the server likes", () => {
    // Data-Access-Result 19, data-block-number-invalid.
    const trace = new Trace().client(setFirst(1)).server(setDone(0, "13"));
    expect(trace.found).toEqual(["2 service.refused-data-block-number-invalid"]);
  });
});

describe("a transfer", () => {
  it("that has ended does not go on", () => {
    const trace = new Trace().client(get()).server(block(1, false)).client(next(1));
    trace.server(block(2, true)).client(next(2));
    expect(trace.found).toEqual(["5 service.no-transfer"]);
  });

  it("may be asked for its last block again", () => {
    const trace = new Trace().client(get()).server(block(1, false)).client(next(1));
    trace.server(block(2, true)).client(next(1)).server(block(2, true));
    expect(trace.found).toEqual([]);
  });

  it("keeps its invoke-id", () => {
    const trace = new Trace().client(get()).server(block(1, false)).client(next(1, "c2"));
    expect(trace.found).toEqual(["3 service.invoke-id-changed"]);
    trace.server(block(2, true, "0203", "c2"));
    expect(trace.answers.get(4)?.objects).toHaveLength(1);
  });

  it("is given up by another request, or with the association", () => {
    const other = new Trace().client(get()).server(block(1, false)).client(get("c1", "03"));
    expect(other.found).toEqual(["2 service.transfer-unfinished"]);
    expect(other.details.get("2 service.transfer-unfinished")).toBe("after block 1");
    const released = new Trace().client(get()).server(block(1, false)).client(rlrq).server(rlre);
    expect(released.found).toEqual(["2 service.transfer-unfinished"]);
  });

  it("was given up where others were made instead, to the end", () => {
    const trace = new Trace().client(get()).server(block(1, false));
    trace.client(get("c2")).server(got("c2")).finish();
    expect(trace.found).toEqual(["2 service.transfer-unfinished"]);
  });

  it("may run beside another one", () => {
    const trace = new Trace().client(get()).server(block(1, false));
    trace.client(get("c2")).server(got("c2")).client(next(1)).server(block(2, true)).finish();
    expect(trace.found).toEqual([]);
  });

  it("is cut by the end of the capture", () => {
    const trace = new Trace().client(get()).server(block(1, false)).finish();
    expect(trace.found).toEqual(["2 service.transfer-cut"]);
  });

  it("that is whole is not", () => {
    expect(new Trace().client(get()).server(block(1, true)).finish().found).toEqual([]);
  });
});

describe("general block transfer", () => {
  /** A block: block-control, number, number acknowledged, data. */
  const general = (control: string, number: number, acknowledged: number, data = "") =>
    `e0 ${control} ${u32(number).slice(4)} ${u32(acknowledged).slice(4)} ${lengthOf(data)} ${data}`;
  /** Streaming with window 2; the end of a window; the last block; an acknowledgement. */
  const [streaming, handsOver, lastBlock, window2] = ["42", "02", "82", "02"];
  /** A request, and the window of the client: 2. */
  const begin = () => new Trace().client(general("82", 1, 0, get().replaceAll(" ", "")));

  it("streams windows and has them acknowledged", () => {
    const trace = begin()
      .server(general(streaming, 1, 1, "c401c1"))
      .server(general(handsOver, 2, 1, "0006"))
      .client(general(window2, 2, 2))
      .server(general(streaming, 3, 2, "0000"))
      .server(general(lastBlock, 4, 2, "0005"))
      .finish();
    expect(trace.found).toEqual([]);
    expect(trace.answers.get(6)).toMatchObject({ frame: 1, name: "get-request-normal" });
    expect(trace.answers.get(5)).toMatchObject({ frame: 4, name: "general-block-transfer" });
    expect(trace.answers.get(5)?.objects).toHaveLength(1);
  });

  it("misses a block, asks for it and gets it", () => {
    const trace = begin()
      .server(general(streaming, 1, 1, "c401c1"))
      .server(general(handsOver, 3, 1, "0000"))
      .client(general(window2, 2, 1))
      .server(general(streaming, 2, 2, "0006"));
    expect(trace.found).toEqual([
      "3 service.general-block-lost",
      "4 service.general-block-not-received",
    ]);
    expect(trace.details.get("3 service.general-block-lost")).toBe("block 2");
  });

  it("does not miss what was damaged or came before the capture", () => {
    const damaged = begin()
      .server(general(streaming, 1, 1, "c401c1"))
      .server(general(streaming, 2, 1, "0006"), { damaged: true })
      .server(general(handsOver, 3, 1, "0000"));
    expect(damaged.found).toEqual([]);
    expect(new Trace().server(general(streaming, 5, 1, "0000")).found).toEqual([]);
  });

  it("repeats a block", () => {
    const trace = begin()
      .server(general(streaming, 1, 1, "c401c1"))
      .server(general(handsOver, 2, 1, "0006"))
      .client(general(window2, 2, 2))
      .server(general(streaming, 2, 2, "0006"));
    expect(trace.found).toEqual(["5 service.general-block-repeated"]);
    expect(trace.details.get("5 service.general-block-repeated")).toBe(
      "although it was acknowledged",
    );
  });

  it("acknowledges what was never sent", () => {
    const trace = begin()
      .server(general(handsOver, 1, 1, "c401c1"))
      .client(general(window2, 2, 4));
    expect(trace.found).toEqual(["3 service.general-block-acknowledgement"]);
  });

  it("goes on without the acknowledgement", () => {
    const trace = begin()
      .server(general(handsOver, 1, 1, "c401c1"))
      .server(general(handsOver, 2, 1, "0006"));
    expect(trace.found).toEqual(["3 service.general-block-unacknowledged"]);
  });

  it("exceeds the window", () => {
    const trace = begin()
      .server(general(streaming, 1, 1, "c401c1"))
      .server(general(streaming, 2, 1, "0006"))
      .server(general(streaming, 3, 1, "0000"));
    expect(trace.found).toEqual(["4 service.general-block-window"]);
  });

  it("needs no acknowledgement where it is unconfirmed", () => {
    // A push with window 0: 0F, invoke-id, no time, an octet-string of 3 bytes.
    const trace = new Trace()
      .server(general("00", 1, 0, "0f0000000000"))
      .server(general("00", 2, 0, "0903"))
      .server(general("80", 3, 0, "010203"))
      .finish();
    expect(trace.found).toEqual([]);
  });

  it("is followed on every link, by the blocks themselves", () => {
    // N(S) and N(R) of I frames with P/F: the client sends 0, the server 0 and 1. Block 2 is lost.
    const trace = new Trace()
      .clientHdlc(0x10, general("82", 1, 0, get().replaceAll(" ", "")))
      .serverHdlc(0x30, general(streaming, 1, 1, "c401c1"))
      .serverHdlc(0x32, general(handsOver, 3, 1, "0000"));
    expect(trace.found).toEqual(["3 service.general-block-lost"]);
  });

  it("is not judged by a block that breaks off", () => {
    // Block 2 announces 4 bytes and has 2: block 3 may follow it as well as not.
    const trace = begin()
      .server(general(streaming, 1, 1, "c401c1"))
      .server("e0 42 0002 0001 04 0006")
      .server(general(handsOver, 3, 1, "0000"));
    expect(trace.found).toEqual([]);
  });

  it("is given up, or cut by the end of the capture", () => {
    const trace = begin()
      .server(general(handsOver, 1, 1, "c401c1"))
      .client(get("c2"));
    expect(trace.found).toEqual(["2 service.transfer-unfinished"]);
    const cut = begin()
      .server(general(handsOver, 1, 1, "c401c1"))
      .finish();
    expect(cut.found).toEqual(["2 service.transfer-cut"]);
  });
});
