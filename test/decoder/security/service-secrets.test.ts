/** Secrets that services carry: in no form in which a frame is shown, but for the captured bytes. */
import { describe, expect, it } from "vitest";
import { concatenate, toHex } from "../../../decoder/core/bytes.js";
import type { Frame } from "../../../decoder/frame.js";
import { FrameDecoder } from "../../../decoder/index.js";
import { presentFrame } from "../../../decoder/present/frame-json.js";
import { writeFrameText } from "../../../decoder/present/frame-text.js";
import { summarizeFrame } from "../../../decoder/present/summary.js";
import { TextBuffer } from "../../../decoder/present/text-buffer.js";
import { hex } from "./cipher-builder.js";
import {
  chunksOf,
  data,
  encipher,
  exchanges,
  hlsSecret,
  inBlocks,
  inGeneralBlocks,
  inSegments,
  inWrapper,
  type Message,
  messagesOf,
  password,
  secretAttribute,
} from "./secret-exchanges.js";
import { bothKeys } from "./secured-context.js";

function decodeFrames(messages: readonly Message[], tree: boolean): Frame[] {
  const decoder = new FrameDecoder({ tree, keySets: [bothKeys] });
  const frames: Frame[] = [];
  for (const chunk of chunksOf(messages)) frames.push(...decoder.push(chunk));
  frames.push(...decoder.finish());
  return frames;
}

/** Every form in which a frame is shown, but for the bytes as they were captured. */
function show(frame: Frame): string {
  const { bytes: _, sources, ...shown } = presentFrame(frame);
  const derived = sources?.filter(({ kind }) => kind !== "frame" && kind !== "packet");
  const out = new TextBuffer();
  writeFrameText(out, frame, { tree: true });
  return `${JSON.stringify({ ...shown, derived })}\n${out.takeString()}\n${summarizeFrame(frame)}`;
}

/** Not even three bytes of it that follow each other. */
function expectHidden(frames: readonly Frame[], secret: Uint8Array): void {
  expect(frames).not.toHaveLength(0);
  for (const frame of frames) {
    const shown = show(frame);
    for (let at = 0; at + 3 <= secret.length; at++) {
      const piece = secret.subarray(at, at + 3);
      expect(shown).not.toContain(toHex(piece));
      expect(shown).not.toContain(Buffer.from(piece).toString("latin1"));
    }
  }
}

describe.each(Object.entries(exchanges))("the secret in a %s", (_name, [secret, ...apdus]) => {
  const messages = messagesOf(apdus);

  it.each([true, false])("is hidden (tree: %s)", (tree) => {
    expectHidden(decodeFrames(inWrapper(messages), tree), secret);
  });

  it.each([0x10, 0x20, 0x30])("is hidden in an APDU with security control %i", (control) => {
    for (const tree of [true, false]) {
      const frames = decodeFrames(inWrapper(encipher(messages, control)), tree);
      for (const { ciphering } of frames) expect(ciphering?.plaintext).toBeDefined();
      expectHidden(frames, secret);
    }
  });

  it.each([true, false])("is hidden in enciphered segments (tree: %s)", (tree) => {
    const frames = decodeFrames(inSegments(encipher(messages, 0x30)), tree);
    const whole = frames.filter(({ ciphering }) => ciphering?.status === "decrypted");
    expect(whole).toHaveLength(messages.length);
    expectHidden(frames, secret);
  });

  it("is hidden in segments in clear, by the frame that completes them", () => {
    const frames = decodeFrames(inSegments(messages), true);
    // What an earlier segment belongs to is not known yet: it is shown as it was captured.
    const whole = frames.filter(({ apdu }) => apdu !== undefined);
    expect(whole).toHaveLength(messages.length);
    expectHidden(whole, secret);
  });

  it("is hidden in general blocks, by the frame that completes them", () => {
    const frames = decodeFrames(inWrapper(messages.flatMap(inGeneralBlocks)), true);
    const whole = frames.filter(({ apdu }) => apdu?.name !== "general-block-transfer");
    expect(whole).toHaveLength(messages.length);
    expectHidden(whole, secret);
  });
});

describe("what stands for a secret", () => {
  const request = hex(`c101c1 ${secretAttribute} 00 ${data(password)}`);
  // Tag, length, then zeros for the 8 characters.
  const blanked = hex(`c101c1 ${secretAttribute} 00 09 08 ${"00".repeat(8)}`);

  it("is asterisks in the value, and a number of characters in the tree", () => {
    const [frame] = decodeFrames(inWrapper([{ toServer: true, bytes: request }]), true);
    if (frame === undefined) throw new Error("no frame");
    const { apdu, info, tree } = presentFrame(frame);
    expect(apdu).toMatchObject({
      name: "set-request-normal",
      value: { type: "octet-string", value: "2a".repeat(8), text: "********", hidden: true },
    });
    expect(info).toContain('to octet-string "********"');
    const leaf = JSON.stringify(tree).match(/\{"field":"data.octet-string"[^}]*\}/)?.[0];
    expect(JSON.parse(leaf ?? "null")).toMatchObject({
      display: "8 characters, hidden, secret of Current association",
    });
    expect(leaf).not.toContain('"value"');
  });

  it("is zeros in the plaintext and in its source", () => {
    const enciphered = encipher([{ toServer: true, bytes: request }], 0x30);
    const [frame] = decodeFrames(inWrapper(enciphered), true);
    expect(frame?.ciphering?.plaintext).toEqual(blanked);
    expect(frame?.sources.find(({ kind }) => kind === "decrypted")?.bytes).toEqual(blanked);
  });

  it("is zeros in sources that are put together, and asterisks in the whole value", () => {
    const messages = inSegments([{ toServer: true, bytes: request }]);
    const frame = decodeFrames(messages, true).at(-1);
    const reassembled = frame?.sources.find(({ kind }) => kind === "reassembled");
    expect(reassembled?.bytes).toEqual(concatenate([hex("e6e600"), blanked]));
    // The frame is what was captured.
    expect(frame?.sources[0]?.bytes).toEqual(messages.at(-1)?.bytes);
  });

  it("does not stand for other attributes, methods and proofs", () => {
    const other = [
      `c101c1 000f 0000280000ff 06 00 ${data(password)}`,
      `c101c1 0001 0000600100ff 07 00 ${data(password)}`,
      // reply_to_HLS_authentication: a proof
      `c301c1 000f 0000280000ff 01 01 ${data(password)}`,
      // key_transfer of the Security setup: wrapped
      `c301c1 0040 00002b0000ff 02 01 ${data(password)}`,
    ];
    for (const apdu of other) {
      const [frame] = decodeFrames(inWrapper([{ toServer: true, bytes: hex(apdu) }]), true);
      expect(frame === undefined ? "" : show(frame)).toContain("Qz7#Vk1x");
    }
  });

  it("ends with the transfer: the next one with the same invoke-id is shown", () => {
    const apdus = [
      ...inBlocks(data(hlsSecret), `c102c1 ${secretAttribute} 00`, "c103c1"),
      ...inBlocks(data(password), "c102c1 0001 0000600100ff 02 00", "c103c1"),
    ];
    const messages = apdus.map((apdu) => ({ toServer: true, bytes: hex(apdu) }));
    const frames = decodeFrames(inWrapper(messages), true);
    expectHidden(frames, hlsSecret);
    const last = frames.at(-1);
    expect(last === undefined ? "" : show(last)).toContain("Qz7#Vk1x");
  });

  it("stands for what is cut off, too", () => {
    for (let length = 20; length < request.length; length++) {
      const bytes = request.subarray(0, length);
      for (const messages of [[{ toServer: true, bytes }]]) {
        expectHidden(decodeFrames(inWrapper(messages), true), password);
        expectHidden(decodeFrames(inWrapper(encipher(messages, 0x30)), true), password);
      }
    }
  });
});

describe("secrets of the association request", () => {
  const key = hex("5ec2e7005ec2e7015ec2e7025ec2e703");
  // InitiateRequest with its key, response allowed, version 6, conformance, PDU size 1200.
  const initiate = concatenate([hex("0101 10"), key, hex("0000065f1f0400007e1f04b0")]);
  const fields = [
    hex("a109 0607 60857405080101"),
    hex("8a02 0780"),
    hex("8b07 60857405080201"),
    concatenate([hex("ac0a 8008"), password]),
    concatenate([Uint8Array.of(0xbe, initiate.length + 2, 0x04, initiate.length), initiate]),
  ];
  const contents = concatenate(fields);
  const aarq = concatenate([Uint8Array.of(0x60, contents.length), contents]);
  const message = { toServer: true, bytes: aarq };

  it.each([
    ["segments", inSegments([message])],
    ["general blocks", inWrapper(inGeneralBlocks(message))],
  ])("are hidden in what %s are put together to", (_name, messages) => {
    const frames = decodeFrames(messages, true).filter(({ apdu }) => apdu?.name === "aarq");
    expect(frames).toHaveLength(1);
    expectHidden(frames, password);
    expectHidden(frames, key);
    const sources = frames[0]?.sources ?? [];
    const whole = sources.find(({ kind }) => kind === "reassembled");
    expect(whole?.bytes.length).toBeGreaterThanOrEqual(aarq.length);
  });
});
