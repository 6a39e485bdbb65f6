/** Who is who, and what an association has taught, over several frames. */
import { createCipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Direction } from "../../../decoder/chunk.js";
import {
  type Frame,
  FrameDecoder,
  type FrameDecoderOptions,
  LINK_TYPE_MESSAGE,
} from "../../../decoder/index.js";
import { cipher, hdlcFrame, withLlc, wrap } from "../../bench/messages.js";
import { toBytes } from "../dissect-bytes.js";

type Message = Uint8Array | readonly [Direction, Uint8Array];

function decode(messages: readonly Message[], options: FrameDecoderOptions = {}): Frame[] {
  const decoder = new FrameDecoder(options);
  const frames: Frame[] = [];
  for (const message of messages) {
    const [direction, bytes] = message instanceof Uint8Array ? [null, message] : message;
    const chunk = {
      interface: 0,
      time: null,
      direction,
      linkType: LINK_TYPE_MESSAGE,
      bytes,
      originalLength: bytes.length,
      position: 0,
    };
    frames.push(...decoder.push(chunk));
  }
  return [...frames, ...decoder.finish()];
}

const roles = (frames: readonly Frame[]) =>
  frames.map(({ direction, client, server }) => [direction, client, server]);

describe("roles", () => {
  it("come from HDLC commands and answers where both addresses have one byte", () => {
    // SNRM and UA of the corpus's Elster load survey: client 32, server 1.
    const snrm = toBytes("7ea02003419328bc8180140502080006020800070400000007080400000007b3c67e");
    const ua = toBytes("7ea0204103733e9d818014050204000602040007040000000108040000000172e37e");
    expect(roles(decode([snrm, ua]))).toEqual([
      ["client-to-server", 32, { upper: 1 }],
      ["server-to-client", 32, { upper: 1 }],
    ]);
  });

  it("are remembered for frames that do not show them", () => {
    const snrm = toBytes("7ea0070321930f017e");
    // Receive ready, N(R) 1, from 1 to 16 (in that order of the bytes: 21 03); FCS as published
    // with the corpus's pcap items cannot be had for it, so it is left to be reported as wrong.
    const ready = toBytes("7ea0072103310000" + "7e");
    const [, frame] = decode([snrm, ready]);
    expect(frame).toMatchObject({
      direction: "server-to-client",
      client: 16,
      server: { upper: 1 },
    });
  });

  it("come from the APDU's tag behind a wrapper", () => {
    const request = wrap(Buffer.from("c001c100030100010800ff0200", "hex"), 16, 1);
    const answer = wrap(Buffer.from("c401c10006000000ff", "hex"), 1, 16);
    expect(roles(decode([request, answer]))).toEqual([
      ["client-to-server", 16, { upper: 1 }],
      ["server-to-client", 16, { upper: 1 }],
    ]);
  });

  it("keep two meters on one line apart", () => {
    const one = toBytes("7ea0070321930f017e");
    const frames = decode([one, toBytes("7ea00a00020023219318717e"), one]);
    expect(frames.map(({ conversation }) => conversation)).toEqual([0, 1, 0]);
  });

  it("follow the marks of a log where nothing else tells", () => {
    const block = toBytes("e0c0000100000005c401c10000");
    const [marked] = decode([["server-to-client", block]]);
    const [unmarked] = decode([block]);
    expect(marked?.direction).toBe("server-to-client");
    expect(unmarked?.direction).toBe(null);
  });
});

describe("an association", () => {
  const key = Buffer.from("000102030405060708090a0b0c0d0e0f", "hex");
  const authenticationKey = Buffer.from("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf", "hex");
  const clientTitle = Buffer.from("4d4d4d0000000001", "hex");
  const serverTitle = Buffer.from("4d4d4d0000bc614e", "hex");

  /** A glo-get-request or -response: tag, length, 30, counter, ciphertext, 12 bytes of tag. */
  function glo(tag: number, title: Buffer, apdu: Buffer): Buffer {
    const header = Buffer.from([0x30, 0, 0, 0, 1]);
    const iv = Buffer.concat([title, header.subarray(1)]);
    const cipher = createCipheriv("aes-128-gcm", key, iv, { authTagLength: 12 });
    cipher.setAAD(Buffer.concat([header.subarray(0, 1), authenticationKey]));
    const body = Buffer.concat([header, cipher.update(apdu), cipher.final(), cipher.getAuthTag()]);
    return Buffer.concat([Buffer.from([tag, body.length]), body]);
  }

  /** AARQ and AARE with AP titles: application context 3 (LN, ciphering), no user-information. */
  const context = "a109060760857405080103";
  const aarq = Buffer.from(`6017${context}a60a0408${clientTitle.toString("hex")}`, "hex");
  const aare = Buffer.from(
    `6123${context}a203020100a305a103020100a40a0408${serverTitle.toString("hex")}`,
    "hex",
  );
  const request = glo(0xc8, clientTitle, Buffer.from("c001c100030100010800ff0200", "hex"));
  const answer = glo(0xcc, serverTitle, Buffer.from("c401c10006000000ff", "hex"));
  const options = {
    keySets: [{ globalUnicastEncryptionKey: key, authenticationKey }],
  };
  const up = (apdu: Buffer) => hdlcFrame(true, 0x10, withLlc(apdu, true));
  const down = (apdu: Buffer) => hdlcFrame(false, 0x30, withLlc(apdu, false));

  it("teaches the system titles of both sides, which later services need", () => {
    const frames = decode([up(aarq), down(aare), up(request), down(answer)], options);
    expect(frames.map(({ ciphering }) => ciphering?.status)).toEqual([
      undefined,
      undefined,
      "decrypted",
      "decrypted",
    ]);
    expect(frames.map(({ apdu }) => apdu?.name).slice(2)).toEqual([
      "get-request-normal",
      "get-response-normal",
    ]);
  });

  it("that was not captured leaves them unknown, and that is the verdict", () => {
    const frames = decode([up(request), down(answer)], options);
    expect(frames.map(({ ciphering }) => ciphering?.status)).toEqual([
      "no-system-title",
      "no-system-title",
    ]);
  });

  it("names the frame that taught a title first, though every frame repeats it", () => {
    const general = cipher(Buffer.from("c401c10006000000ff", "hex"), serverTitle, 7);
    const wrong = { keySets: [{ globalUnicastEncryptionKey: key, authenticationKey: key }] };
    const frames = decode([down(general), down(general), down(answer)], wrong);
    expect(frames[2]?.ciphering?.reason).toContain("learnt in frame 1");
  });

  it("of one meter teaches nothing of another", () => {
    const other = (apdu: Buffer) => wrap(apdu, 1, 16);
    const frames = decode([up(aarq), down(aare), other(answer)], options);
    expect(frames[2]?.ciphering?.status).toBe("no-system-title");
  });
});
