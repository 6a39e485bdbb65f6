/** What is kept of requests and answers: copies and prints, never the bytes of the capture. */
import { describe, expect, it } from "vitest";
import { detach } from "../../../../decoder/conversation/detach.js";
import { block, get, got, next, Trace } from "./exchange-trace.js";

describe("detach", () => {
  const capture = new Uint8Array(65_536).fill(7);
  const view = capture.subarray(100, 103);

  it("copies bytes, however deep they lie, and what leads to them", () => {
    const value = { name: "x", list: [1, { bytes: view }] as const };
    const detached = detach(value);
    expect(detached).toEqual(value);
    expect(detached.list[1].bytes.buffer.byteLength).toBe(3);
    expect(value.list[1].bytes).toBe(view);
    expect(detach(view).buffer.byteLength).toBe(3);
  });

  it("shares what holds none", () => {
    const value = { plain: { a: [1n, "b", null, undefined] }, bytes: view };
    expect(detach(value).plain).toBe(value.plain);
    expect(detach(value.plain)).toBe(value.plain);
  });
});

describe("a request that waits", () => {
  it("holds no view into its frame", () => {
    const trace = new Trace().client(get()).server(got());
    const answered = trace.answers.get(2);
    expect(answered?.apdu).toMatchObject({
      name: "get-request-normal",
      "cosem-attribute-descriptor": { "instance-id": Uint8Array.of(1, 0, 1, 8, 0, 255) },
    });
    expect(answered?.objects.map(({ logicalName }) => logicalName?.buffer.byteLength)).toEqual([6]);
  });

  it("is awaited in the frame that sent it last", () => {
    const trace = new Trace().client(get()).client(get());
    expect([1, 2].filter((frame) => trace.exchanges.isAwaited(frame))).toEqual([2]);
  });
});

describe("an answer that is given again", () => {
  it("is told from one with a single bit of difference", () => {
    const trace = new Trace().client(get()).server(got()).server(got("c1", "04"));
    expect(trace.found).toEqual(["3 service.answer-without-request"]);
  });

  it("belongs to the request that had it last", () => {
    const trace = new Trace().client(get()).server(got()).client(get()).server(got()).server(got());
    expect(trace.answers.get(5)?.frame).toBe(3);
    expect(trace.details.get("5 service.duplicate-answer")).toBe("frame 4 has answered frame 3");
  });

  it("brings its request along, if that was short", () => {
    const long = `c103c1 00 00000002 81c8 ${"00".repeat(200)}`;
    const trace = new Trace();
    trace.client(`c102c1 0003 0100010800ff 02 00 00 00000001 02 0902`).server("c502c1 00000001");
    trace.client(long).server("c502c1 00000002").client(get("c2")).server(got("c2"));
    trace.server("c502c1 00000001").server("c502c1 00000002");
    expect(trace.answers.get(7)?.apdu?.name).toBe("set-request-with-first-datablock");
    expect(trace.answers.get(8)).toMatchObject({ frame: 3, name: "set-request-with-datablock" });
    expect(trace.answers.get(8)?.apdu).toBeUndefined();
    expect(trace.answers.get(8)?.objects).toHaveLength(1);
  });
});

describe("a request that was answered in one piece", () => {
  it("has no transfer that could go on", () => {
    const trace = new Trace().client(get()).server(got()).client(next(1));
    expect(trace.found).toEqual(["3 service.no-transfer"]);
  });

  it("is not held against the client where something was not read since", () => {
    const trace = new Trace().client(get()).server(got()).client(get(), { damaged: true });
    expect(trace.client(next(1)).server(block(2, true)).found).toEqual([]);
  });
});
