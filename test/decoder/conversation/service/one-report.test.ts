/** What is wrong is said once, whoever could see it: the frame itself, the link, the conversation. */
import { describe, expect, it } from "vitest";
import { FrameDecoder } from "../../../../decoder/frame-decoder.js";
import { type Frame, LINK_TYPE_MESSAGE } from "../../../../decoder/index.js";
import { summarizeFrame } from "../../../../decoder/present/summary.js";
import { hdlcFrame, withLlc } from "../../../bench/messages.js";
import { toBytes } from "../../dissect-bytes.js";
import { get, got } from "./exchange-trace.js";

/** Control fields with P/F: SNRM, UA, I with N(R) and N(S). */
const I = (sent: number, received: number) => (received << 5) | 0x10 | (sent << 1);
const client = (control: number, apdu?: string) => frame(true, control, apdu);
const server = (control: number, apdu?: string) => frame(false, control, apdu);
const opening = [client(0x93), server(0x73)];

function frame(toServer: boolean, control: number, apdu?: string): Uint8Array {
  if (apdu === undefined) return hdlcFrame(toServer, control, Buffer.alloc(0));
  return hdlcFrame(toServer, control, withLlc(Buffer.from(toBytes(apdu)), toServer));
}

/** Decodes whole HDLC frames of one conversation, a second apart. */
function decode(frames: readonly Uint8Array[]): Frame[] {
  const decoder = new FrameDecoder({ framing: "hdlc" });
  const decoded = frames.flatMap((bytes, second) => [
    ...decoder.push({
      interface: 0,
      time: { seconds: second, nanoseconds: 0, dated: true },
      direction: null,
      linkType: LINK_TYPE_MESSAGE,
      bytes,
      originalLength: bytes.length,
      position: 0,
    }),
  ]);
  return [...decoded, ...decoder.finish()];
}

const last = (frames: readonly Uint8Array[]) => {
  const [frame] = decode(frames).slice(-1);
  const codes = frame?.diagnostics.map(({ definition }) => definition.code);
  return { frame, codes };
};

describe("a refusal", () => {
  const refusal = server(I(0, 1), "c401c1 01 04");

  it("is one note on the bytes of its APDU", () => {
    const { frame, codes } = last([...opening, client(I(0, 0), get()), refusal]);
    expect(codes).toEqual(["service.refused-object-undefined"]);
    const [note] = frame?.diagnostics ?? [];
    // Behind flag 1, frame format 2, addresses 1 and 2, control 1, HCS 2, LLC header 3: 12 bytes.
    expect(note).toMatchObject({ source: 0, start: 12, end: 17 });
    expect(note?.message).toContain("1-0:1.8.0*255 attribute 2 (Register.value)");
  });

  it("of a damaged frame stands in its line alone", () => {
    const damaged = Uint8Array.from(refusal);
    // The last byte before the closing flag: FCS.
    damaged[damaged.length - 2] = (damaged[damaged.length - 2] ?? 0) ^ 1;
    const { frame, codes } = last([...opening, client(I(0, 0), get()), damaged]);
    expect(codes).toEqual(["hdlc.fcs-mismatch"]);
    expect(frame === undefined ? "" : summarizeFrame(frame)).toContain("object-undefined");
  });
});

describe("a frame that is sent again", () => {
  it("is told by the link: a request, an answer, a command", () => {
    const request = client(I(0, 0), get());
    const answer = server(I(0, 1), got());
    expect(last([...opening, request, request]).codes).toEqual(["link.retransmission"]);
    expect(last([...opening, request, answer, answer]).codes).toContain("link.retransmission");
    expect(last([...opening, request, answer, answer]).codes).not.toContain(
      "service.duplicate-answer",
    );
    expect(last([client(0x93), client(0x93)]).codes).toEqual(["link.command-repeated"]);
  });

  it("is told by the service where the link gives it another number", () => {
    const frames = [...opening, client(I(0, 0), get()), client(I(1, 0), get())];
    expect(last(frames).codes).toContain("service.retry");
  });
});
