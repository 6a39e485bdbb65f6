/** A new key crosses the line, and what follows is under it: through the whole decoder. */
import { createCipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatenate } from "../../../../decoder/core/bytes.js";
import { type Frame, FrameDecoder, LINK_TYPE_MESSAGE } from "../../../../decoder/index.js";
import { wrap } from "../../../bench/messages.js";
import { toBytes } from "../../dissect-bytes.js";
import { greenBook, hex, octetString, protect } from "../../security/cipher-builder.js";

const master = hex("00112233445566778899aabbccddeeff");
const newKey = hex("101112131415161718191a1b1c1d1e1f");
const keySets = [
  {
    name: "meter 1",
    systemTitle: greenBook.serverTitle,
    globalUnicastEncryptionKey: greenBook.encryptionKey,
    authenticationKey: greenBook.authenticationKey,
    masterKey: master,
  },
];

/** AES key wrap by node:crypto (RFC 3394, with its initial value). */
function wrapKey(key: Uint8Array): Uint8Array {
  const cipher = createCipheriv("id-aes128-wrap", master, hex("a6a6a6a6a6a6a6a6"));
  return concatenate([cipher.update(key), cipher.final()]);
}

let counter = 0;

/** general-glo-ciphering, authenticated and encrypted, behind a wrapper from or to client `client`. */
function send(from: "client" | "server", plain: Uint8Array, key: Uint8Array, client = 1): Buffer {
  counter += 1;
  const title = from === "client" ? greenBook.clientTitle : greenBook.serverTitle;
  const { authenticationKey } = greenBook;
  const content = protect(plain, { control: 0x30, key, authenticationKey, title, counter });
  const apdu = concatenate([Uint8Array.of(0xdb), octetString(title), octetString(content)]);
  const [source, destination] = from === "client" ? [client, 17] : [17, client];
  return wrap(Buffer.from(apdu), source, destination);
}

function decode(messages: readonly (readonly ["client" | "server", Buffer])[]): Frame[] {
  const decoder = new FrameDecoder({ keySets });
  return messages.flatMap(([from, bytes]) => [
    ...decoder.push({
      interface: 0,
      time: null,
      direction: from === "client" ? "client-to-server" : "server-to-client",
      linkType: LINK_TYPE_MESSAGE,
      bytes,
      originalLength: bytes.length,
      position: 0,
    }),
  ]);
}

/** key_transfer of the global unicast encryption key: class 64, method 2, key-id 0. */
const transfer = concatenate([
  toBytes("c301c1 0040 00002b0000ff 02 01 01 01 0202 1600 09"),
  octetString(wrapKey(newKey)),
]);
const success = toBytes("c701c1 00 00");
const get = toBytes("c001c1 0001 0000600100ff 02 00");
const answer = toBytes("c401c1 00 1107");
const oldKey = greenBook.encryptionKey;

const verdicts = (frames: readonly Frame[]) =>
  frames.map(({ ciphering }) => `${ciphering?.status} ${ciphering?.key}`);
const codes = (frames: readonly Frame[]) =>
  frames.flatMap(({ diagnostics }) => diagnostics.map(({ definition }) => definition.code));

describe("a global key that is changed", () => {
  it("opens what comes after the answer, in other conversations with the meter, too", () => {
    const frames = decode([
      ["client", send("client", transfer, oldKey)],
      ["server", send("server", success, oldKey)],
      ["client", send("client", get, newKey)],
      ["server", send("server", answer, newKey)],
      ["client", send("client", get, newKey, 2)],
      ["server", send("server", answer, newKey, 2)],
      ["server", send("server", answer, newKey, 2)],
    ]);
    expect(frames.slice(0, 4).map(({ conversation }) => conversation)).toEqual([0, 0, 0, 0]);
    expect(frames[5]?.conversation).toBe(1);
    expect(verdicts(frames.slice(0, 4))).toEqual([
      "decrypted meter 1 global-unicast",
      "decrypted meter 1 global-unicast",
      "decrypted meter 1 global-unicast, learnt in frame 1",
      "decrypted meter 1 global-unicast, learnt in frame 1",
    ]);
    // The other client's own request comes before its conversation has named the meter.
    expect(verdicts(frames.slice(6))).toEqual([
      "decrypted meter 1 global-unicast, learnt in frame 1",
    ]);
    expect(frames[3]?.apdu).toMatchObject({ name: "get-response-normal" });
    expect(codes(frames)).not.toContain("security.key-change-without-effect");
    expect(JSON.stringify(frames.map(({ diagnostics }) => diagnostics))).not.toContain("10111213");
  });

  it("that the meter does not use is said", () => {
    const frames = decode([
      ["client", send("client", transfer, oldKey)],
      ["server", send("server", success, oldKey)],
      ["client", send("client", get, newKey)],
      ["server", send("server", answer, oldKey)],
    ]);
    expect(verdicts(frames.slice(2))).toEqual([
      "decrypted meter 1 global-unicast, learnt in frame 1",
      "decrypted meter 1 global-unicast",
    ]);
    expect(codes(frames.slice(3))).toContain("security.key-change-without-effect");
  });
});
