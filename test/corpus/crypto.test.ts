/** The cryptographic examples of the corpus, with both sets of primitives. */
import { describe, expect, it } from "vitest";
import { nodePrimitives } from "../../analyzer/index.js";
import { fromHex, presentFrame, toHex } from "../../decoder/index.js";
import { noblePrimitives } from "../../decoder/security/noble-primitives.js";
import { type CorpusItem, corpusIsHere, readItems } from "./corpus.js";
import { decodeItem } from "./decode-item.js";

const items = readItems().filter(({ framing }) => framing === "crypto");

/** Operations on elliptic curves: test/decoder/security/ has the same vectors. */
const ofCurves: ReadonlySet<string> = new Set([
  "ecdh-p256",
  "kdf-sha256-aes-gcm-128",
  "ecdsa-p256-p384",
]);

interface Example {
  readonly key: string;
  readonly vector: string;
  readonly additional: string;
  readonly plaintext: string;
  readonly ciphertext: string;
  readonly tag: string;
}

/** An item as what goes into AES-GCM and what comes out of it, in hex. */
function toExample({ data = {}, expect = {} }: CorpusItem): Example {
  const given = (name: string) => data[name] ?? "";
  const stated = (name: string) => String(expect[name] ?? "");
  if (data["ek"] === undefined) {
    return {
      key: given("ENCRYPTION_KEY_AES256_AUTH_ENC"),
      vector: given("IV_AES256_AUTH_ENC"),
      additional: given("ADDITIONAL_DATA_AES256_AUTH_ENC"),
      plaintext: given("PLAINTEXT_AES256_AUTH_ENC"),
      ciphertext: stated("ciphertext"),
      tag: stated("tag"),
    };
  }
  // IEC 62056-5-3: the vector is title and counter; security control and key are authenticated,
  // and of a challenge, which is not enciphered, the challenge.
  const challenge = given("challenge_stoc") + given("challenge_ctos");
  const sealed = stated("ciphertext_and_tag");
  return {
    key: given("ek"),
    vector: given("system_title") + given("invocation_counter"),
    additional: given("sc") + given("ak") + challenge,
    plaintext: given("plain"),
    ciphertext: sealed.slice(0, -24),
    tag: sealed === "" ? stated("tag") : sealed.slice(-24),
  };
}

function bytes(hex: string): Uint8Array {
  const found = fromHex(hex);
  if (found === undefined) throw new Error(`not hex: ${hex}`);
  return found;
}

const hosts = { noblePrimitives, nodePrimitives };
const examples = items.filter(({ op = "" }) => !ofCurves.has(op));

describe.skipIf(!corpusIsHere).each(Object.entries(hosts))("%s", (_, { open, ctr }) => {
  it.for(examples)("opens $id", (item) => {
    const { key, vector, additional, plaintext, ciphertext, tag } = toExample(item);
    // Tags of DLMS have 12 bytes; of a longer one the first 12 are compared.
    const attempt = (fitting: string) =>
      open(
        bytes(key),
        bytes(vector),
        bytes(additional),
        bytes(ciphertext),
        bytes(fitting).slice(0, 12),
      );
    expect(attempt(tag)).toEqual(bytes(plaintext));
    expect(attempt(`00${tag.slice(2)}`)).toBeUndefined();
    expect(toHex(ctr(bytes(key), bytes(vector), bytes(ciphertext)))).toBe(plaintext);
  });
});

it.skipIf(!corpusIsHere)("reads the ciphered initiate-request that was made of them", () => {
  const item = items.find(({ expect }) => expect?.["apdu"] !== undefined);
  const { ek = "", ak = "", system_title = "" } = item?.data ?? {};
  const [frame] = decodeItem({
    id: "crypto-greenbook-crypto-0008",
    family: "crypto-greenbook",
    framing: "pdu",
    hex: String(item?.expect?.["apdu"]),
    keys: { ek, ak },
    verified: { decrypted: 1, tag_ok: 1, system_titles: [system_title] },
  }).map((decoded) => presentFrame(decoded));
  expect(frame?.ciphering).toMatchObject({ status: "decrypted", authenticated: true });
  expect(frame?.apdu).toMatchObject({
    name: "initiate-request",
    "dedicated-key": "present",
    "client-max-receive-pdu-size": 0x04b0,
  });
});
