import { describe, expect, it } from "vitest";
import { MeterMemories } from "../../../../decoder/conversation/security/meter-memory.js";
import { concatenate } from "../../../../decoder/core/bytes.js";
import { greenBook, hex, specific } from "../../security/cipher-builder.js";
import {
  by,
  getResponse,
  getScaler,
  gloGetRequest,
  gloGetResponse,
  SecurityTrace,
} from "./security-trace.js";

const counterCodes = (trace: SecurityTrace) =>
  trace.codes.filter((code) => /counter|same-apdu/.test(code));

describe("invocation counters", () => {
  it("grow: each side and each key has its own", () => {
    const trace = new SecurityTrace();
    trace.client(gloGetRequest(5));
    trace.server(gloGetResponse(3));
    trace.client(gloGetRequest(6));
    expect(trace.server(gloGetResponse(4)).replayed).toBe(false);
    expect(counterCodes(trace)).toEqual([]);
  });

  it("lower than the highest: a receiver refuses it", () => {
    const trace = new SecurityTrace();
    trace.client(gloGetRequest(7));
    expect(trace.client(gloGetRequest(6)).replayed).toBe(true);
    expect(trace.findings.at(-1)).toMatchObject({
      frame: 2,
      code: "security.counter-not-increasing",
      detail: "6 after 7",
    });
    expect(trace.client(gloGetRequest(8)).replayed).toBe(false);
  });

  it("used twice for other content", () => {
    const trace = new SecurityTrace();
    trace.client(gloGetRequest(7));
    expect(trace.client(specific(0xc8, getScaler, by("client", 7))).replayed).toBe(true);
    expect(trace.findings.at(-1)).toMatchObject({
      code: "security.counter-used-twice",
      detail: "counter 7 of 4d4d4d0000bc614e is that of frame 1 (key meter 1 global-unicast)",
    });
  });

  it("used twice, and not the last one", () => {
    const trace = new SecurityTrace();
    trace.client(gloGetRequest(7));
    trace.client(gloGetRequest(8));
    trace.client(specific(0xc8, getScaler, by("client", 7)));
    expect(counterCodes(trace)).toEqual(["security.counter-used-twice"]);
  });

  it("a frame that comes again, bit for bit, is a retransmission", () => {
    const trace = new SecurityTrace();
    trace.client(gloGetRequest(7));
    trace.client(gloGetRequest(8));
    expect(trace.client(gloGetRequest(7)).replayed).toBe(false);
    expect(counterCodes(trace)).toEqual([]);
  });

  it("the same APDU in another frame is worth a note", () => {
    const trace = new SecurityTrace();
    trace.client(gloGetRequest(7));
    const frameBytes = concatenate([hex("7e"), gloGetRequest(7)]);
    expect(trace.client(gloGetRequest(7), { frameBytes }).replayed).toBe(false);
    expect(counterCodes(trace)).toEqual(["security.same-apdu-again"]);
  });

  it("jump by more than 2^24 is a note, by 2^24 is none", () => {
    const far = new SecurityTrace();
    far.client(gloGetRequest(1));
    far.client(gloGetRequest(2 ** 24 + 2));
    expect(counterCodes(far)).toEqual(["security.counter-jump"]);
    const near = new SecurityTrace();
    near.client(gloGetRequest(1));
    near.client(gloGetRequest(2 ** 24 + 1));
    expect(counterCodes(near)).toEqual([]);
  });

  it("close to the end is said once", () => {
    const trace = new SecurityTrace();
    trace.client(gloGetRequest(0xffff_f000));
    expect(counterCodes(trace)).toEqual([]);
    trace.client(gloGetRequest(0xffff_f001));
    trace.client(gloGetRequest(0xffff_f002));
    expect(counterCodes(trace)).toEqual(["security.counter-near-end"]);
  });

  it("0 only informs", () => {
    const trace = new SecurityTrace();
    trace.client(gloGetRequest(0));
    trace.client(gloGetRequest(1));
    expect(counterCodes(trace)).toEqual(["security.counter-zero"]);
  });

  it("without the key it is a note, and no replay", () => {
    const trace = new SecurityTrace([]);
    trace.client(gloGetRequest(7));
    expect(trace.client(gloGetRequest(6)).replayed).toBe(false);
    expect(counterCodes(trace)).toEqual(["security.counter-not-increasing-key-unknown"]);
    const growing = new SecurityTrace([]);
    growing.client(gloGetRequest(7));
    growing.client(gloGetRequest(7));
    growing.client(gloGetRequest(8));
    expect(counterCodes(growing)).toEqual([]);
  });

  it("without the key and the sender's title nothing is said", () => {
    const trace = new SecurityTrace([]);
    trace.association = { ...trace.association, clientSystemTitle: undefined };
    trace.client(gloGetRequest(7));
    trace.client(gloGetRequest(6));
    expect(counterCodes(trace)).toEqual([]);
  });

  it("a key of its own begins anew", () => {
    const key = hex("0f0e0d0c0b0a09080706050403020100");
    const trace = new SecurityTrace([
      {
        name: "meter 1",
        globalUnicastEncryptionKey: greenBook.encryptionKey,
        globalBroadcastEncryptionKey: key,
        authenticationKey: greenBook.authenticationKey,
      },
    ]);
    trace.client(gloGetRequest(7));
    trace.client(gloGetRequest(1, { control: 0x70, key }));
    expect(counterCodes(trace)).toEqual([]);
  });

  it("damaged frames do not count", () => {
    const trace = new SecurityTrace();
    trace.client(gloGetRequest(7));
    trace.client(gloGetRequest(9000), { damaged: true });
    trace.client(gloGetRequest(1), { damaged: true });
    trace.client(gloGetRequest(8));
    expect(trace.codes).toEqual([]);
  });

  it("go on in the next conversation with the same meter", () => {
    const memories = new MeterMemories();
    const first = new SecurityTrace(undefined, memories);
    first.server(gloGetResponse(9));
    const second = new SecurityTrace(undefined, memories, 2);
    expect(second.server(gloGetResponse(9)).replayed).toBe(false);
    expect(second.server(gloGetResponse(8)).replayed).toBe(true);
    const other = new SecurityTrace(undefined, new MeterMemories());
    expect(other.server(gloGetResponse(8)).replayed).toBe(false);
  });

  it("are forgotten from the oldest on: reuse long ago is still no increase", () => {
    const trace = new SecurityTrace();
    trace.server(gloGetResponse(1));
    for (let counter = 2; counter < 600; counter++) {
      trace.server(specific(0xcc, getResponse, by("server", counter)));
    }
    expect(trace.codes).toEqual([]);
    trace.server(specific(0xcc, hex("c401c200 0600000001"), by("server", 1)));
    expect(counterCodes(trace)).toEqual(["security.counter-not-increasing"]);
  });
});
