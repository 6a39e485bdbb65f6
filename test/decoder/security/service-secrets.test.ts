/** Secrets that services carry: in no form in which a frame is shown, but for the captured bytes. */
import { describe, expect, it } from "vitest";
import { concatenate, toHex } from "../../../decoder/core/bytes.js";
import type { Frame } from "../../../decoder/frame.js";
import { FrameDecoder, LINK_TYPE_MESSAGE } from "../../../decoder/index.js";
import { presentFrame } from "../../../decoder/present/frame-json.js";
import { writeFrameText } from "../../../decoder/present/frame-text.js";
import { summarizeFrame } from "../../../decoder/present/summary.js";
import { TextBuffer } from "../../../decoder/present/text-buffer.js";
import { withLlc, wrap } from "../../bench/messages.js";
import { buildFrame } from "../link/hdlc-frames.js";
import { general, greenBook, hex, octetString } from "./cipher-builder.js";
import { bothKeys } from "./secured-context.js";

const password = new TextEncoder().encode("Qz7#Vk1x");
const hlsSecret = hex("5ec2e7005ec2e7015ec2e7025ec2e703");

const secretAttribute = "000f 0000280000ff 07";
const changeSecret = "000f 0000280000ff 02";
const setList = `02 0008 0000010000ff 03 00 ${secretAttribute} 00`;
const actionList = `02 0046 0000600300ff 01 ${changeSecret}`;

/** An octet-string with its tag. */
const data = (value: Uint8Array) => `09 ${toHex(octetString(value))}`;

/** The bytes in pieces of three with their length: as raw-data of blocks. */
function cut(text: string): string[] {
  const bytes = hex(text);
  return Array.from({ length: Math.ceil(bytes.length / 3) }, (_, i) =>
    toHex(octetString(bytes.subarray(3 * i, 3 * i + 3))),
  );
}

const blockNumber = (index: number) => (index + 1).toString(16).padStart(8, "0");

/** A request in blocks: what stands before the first, and before each other. */
function inBlocks(contents: string, first: string, next: string): string[] {
  const raw = cut(contents);
  return raw.map((piece, i) => {
    const last = i === raw.length - 1 ? "01" : "00";
    return `${i === 0 ? first : next} ${last} ${blockNumber(i)} ${piece}`;
  });
}

/** A GET response in blocks, and the requests for the next one. */
function getInBlocks(contents: string): string[] {
  const raw = cut(contents);
  return raw.flatMap((piece, i) => {
    const isLast = i === raw.length - 1;
    const answer = `< c402c1 ${isLast ? "01" : "00"} ${blockNumber(i)} 00 ${piece}`;
    return isLast ? [answer] : [answer, `> c002c1 ${blockNumber(i)}`];
  });
}

/** What the client (`>`) and the server (`<`) say, and the secret in it. */
const exchanges: Record<string, readonly [secret: Uint8Array, ...apdus: string[]]> = {
  "set-request-normal": [password, `> c101c1 ${secretAttribute} 00 ${data(password)}`],
  "set-request-normal with a visible-string": [
    password,
    `> c101c1 ${secretAttribute} 00 0a 08 ${toHex(password)}`,
  ],
  "set-request-normal with a structure": [
    password,
    `> c101c1 ${secretAttribute} 00 02 02 1107 ${data(password)}`,
  ],
  "set-request-with-list": [password, `> c104c1 ${setList} 02 100078 ${data(password)}`],
  "set-request in blocks": [
    password,
    ...inBlocks(data(password), `> c102c1 ${secretAttribute} 00`, "> c103c1"),
  ],
  "set-request in one block": [
    password,
    `> c102c1 ${secretAttribute} 00 01 00000001 0a ${data(password)}`,
  ],
  "set-request with a list in blocks": [
    password,
    ...inBlocks(`02 100078 ${data(password)}`, `> c105c1 ${setList}`, "> c103c1"),
  ],
  "set-request in blocks, one of them lost": [
    password,
    ...inBlocks(data(password), `> c102c1 ${secretAttribute} 00`, "> c103c1").toSpliced(1, 1),
  ],
  "set-request in blocks behind a transfer that was given up": [
    password,
    "> c102c1 0001 0000600100ff 02 00 00 00000001 03 090841",
    ...inBlocks(data(password), `> c102c1 ${secretAttribute} 00`, "> c103c1"),
  ],
  "action-request-normal": [hlsSecret, `> c301c1 ${changeSecret} 01 ${data(hlsSecret)}`],
  "action-request-with-list": [hlsSecret, `> c303c1 ${actionList} 02 0f00 ${data(hlsSecret)}`],
  "action-request in blocks": [
    hlsSecret,
    ...inBlocks(data(hlsSecret), `> c304c1 ${changeSecret}`, "> c306c1"),
  ],
  "action-request with a list in blocks": [
    hlsSecret,
    ...inBlocks(`02 0f00 ${data(hlsSecret)}`, `> c305c1 ${actionList}`, "> c306c1"),
  ],
  "change_LLS_secret of the Association SN": [
    password,
    `> c301c1 000c 0000280000ff 05 01 ${data(password)}`,
  ],
  "set_encryption_key of the M-Bus client": [
    hlsSecret,
    `> c301c1 0048 0001180000ff 07 01 ${data(hlsSecret)}`,
  ],
  "get-response-normal": [
    password,
    `> c001c1 ${secretAttribute} 00`,
    `< c401c1 00 ${data(password)}`,
  ],
  "get-response-normal that comes twice": [
    password,
    `> c001c1 ${secretAttribute} 00`,
    `< c401c1 00 ${data(password)}`,
    `< c401c1 00 ${data(password)}`,
  ],
  "get-response-with-list": [
    password,
    `> c003c1 02 0008 0000010000ff 03 00 ${secretAttribute} 00`,
    `< c403c1 02 00 100078 00 ${data(password)}`,
  ],
  "get-response in blocks": [
    password,
    `> c001c1 ${secretAttribute} 00`,
    ...getInBlocks(data(password)),
  ],
  // The base name of the Association SN is 0xFA00; its methods 5 and 6 stand at 0x40 and 0x48.
  "write-request": [password, `> 06 01 02 fa40 01 ${data(password)}`],
  "read-request with a parameter": [password, `> 05 01 04 fa48 00 ${data(password)}`],
  "access-request": [password, `> d9 40000001 00 01 02 ${secretAttribute} 01 ${data(password)}`],
  "access-response": [
    password,
    `> d9 40000001 00 01 01 ${secretAttribute} 01 00`,
    `< da 40000001 00 00 01 ${data(password)} 01 01 00`,
  ],
};

interface Message {
  readonly toServer: boolean;
  readonly bytes: Uint8Array;
}

function encipher(messages: readonly Message[], control: number): Message[] {
  return messages.map(({ toServer, bytes }, i) => {
    const apdu = general(0xdb, bytes, {
      control,
      key: greenBook.encryptionKey,
      authenticationKey: greenBook.authenticationKey,
      title: toServer ? greenBook.clientTitle : greenBook.serverTitle,
      counter: i + 1,
    });
    return { toServer, bytes: apdu };
  });
}

function inWrapper(messages: readonly Message[]): Message[] {
  return messages.map(({ toServer, bytes }) => {
    const [source, destination] = toServer ? [16, 1] : [1, 16];
    return { toServer, bytes: wrap(Buffer.from(bytes), source ?? 0, destination ?? 0) };
  });
}

/** I frames of 20 bytes of information; N(S) and N(R) count on (IEC 62056-46). */
function inSegments(messages: readonly Message[]): Message[] {
  const size = 20;
  let [fromClient, fromServer] = [0, 0];
  return messages.flatMap(({ toServer, bytes }) => {
    const whole = withLlc(Buffer.from(bytes), toServer);
    return Array.from({ length: Math.ceil(whole.length / size) }, (_, i) => {
      const [sent, received] = toServer ? [fromClient, fromServer] : [fromServer, fromClient];
      if (toServer) fromClient = (fromClient + 1) & 7;
      else fromServer = (fromServer + 1) & 7;
      const control = (received << 5) | 0x10 | (sent << 1);
      const frame = buildFrame({
        ...(toServer ? {} : { destination: "21", source: "03" }),
        control: control.toString(16).padStart(2, "0"),
        information: toHex(whole.subarray(i * size, (i + 1) * size)),
        segmented: (i + 1) * size < whole.length,
      });
      return { toServer, bytes: frame };
    });
  });
}

/** Blocks of 7 bytes (IEC 62056-5-3, General-Block-Transfer); the other side acknowledges each. */
function inGeneralBlocks({ toServer, bytes }: Message): Message[] {
  const size = 7;
  const count = Math.ceil(bytes.length / size);
  const byte = (value: number) => value.toString(16).padStart(2, "0");
  return Array.from({ length: count }, (_, i): Message[] => {
    const isLast = i === count - 1;
    const raw = toHex(octetString(bytes.subarray(i * size, (i + 1) * size)));
    const block = hex(`e0 ${isLast ? "81" : "01"} 00${byte(i + 1)} 00${byte(i)} ${raw}`);
    const ready = hex(`e0 81 00${byte(i + 1)} 00${byte(i + 1)} 00`);
    const sent = { toServer, bytes: block };
    return isLast ? [sent] : [sent, { toServer: !toServer, bytes: ready }];
  }).flat();
}

function decodeFrames(messages: readonly Message[], tree: boolean): Frame[] {
  const decoder = new FrameDecoder({ tree, keySets: [bothKeys] });
  const frames: Frame[] = [];
  let position = 0;
  for (const { toServer, bytes } of messages) {
    const chunk = {
      interface: 0,
      time: null,
      direction: toServer ? "client-to-server" : "server-to-client",
      linkType: LINK_TYPE_MESSAGE,
      bytes,
      originalLength: bytes.length,
      position,
    } as const;
    frames.push(...decoder.push(chunk));
    position += bytes.length;
  }
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
  const messages = apdus.map((text) => ({
    toServer: text.startsWith(">"),
    bytes: hex(text.slice(1)),
  }));

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
