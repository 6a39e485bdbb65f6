/** Whatever is deciphered or not: no key gets into a value, a tree, a message or an error. */
import { createCipheriv, createECDH, createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatenate, toHex } from "../../../decoder/core/bytes.js";
import type { Cursor } from "../../../decoder/core/cursor.js";
import { cipheredApdus } from "../../../decoder/security/ciphered-apdu.js";
import type { KeySet } from "../../../decoder/security/key-set.js";
import { noblePrimitives } from "../../../decoder/security/noble-primitives.js";
import type { CipherPrimitives } from "../../../decoder/security/primitives.js";
import { decodeInitiateRequest } from "../../../decoder/xdlms/initiate.js";
import { dissectBytes } from "../dissect-bytes.js";
import {
  general,
  generalCiphering,
  greenBook,
  hex,
  octetString,
  specific,
} from "./cipher-builder.js";
import { associated, secured } from "./secured-context.js";

const set: KeySet = {
  name: "meter 1",
  systemTitle: greenBook.serverTitle,
  globalUnicastEncryptionKey: hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"),
  globalBroadcastEncryptionKey: hex("b0b1b2b3b4b5b6b7b8b9babbbcbdbebf"),
  authenticationKey: hex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"),
  dedicatedKey: hex("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"),
  masterKey: hex("e0e1e2e3e4e5e6e7e8e9eaebecedeeef"),
  hlsSecret: hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
  llsPassword: "open sesame",
};
const secrets = [
  ...Object.values(set)
    .filter((value) => value instanceof Uint8Array && value.length === 16)
    .map((value) => toHex(value)),
  "open sesame",
];
const learntKey = hex("909192939495969798999a9b9c9d9e9f");
const getRequest = hex("c0010000080000010000ff0200");

function decode(c: Cursor) {
  const definition = cipheredApdus.find(({ tag }) => tag === c.peek());
  if (definition === undefined) throw new Error("no ciphered APDU");
  return definition.decode(c);
}

/** Everything in it as text, bytes as hex. */
function serialize(value: unknown): string {
  return JSON.stringify(value, (_, part) => {
    if (typeof part === "bigint") return String(part);
    return part instanceof Uint8Array ? toHex(part) : part;
  });
}

describe("secrets", () => {
  const association = { ...associated, dedicatedKey: { value: learntKey, frame: 3 } };
  const right = set.globalUnicastEncryptionKey ?? hex("");
  const wrong = hex("00000000000000000000000000000001");
  const keys = { right, wrong, dedicated: learntKey };
  for (const [name, key] of Object.entries(keys)) {
    for (const control of [0x00, 0x10, 0x20, 0x30, 0x60, 0x70, 0xb0, 0x32, 0x37]) {
      it(`${name} key, security control 0x${control.toString(16)}`, () => {
        const protection = {
          control,
          key,
          authenticationKey: set.authenticationKey ?? hex(""),
          title: greenBook.clientTitle,
          counter: 7,
        };
        const inputs = [
          specific(0xc8, getRequest, protection),
          specific(0xd0, getRequest, protection),
          general(0xdb, getRequest, protection),
          general(0xdc, getRequest, protection),
          generalCiphering(getRequest, hex("010000"), protection),
        ];
        for (const input of inputs) {
          for (const direction of ["client-to-server", "server-to-client", null] as const) {
            const context = secured([set], { association, direction });
            const { value, tree, diagnostics, sources, dissection } = dissectBytes(
              input,
              decode,
              context,
            );
            const { ciphering, layers, link, apdu } = dissection;
            const text = serialize({
              value,
              tree,
              diagnostics,
              sources,
              ciphering,
              layers,
              link,
              apdu,
            });
            for (const secret of [...secrets, toHex(learntKey)]) {
              expect(text).not.toContain(secret);
            }
          }
        }
      });
    }
  }
});

describe("a dedicated key in a ciphered initiate-request", () => {
  const key = toHex(learntKey);
  // InitiateRequest with its key, response allowed, version 6, conformance, PDU size 1200.
  const request = (keyBytes: string) => hex(`010110${keyBytes}0000065f1f0400007e1f04b0`);
  const input = specific(0x21, request(key), {
    control: 0x30,
    key: set.globalUnicastEncryptionKey ?? hex(""),
    authenticationKey: set.authenticationKey ?? hex(""),
    title: greenBook.clientTitle,
    counter: 7,
  });
  /** A Buffer's `slice` is no copy: what is blanked out in one is blanked out in both. */
  const buffers: CipherPrimitives = {
    ...noblePrimitives,
    open(...parts) {
      const plaintext = noblePrimitives.open(...parts);
      return plaintext === undefined ? undefined : Buffer.from(plaintext);
    },
  };

  it.for([noblePrimitives, buffers])("is handed on to be read, and shown nowhere", (primitives) => {
    const { dissection, sources, next } = dissectBytes(
      input,
      decode,
      secured([set], { primitives }),
    );
    expect(toHex(next?.cursor.bytes ?? hex(""))).toBe(toHex(request(key)));
    expect(sources[1]?.bytes).toEqual(request("00".repeat(16)));
    expect(dissection.ciphering?.plaintext).toEqual(request("00".repeat(16)));
  });

  it("is hidden where it is cut off, too", () => {
    const { tree, codes } = dissectBytes(request(key).subarray(0, 11), decodeInitiateRequest);
    expect(codes).toEqual(["core.truncated"]);
    expect(serialize(tree)).not.toContain(key.slice(0, 8));
  });
});

describe("keys that general-ciphering brings", () => {
  const masterKey = set.masterKey ?? hex("");
  const authenticationKey = set.authenticationKey ?? hex("");
  const protection = { control: 0x31, authenticationKey, title: greenBook.clientTitle, counter: 7 };
  const contentKey = hex("808182838485868788898a8b8c8d8e8f");
  const pair = (seed: number) => {
    const ecdh = createECDH("prime256v1");
    ecdh.setPrivateKey(new Uint8Array(32).fill(seed));
    return ecdh;
  };
  const [ephemeral, server] = [pair(0x5a), pair(0x5b)];
  const sharedSecret = new Uint8Array(ephemeral.computeSecret(server.getPublicKey()));
  const info = concatenate([hex("60857405080300"), greenBook.clientTitle, greenBook.serverTitle]);
  const digest = createHash("sha256").update(concatenate([hex("00000001"), sharedSecret, info]));
  const agreedKey = new Uint8Array(digest.digest()).slice(0, 16);
  const wrap = createCipheriv("id-aes128-wrap", masterKey, hex("a6".repeat(8)));
  const wrapped = new Uint8Array(wrap.update(contentKey));
  const publicKey = new Uint8Array(ephemeral.getPublicKey()).slice(1);
  const inputs = [
    generalCiphering(getRequest, concatenate([hex("01 01 00"), octetString(wrapped)]), {
      ...protection,
      key: contentKey,
    }),
    generalCiphering(getRequest, concatenate([hex("01 02 01 01"), octetString(publicKey)]), {
      ...protection,
      key: agreedKey,
    }),
  ];
  const privateKey = new Uint8Array(server.getPrivateKey());
  const right = { ...set, agreementPrivateKeys: { server: privateKey } };
  const wrong = {
    ...right,
    masterKey: hex("70".repeat(16)),
    agreementPrivateKeys: { server: hex("71".repeat(32)) },
  };

  it.for([right, wrong])("are shown nowhere", (keys) => {
    for (const input of inputs) {
      const { value, tree, diagnostics, sources, dissection } = dissectBytes(
        input,
        decode,
        secured([keys]),
      );
      expect(dissection.ciphering?.status === "decrypted").toBe(keys === right);
      const { ciphering } = dissection;
      const text = serialize({ value, tree, diagnostics, sources, ciphering });
      for (const secret of [
        ...secrets,
        ...[contentKey, agreedKey, sharedSecret, privateKey].map((key) => toHex(key)),
        "70".repeat(16),
        "71".repeat(32),
      ]) {
        expect(text).not.toContain(secret);
      }
    }
  });
});
