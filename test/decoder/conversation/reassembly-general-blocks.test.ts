/** General blocks, and parts inside of parts, put together by the whole decoder. */
import { describe, expect, it } from "vitest";
import type { KeySet } from "../../../decoder/index.js";
import { general, greenBook, specific } from "../security/cipher-builder.js";
import {
  blocksOf,
  codesAt,
  contentsOf,
  cut,
  decodeTrace,
  decodeWhole,
  down,
  generalAcknowledgement,
  generalBlock,
  getBlock,
  getRequest,
  getResponse,
  HdlcConversation,
  incomplete,
  inWrapper,
  numbered,
  octets,
  pick,
  setRequest,
  up,
} from "./trace-frames.js";

const value = octets(numbered(100));
const answer = getResponse(numbered(100));
const whole = decodeWhole(answer, down).apdu;
/** What a get-response-normal with the value has for a result. */
const result = whole as { readonly result?: { readonly data?: unknown } } | undefined;
const data = result?.result?.data;

const client = (...apdus: readonly Uint8Array[]) => apdus.map((apdu) => inWrapper(up, apdu));
const server = (...apdus: readonly Uint8Array[]) => apdus.map((apdu) => inWrapper(down, apdu));

describe("general blocks", () => {
  const pieces = blocksOf(cut(answer, 30, 30, 30));
  const streamed = pieces.map((block) =>
    generalBlock(block, { streaming: !block.last, window: 3 }),
  );

  it("of a streaming window are read in the last", () => {
    const frames = decodeTrace(server(...streamed));
    expect(frames[3]?.apdu).toEqual(whole);
    expect(frames[3]?.reassembly).toEqual({ complete: true, frames: [1, 2, 3, 4] });
    expect(frames[3]?.layers).toEqual(["wrapper", "general-block-transfer", "get-response-normal"]);
    expect(frames.map(({ completedIn }) => completedIn)).toEqual([4, 4, 4, undefined]);
  });

  it("that are confirmed one by one", () => {
    const confirmed = pieces.flatMap((block, i) => [
      inWrapper(down, generalBlock(block)),
      ...(block.last ? [] : [inWrapper(up, generalAcknowledgement(i + 1, block.number))]),
    ]);
    const frames = decodeTrace(confirmed);
    expect(frames[6]?.apdu).toEqual(whole);
    expect(frames[6]?.reassembly?.frames).toEqual([1, 3, 5, 7]);
  });

  it("that nobody confirms: window 0", () => {
    const blind = pieces.map((block) => generalBlock(block, { streaming: true, window: 0 }));
    const frames = decodeTrace(server(...blind));
    expect(frames[3]?.apdu).toEqual(whole);
    expect(incomplete(frames)).toEqual([]);
  });

  it("of which a lost one comes after the last complete the APDU out of order", () => {
    const frames = decodeTrace(server(...pick(streamed, 0, 1, 3, 2)));
    expect(frames[3]?.apdu).toEqual(whole);
    expect(frames[3]?.reassembly?.frames).toEqual([1, 2, 3, 4]);
    // Block 3 stands in frame 4, block 4 in frame 3: the origin follows the APDU.
    const froms = frames[3]?.sources.flatMap(({ from }) => (from ? [from.frame] : []));
    expect(froms).toEqual([1, 2, 3]);
    const joined = frames[3]?.sources.find(({ kind }) => kind === "reassembled");
    expect(joined?.origin.map(({ start }) => start)).toEqual([0, 30, 60, 90]);
  });

  it("of which a lost one never comes are named at the end", () => {
    const frames = decodeTrace(server(...pick(streamed, 0, 1, 3)));
    expect(frames.map(({ apdu }) => apdu?.name)).not.toContain("get-response-normal");
    expect(frames[2]?.diagnostics.map(({ message }) => message)).toContain(
      "The capture ends before the message is whole: missing: 3",
    );
  });

  it("of an APDU that was given up do not mix with the next one", () => {
    const next = getResponse(numbered(100, 120));
    const more = blocksOf(cut(next, 30, 30, 30)).map((block) =>
      generalBlock(block, { streaming: true, window: 3 }),
    );
    const frames = decodeTrace(server(...pick(streamed, 0, 1, 3), ...more));
    expect(frames[6]?.apdu).toEqual(decodeWhole(next, down).apdu);
    expect(frames[6]?.reassembly?.frames).toEqual([4, 5, 6, 7]);
    // Without its first block the next one is not read with blocks of the other.
    const headless = decodeTrace(server(...pick(streamed, 0, 1, 3), ...more.slice(1)));
    expect(headless.map(({ apdu }) => apdu?.name)).not.toContain("get-response-normal");
  });

  it("that come twice count once", () => {
    const frames = decodeTrace(server(...pick(streamed, 0, 0, 1, 2, 1, 2, 3, 3)));
    expect(frames[6]?.apdu).toEqual(whole);
    expect(frames[6]?.reassembly?.frames).toEqual([1, 3, 4, 7]);
    expect(codesAt(frames, 8)).toContain("reassembly.repeated");
  });

  it("may be numbered from 0", () => {
    const zero = blocksOf(cut(answer, 30, 30, 30), 0).map((block) => generalBlock(block));
    const frames = decodeTrace(server(...zero));
    expect(frames[3]?.apdu).toEqual(whole);
  });

  it("of both directions at once are two APDUs", () => {
    const request = setRequest(numbered(100));
    const sent = blocksOf(cut(request, 40, 40)).map((block) =>
      inWrapper(up, generalBlock(block, { acknowledged: block.number })),
    );
    const back = blocksOf(cut(answer, 50, 30)).map((block) =>
      inWrapper(down, generalBlock(block, { acknowledged: block.number })),
    );
    const [request1] = client(getRequest());
    const frames = decodeTrace([
      ...(request1 === undefined ? [] : [request1]),
      ...pick([...sent, ...back], 0, 3, 1, 4, 2, 5),
    ]);
    expect(frames[5]?.apdu).toEqual(decodeWhole(request, up).apdu);
    expect(frames[5]?.reassembly?.frames).toEqual([2, 4, 6]);
    expect(frames[6]?.apdu).toEqual(whole);
    expect(frames[6]?.reassembly?.frames).toEqual([3, 5, 7]);
  });
});

describe("parts in parts", () => {
  const keySets: readonly KeySet[] = [
    {
      globalUnicastEncryptionKey: greenBook.encryptionKey,
      authenticationKey: greenBook.authenticationKey,
    },
  ];
  const protection = (counter: number) => ({
    control: 0x30,
    key: greenBook.encryptionKey,
    authenticationKey: greenBook.authenticationKey,
    title: greenBook.serverTitle,
    counter,
  });

  it("general blocks in HDLC segments around a ciphered APDU", () => {
    const link = new HdlcConversation();
    const ciphered = general(0xdb, answer, protection(1));
    const messages = blocksOf(cut(ciphered, 50, 50)).flatMap((block) =>
      link.send(down, generalBlock(block), 25),
    );
    // Three blocks of two segments each.
    const frames = decodeTrace(messages, { keySets });
    expect(frames).toHaveLength(6);
    expect(frames[5]?.apdu).toEqual(whole);
    expect(frames[5]?.ciphering?.status).toBe("decrypted");
    expect(frames[5]?.reassembly).toEqual({ complete: true, frames: [2, 4, 6] });
    expect(frames.map(({ completedIn }) => completedIn)).toEqual([2, 6, 4, 6, 6, undefined]);
    // Fragments of the general blocks stand in the joined segments of frames 2 and 4.
    const froms = frames[5]?.sources.flatMap(({ from }) => (from ? [from] : [])) ?? [];
    expect(froms.map(({ frame }) => frame)).toEqual([5, 2, 4]);
    for (const { frame, source } of froms.slice(1)) {
      expect(frames[frame - 1]?.sources[source]?.kind).toBe("reassembled");
    }
  });

  it("data blocks in ciphered answers, whose plaintext they stand in", () => {
    const messages = blocksOf(cut(value, 40, 40)).map((block, i) =>
      inWrapper(down, general(0xdb, getBlock(block), protection(i + 1))),
    );
    const frames = decodeTrace(messages, { keySets });
    expect(contentsOf(frames[2])).toEqual({ data });
    const froms = frames[2]?.sources.flatMap(({ from }) => (from ? [from] : [])) ?? [];
    expect(froms.map(({ frame }) => frame)).toEqual([1, 2]);
    for (const { frame, source } of froms) {
      expect(frames[frame - 1]?.sources[source]?.kind).toBe("decrypted");
    }
  });

  it("data blocks in glo-get-response, with the title of a general ciphering before", () => {
    const first = inWrapper(down, general(0xdb, answer, protection(1)));
    const messages = blocksOf(cut(value, 40, 40)).map((block, i) =>
      inWrapper(down, specific(0xcc, getBlock(block), protection(i + 2))),
    );
    const frames = decodeTrace([first, ...messages], { keySets });
    expect(contentsOf(frames[3])).toEqual({ data });
    expect(frames[3]?.reassembly?.frames).toEqual([2, 3, 4]);
  });
});
