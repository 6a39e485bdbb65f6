/** Data blocks, put together by the whole decoder. */
import { describe, expect, it } from "vitest";
import { concatenate } from "../../../decoder/core/bytes.js";
import type { Frame } from "../../../decoder/index.js";
import {
  type Block,
  blocksOf,
  codesAt,
  contentsOf,
  cut,
  dataBlock,
  decodeTrace,
  decodeWhole,
  down,
  getBlock,
  getNext,
  getRequest,
  getResponse,
  incomplete,
  inWrapper,
  numbered,
  octets,
  pick,
  setRequest,
  u16,
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

describe("blocks of GET", () => {
  /** Get-Request-Normal, then block by block as the client asks for them. */
  function transfer(blocks: readonly Block[]) {
    return [
      inWrapper(up, getRequest()),
      ...blocks.flatMap((block) => [
        inWrapper(down, getBlock(block)),
        ...(block.last ? [] : [inWrapper(up, getNext(block.number))]),
      ]),
    ];
  }

  it("hold the value of the same answer in one piece", () => {
    const frames = decodeTrace(transfer(blocksOf(cut(value, 40, 40))));
    expect(contentsOf(frames[5])).toEqual({ data });
    expect(frames[5]?.reassembly).toEqual({ complete: true, frames: [2, 4, 6] });
    expect(frames.map(({ completedIn }) => completedIn)).toEqual([
      undefined,
      6,
      undefined,
      6,
      undefined,
      undefined,
    ]);
    expect(incomplete(frames)).toEqual([]);
  });

  it("may be numbered from 0", () => {
    for (const lengths of [[40, 40], [40]]) {
      const frames = decodeTrace(transfer(blocksOf(cut(value, ...lengths), 0)));
      expect(contentsOf(frames.at(-1))).toEqual({ data });
    }
  });

  it("that are read again are a transfer of their own", () => {
    const once = transfer(blocksOf(cut(value, 40, 40)));
    const frames = decodeTrace([...once, ...once]);
    expect(frames[11]?.reassembly).toEqual({ complete: true, frames: [8, 10, 12] });
    expect(incomplete(frames)).toEqual([]);
  });

  it("without one in the middle are read up to the gap, which is named", () => {
    const blocks = blocksOf(cut(value, 40, 40)).map((block) => getBlock(block));
    const frames = decodeTrace(server(...pick(blocks, 0, 2)));
    expect(contentsOf(frames[1])).toBeUndefined();
    expect(frames[1]?.reassembly?.complete).toBe(false);
    expect(frames[1]?.diagnostics.map(({ message }) => message)).toContain(
      "Parts of the message are missing; it is read up to the first of them: part 2",
    );
  });

  it("without the first one are not read, also after another transfer", () => {
    const before = transfer(blocksOf(cut(octets(numbered(90, 50)), 30, 30, 30)));
    const frames = decodeTrace([...before, ...transfer(blocksOf(cut(value, 40, 40))).slice(2)]);
    for (const frame of frames.slice(before.length)) expect(contentsOf(frame)).toBeUndefined();
    expect(codesAt(frames, frames.length)).toContain("reassembly.beginning-missing");
    expect(frames.flatMap(({ diagnostics }) => diagnostics)).not.toContainEqual(
      expect.objectContaining({
        definition: expect.objectContaining({ code: "reassembly.repeated" }),
      }),
    );
  });

  it("that come twice count once", () => {
    const blocks = blocksOf(cut(value, 40, 40)).map((block) => getBlock(block));
    const frames = decodeTrace(server(...pick(blocks, 0, 0, 1, 1, 2, 2)));
    expect(contentsOf(frames[4])).toEqual({ data });
    expect(frames[4]?.reassembly?.frames).toEqual([1, 3, 5]);
    expect(frames.slice(0, 4).map(({ completedIn }) => completedIn)).toEqual([5, 5, 5, 5]);
    expect(codesAt(frames, 6)).toContain("reassembly.repeated");
  });

  it("of two requests under way keep apart by their invoke-ids", () => {
    const other = octets(numbered(100, 77));
    const one = blocksOf(cut(value, 60)).map((block) => getBlock(block, 0xc1));
    const two = blocksOf(cut(other, 50)).map((block) => getBlock(block, 0xc2));
    const frames = decodeTrace(server(...pick([...one, ...two], 0, 2, 1, 3)));
    expect(contentsOf(frames[2])).toEqual({ data });
    expect(frames[3]?.reassembly?.frames).toEqual([2, 4]);
    expect(contentsOf(frames[3])).not.toEqual({ data });
  });

  it("with a list hold the results of all of it", () => {
    // A count of 2; each Get-Data-Result is choice 0, data.
    const list = concatenate([Uint8Array.of(2, 0), value, Uint8Array.of(0, 17, 5)]);
    const frames = decodeTrace(
      server(...blocksOf(cut(list, 30, 30)).map((block) => getBlock(block))),
    );
    expect(contentsOf(frames[2])).toEqual({
      result: [{ data }, { data: { type: "unsigned", value: 5 } }],
    });
  });
});

describe("blocks of SET and ACTION", () => {
  /** Class 1, 0-0:96.1.0*255, attribute 2 or method 2. */
  const object = Uint8Array.of(0, 1, 0, 0, 96, 1, 0, 255, 2);
  const blocks = blocksOf(cut(value, 40, 40)).map(dataBlock);

  /** The first APDU names the object; further ones have choice `more`. */
  function requests(tag: number, first: Uint8Array, more: number, list = blocks) {
    return list.map((block, i) =>
      concatenate([i === 0 ? first : Uint8Array.of(tag, more, 0xc1), block]),
    );
  }

  it("of a set-request hold its value", () => {
    const first = Uint8Array.of(0xc1, 2, 0xc1, ...object, 0);
    const frames = decodeTrace(client(...requests(0xc1, first, 3)));
    expect(contentsOf(frames[2])).toEqual({ data });
    expect(frames[2]?.reassembly).toEqual({ complete: true, frames: [1, 2, 3] });
    const inOnePiece = decodeWhole(setRequest(numbered(100)), up).apdu;
    expect((inOnePiece as { readonly value?: unknown } | undefined)?.value).toEqual(data);
  });

  it("of a set-request with a list hold its values", () => {
    const first = Uint8Array.of(0xc1, 5, 0xc1, 2, ...object, 0, ...object, 0);
    const values = concatenate([Uint8Array.of(2), value, Uint8Array.of(17, 5)]);
    const list = blocksOf(cut(values, 40, 40)).map(dataBlock);
    const frames = decodeTrace(client(...requests(0xc1, first, 3, list)));
    expect(contentsOf(frames[2])).toEqual({ "value-list": [data, { type: "unsigned", value: 5 }] });
  });

  it("of an action-request hold its parameters", () => {
    const first = Uint8Array.of(0xc3, 4, 0xc1, ...object);
    const frames = decodeTrace(client(...requests(0xc3, first, 6)));
    expect(contentsOf(frames[2])).toEqual({ data });
  });

  it("of an action-request with a list hold the parameters of all", () => {
    const first = Uint8Array.of(0xc3, 5, 0xc1, 2, ...object, ...object);
    const values = concatenate([Uint8Array.of(2), value, Uint8Array.of(17, 5)]);
    const list = blocksOf(cut(values, 40, 40)).map(dataBlock);
    const frames = decodeTrace(client(...requests(0xc3, first, 6, list)));
    expect(contentsOf(frames[2])).toEqual({ "value-list": [data, { type: "unsigned", value: 5 }] });
  });

  it("of an action-response hold what the method returned", () => {
    const answers = blocks.map((block) => concatenate([Uint8Array.of(0xc7, 2, 0xc1), block]));
    const frames = decodeTrace(server(...answers));
    expect(contentsOf(frames[2])).toEqual({ data });
  });

  it("of both directions are two transfers, with one invoke-id", () => {
    const first = Uint8Array.of(0xc3, 4, 0xc1, ...object);
    const sent = client(...requests(0xc3, first, 6));
    const back = blocksOf(cut(octets(numbered(80, 9)), 30, 30)).map((block) =>
      inWrapper(down, concatenate([Uint8Array.of(0xc7, 2, 0xc1), dataBlock(block)])),
    );
    const frames = decodeTrace(pick([...sent, ...back], 0, 3, 1, 4, 2, 5));
    expect(contentsOf(frames[4])).toEqual({ data });
    expect(frames[4]?.reassembly?.frames).toEqual([1, 3, 5]);
    expect(frames[5]?.reassembly?.frames).toEqual([2, 4, 6]);
  });
});

describe("blocks with short names", () => {
  /** Last-block, block-number of 2 bytes, raw-data. */
  function shortBlock({ last, number, raw }: Block) {
    return concatenate([Uint8Array.of(last ? 1 : 0), u16(number), Uint8Array.of(raw.length), raw]);
  }

  const blocks = (first?: number) => blocksOf(cut(value, 40, 40), first).map(shortBlock);
  const resultOf = (frame: Frame | undefined, list: string) =>
    (frame?.apdu as Record<string, readonly unknown[]> | undefined)?.[list]?.[0];

  it.for([0, 1])("of a read-response, from number %i", (first) => {
    // ReadResponse with one result: choice 2, data-block-result.
    const answers = blocks(first).map((block) => concatenate([Uint8Array.of(0x0c, 1, 2), block]));
    const frames = decodeTrace(server(...answers));
    expect(resultOf(frames[2], "result")).toMatchObject({
      "data-block-result": { contents: { data } },
    });
    expect(frames[2]?.reassembly?.frames).toEqual([1, 2, 3]);
  });

  it("of a request", () => {
    // ReadRequest with one variable: choice 6, read-data-block-access.
    const requests = blocks().map((block) => concatenate([Uint8Array.of(0x05, 1, 6), block]));
    const frames = decodeTrace(client(...requests));
    expect(resultOf(frames[2], "variable-access-specification")).toMatchObject({
      "read-data-block-access": { contents: { data } },
    });
  });
});
