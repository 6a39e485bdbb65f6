/** Segments of HDLC and of M-Bus, put together by the whole decoder. */
import { describe, expect, it } from "vitest";
import { type Frame, toHex } from "../../../decoder/index.js";
import {
  codesAt,
  codesOf,
  cut,
  damage,
  decodeTrace,
  decodeWhole,
  down,
  getRequest,
  getResponse,
  HdlcConversation,
  incomplete,
  mbusFrames,
  notification,
  numbered,
  pick,
  setRequest,
  slices,
  up,
} from "./trace-frames.js";

const answer = getResponse(numbered(100));
const whole = decodeWhole(answer, down).apdu;
const request = (link: HdlcConversation) => link.send(up, getRequest());
const names = (frames: readonly Frame[]) => frames.map(({ apdu }) => apdu?.name);

describe("segments of I frames", () => {
  it("of an answer, with RR between, are read in the last", () => {
    const link = new HdlcConversation();
    const frames = decodeTrace([...request(link), ...link.acknowledged(answer, 40, 40)]);
    // 1 request, 2 first segment, 3 RR, 4 second, 5 RR, 6 last.
    expect(names(frames)).toEqual(["get-request-normal", ...Array(4), "get-response-normal"]);
    expect(frames[5]?.apdu).toEqual(whole);
    expect(frames[5]?.reassembly).toEqual({ complete: true, frames: [2, 4, 6] });
    expect(frames.map(({ completedIn }) => completedIn)).toEqual([
      undefined,
      6,
      undefined,
      6,
      undefined,
      undefined,
    ]);
    expect(frames[0]?.answeredBy).toBe(6);
    expect(incomplete(frames)).toEqual([]);
  });

  it("point from the joined bytes back to the frames that brought them", () => {
    const link = new HdlcConversation();
    const frames = decodeTrace(link.send(down, answer, 40, 40));
    // Two flags, format, three address bytes, control and HCS stand before the information field:
    // 1 + 2 + 3 + 1 + 2 bytes.
    const [, , last] = frames;
    expect(last?.sources.flatMap(({ from }) => (from === undefined ? [] : [from]))).toEqual([
      { frame: 1, source: 0, offset: 9 },
      { frame: 2, source: 0, offset: 9 },
    ]);
    const joined = last?.sources.find(({ kind }) => kind === "reassembled");
    expect(toHex(joined?.bytes ?? new Uint8Array(0))).toBe(`e6e700${toHex(answer)}`);
    expect(joined?.origin.map(({ start, end, offset }) => [start, end, offset])).toEqual([
      [0, 40, 0],
      [40, 80, 0],
      [80, answer.length + 3, 9],
    ]);
  });

  it("of a request are read like those of an answer", () => {
    const link = new HdlcConversation();
    const sent = setRequest(numbered(60));
    const messages = link.send(up, sent, 30, 30).flatMap((segment) => [segment, link.ready(down)]);
    const frames = decodeTrace(messages.slice(0, 5));
    expect(frames[4]?.apdu).toEqual(decodeWhole(sent, up).apdu);
    expect(frames[4]?.reassembly?.frames).toEqual([1, 3, 5]);
  });

  it("are counted beyond 8: N(S) begins anew", () => {
    const link = new HdlcConversation();
    const long = getResponse(numbered(250));
    const frames = decodeTrace(link.acknowledged(long, ...Array(19).fill(12)));
    expect(frames.at(-1)?.apdu).toEqual(decodeWhole(long, down).apdu);
    expect(frames.at(-1)?.reassembly?.frames).toHaveLength(20);
    expect(incomplete(frames)).toEqual([]);
  });

  it("with a lost one in the middle are read up to the gap, which is named", () => {
    const link = new HdlcConversation();
    const segments = link.send(down, answer, 30, 30, 30);
    const frames = decodeTrace(pick(segments, 0, 2, 3));
    const { reassembly, diagnostics, sources } = frames[2] ?? {};
    expect(reassembly).toEqual({ complete: false, frames: [1, 2, 3] });
    expect(diagnostics?.map(({ message }) => message)).toContainEqual(
      "Parts of the message are missing; it is read up to the first of them: part 1",
    );
    const joined = sources?.find(({ kind }) => kind === "reassembled");
    // The first segment: the LLC header and 27 bytes of the APDU.
    expect(toHex(joined?.bytes ?? new Uint8Array(0))).toBe(
      `e6e700${toHex(answer.subarray(0, 27))}`,
    );
    expect(codesAt(frames, 3)).toContain("core.truncated");
  });

  it("without the first one are not read, and that is said of each", () => {
    const link = new HdlcConversation();
    const segments = link.send(down, answer, 40, 40);
    const frames = decodeTrace(pick(segments, 1, 2));
    expect(frames.map(({ apdu }) => apdu)).toEqual([undefined, undefined]);
    for (const frame of frames) expect(codesOf(frame)).toContain("hdlc.segment-continued");
  });

  it("that come twice count once", () => {
    const link = new HdlcConversation();
    const segments = link.send(down, answer, 40, 40);
    const frames = decodeTrace(pick(segments, 0, 0, 1, 1, 2));
    expect(frames[4]?.apdu).toEqual(whole);
    expect(frames[4]?.reassembly?.frames).toEqual([1, 3, 5]);
    // The repeated ones belong to the message, too.
    expect(frames.map(({ completedIn }) => completedIn)).toEqual([5, 5, 5, 5, undefined]);
  });

  it("of a whole window that come twice count once", () => {
    const link = new HdlcConversation();
    const segments = link.send(down, answer, 30, 30, 30);
    const frames = decodeTrace(pick(segments, 0, 1, 2, 1, 2, 3));
    expect(frames[5]?.apdu).toEqual(whole);
    expect(frames[5]?.reassembly).toEqual({ complete: true, frames: [1, 2, 3, 6] });
  });

  it("repeated after the last one are no message of their own", () => {
    const link = new HdlcConversation();
    const segments = link.send(down, answer, 40, 40);
    const frames = decodeTrace(pick(segments, 0, 1, 2, 1, 2));
    for (const frame of frames.slice(3)) {
      expect(frame.apdu).toBeUndefined();
      expect(frame.reassembly).toEqual({ complete: false, frames: [1, 2, 3] });
      expect(codesOf(frame)).toContain("reassembly.repeated");
      expect(codesOf(frame)).not.toContain("hdlc.segment-continued");
    }
  });

  it("give way to a new APDU that begins instead of the next one", () => {
    const link = new HdlcConversation();
    const begun = link.send(down, getResponse(numbered(90, 100)), 40).slice(0, 1);
    const counted = new HdlcConversation();
    counted.send(down, getRequest());
    const frames = decodeTrace([...begun, ...counted.send(down, answer, 40)]);
    expect(frames[2]?.apdu).toEqual(whole);
    expect(frames[2]?.reassembly?.frames).toEqual([2, 3]);
    expect(frames[0]?.completedIn).toBeUndefined();
    expect(codesAt(frames, 2)).toContain("link.segmentation-unfinished");
  });

  it("whose bytes look like an LLC header continue the APDU", () => {
    const link = new HdlcConversation();
    const tricky = getResponse(
      Uint8Array.of(...numbered(20), 0xe6, 0xe7, 0, 0xff, ...numbered(20)),
    );
    // 3 bytes of LLC header, 4 of APDU, 2 of type and length, 20 of octets.
    const frames = decodeTrace(link.send(down, tricky, 29));
    expect(frames[1]?.apdu).toEqual(decodeWhole(tricky, down).apdu);
  });

  it("whose checksum is wrong count until they come again", () => {
    for (const broken of [0, 1, 2]) {
      const link = new HdlcConversation();
      const messages = link.send(down, answer, 40, 40);
      const sent = messages.flatMap((message, i) =>
        i === broken ? [damage(message), message] : [message],
      );
      const frames = decodeTrace(sent);
      expect(frames[3]?.apdu, `segment ${broken}`).toEqual(whole);
      expect(frames[3]?.reassembly?.complete).toBe(true);
      expect(frames[3]?.reassembly?.frames).not.toContain(broken + 1);
    }
  });

  it("whose checksum is wrong are better than none", () => {
    const link = new HdlcConversation();
    const segments = link.send(down, answer, 40, 40);
    const frames = decodeTrace(segments.map((segment, i) => (i === 1 ? damage(segment) : segment)));
    expect(codesAt(frames, 2)).toContain("hdlc.fcs-mismatch");
    expect(frames[2]?.apdu?.name).toBe("get-response-normal");
    expect(frames[2]?.reassembly).toEqual({ complete: true, frames: [1, 2, 3] });
  });

  it("that the capture ends before are named", () => {
    const link = new HdlcConversation();
    const segments = link.send(down, answer, 40, 40);
    const frames = decodeTrace(pick(segments, 0, 1));
    expect(incomplete(frames)).toEqual(["2 reassembly.unfinished"]);
  });
});

describe("segments of UI frames", () => {
  const push = notification(numbered(100));
  const pushed = decodeWhole(push, down).apdu;

  it("are joined in the order in which they come", () => {
    const frames = decodeTrace(new HdlcConversation().push(push, 50, 30));
    expect(frames[2]?.apdu).toEqual(pushed);
    expect(frames[2]?.reassembly).toEqual({ complete: true, frames: [1, 2, 3] });
  });

  it("without the last one give way to the next push", () => {
    const link = new HdlcConversation();
    const frames = decodeTrace([
      ...link.push(notification(numbered(90, 7)), 50).slice(0, 1),
      ...link.push(push, 50),
    ]);
    expect(frames[2]?.apdu).toEqual(pushed);
    expect(frames[2]?.reassembly?.frames).toEqual([2, 3]);
    expect(frames.flatMap(codesOf)).toContain("link.segmentation-unfinished");
  });

  it("without the first one are not read", () => {
    const frames = decodeTrace(new HdlcConversation().push(push, 50, 30).slice(1));
    expect(names(frames)).toEqual([undefined, undefined]);
    for (const frame of frames) expect(codesOf(frame)).toContain("hdlc.segment-continued");
  });
});

describe("segments of M-Bus", () => {
  it("are joined by their numbers", () => {
    const frames = decodeTrace(mbusFrames(cut(answer, 50, 40)), { framing: "mbus" });
    expect(frames[2]?.apdu).toEqual(whole);
    expect(frames[2]?.reassembly).toEqual({ complete: true, frames: [1, 2, 3] });
    expect(frames.map(({ completedIn }) => completedIn)).toEqual([3, 3, undefined]);
  });

  it("go on behind the sixteenth", () => {
    const pieces = slices(getResponse(numbered(200)), 6);
    const frames = decodeTrace(mbusFrames(pieces), { framing: "mbus" });
    expect(pieces.length).toBeGreaterThan(32);
    expect(frames.at(-1)?.apdu).toEqual(decodeWhole(getResponse(numbered(200)), down).apdu);
    expect(frames.at(-1)?.reassembly?.frames).toHaveLength(pieces.length);
  });

  it("with a lost one are read up to the gap", () => {
    const segments = mbusFrames(cut(answer, 50, 40));
    const frames = decodeTrace(pick(segments, 0, 2), { framing: "mbus" });
    expect(frames[1]?.reassembly?.complete).toBe(false);
    expect(codesAt(frames, 2)).toContain("reassembly.missing");
  });

  it("without the first one, after another message, are not read", () => {
    const before = mbusFrames(cut(getResponse(numbered(90, 9)), 30, 30, 30));
    const frames = decodeTrace([...before, ...mbusFrames(cut(answer, 50)).slice(1)], {
      framing: "mbus",
    });
    expect(frames[4]?.apdu).toBeUndefined();
    expect(frames[4]?.diagnostics.map(({ message }) => message)).toContainEqual(
      "The message cannot be read: the frames that began it were not captured: it continues with part 1",
    );
  });

  it("that come twice, also after the last one, count once", () => {
    const segments = mbusFrames(cut(answer, 50, 40));
    const sent = pick(segments, 0, 0, 1, 1, 2, 2);
    const frames = decodeTrace(sent, { framing: "mbus" });
    expect(frames[4]?.apdu).toEqual(whole);
    expect(codesAt(frames, 6)).toContain("reassembly.repeated");
  });

  it("that another message overtakes are named", () => {
    const begun = mbusFrames(cut(getResponse(numbered(90, 9)), 30, 30)).slice(0, 1);
    const frames = decodeTrace([...begun, ...mbusFrames(cut(answer, 50))], {
      framing: "mbus",
    });
    expect(frames[2]?.apdu).toEqual(whole);
    expect(incomplete(frames)).toEqual(["1 reassembly.given-up"]);
  });

  it("of an answer with the checksum wrong come again", () => {
    const messages = mbusFrames(cut(answer, 50)).flatMap((message, i) =>
      i === 1 ? [damage(message), message] : [message],
    );
    const frames = decodeTrace(messages, { framing: "mbus" });
    expect(frames[2]?.apdu).toEqual(whole);
    expect(frames[2]?.reassembly?.frames).toEqual([1, 3]);
  });
});
