/** Every verdict on a ciphered APDU, and the words that come with it. */
import { describe, expect, it } from "vitest";
import { type FrameContext, noAssociation } from "../../../decoder/core/context.js";
import type { Cursor } from "../../../decoder/core/cursor.js";
import { cipheredApdus } from "../../../decoder/security/ciphered-apdu.js";
import type { KeySet } from "../../../decoder/security/key-set.js";
import { dissectBytes } from "../dissect-bytes.js";
import { general, greenBook, hex, specific } from "./cipher-builder.js";
import { associated, bothKeys, encryptionKeyOnly, secured } from "./secured-context.js";

const getRequest = hex("c0010000080000010000ff0200");
const getResponse = hex("c401000009 02 0102");
const otherKey = hex("ffeeddccbbaa99887766554433221100");
const protection = {
  control: 0x30,
  key: greenBook.encryptionKey,
  authenticationKey: greenBook.authenticationKey,
  title: greenBook.clientTitle,
  counter: greenBook.counter,
};
const request = specific(0xc8, getRequest, protection);
const response = specific(0xcc, getResponse, { ...protection, title: greenBook.serverTitle });

function decipher(input: Uint8Array, sets: readonly KeySet[], changes: Partial<FrameContext> = {}) {
  const dissected = dissectBytes(input, decode, secured(sets, changes));
  const { ciphering } = dissected.dissection;
  return {
    codes: dissected.codes,
    severities: dissected.diagnostics.map(({ definition }) => definition.severity),
    status: ciphering?.status,
    reason: ciphering?.reason ?? "",
    plaintext: ciphering?.plaintext,
    key: ciphering?.key,
    handedOver: dissected.next?.cursor.bytes,
  };
}

function decode(c: Cursor) {
  const definition = cipheredApdus.find(({ tag }) => tag === c.peek());
  if (definition === undefined) throw new Error("no ciphered APDU");
  return definition.decode(c);
}

describe("decrypted-not-authenticated", () => {
  it("the encryption key is there, the authentication key is not", () => {
    const verdict = decipher(request, [encryptionKeyOnly]);
    expect(verdict).toMatchObject({
      status: "decrypted-not-authenticated",
      codes: ["ciphering.not-authenticated"],
      severities: ["note"],
      plaintext: getRequest,
      handedOver: getRequest,
      key: "meter 1 global-unicast",
    });
    expect(verdict.reason).toContain("no authentication key with meter 1 global-unicast");
  });

  it("sent in clear, and the tag cannot be checked", () => {
    const input = specific(0xc8, getRequest, { ...protection, control: 0x10 });
    for (const sets of [[], [encryptionKeyOnly]]) {
      expect(decipher(input, sets)).toMatchObject({
        status: "decrypted-not-authenticated",
        codes: ["ciphering.not-authenticated"],
        plaintext: getRequest,
        handedOver: getRequest,
      });
    }
  });
});

describe("no-key", () => {
  it("no keys at all: the role of the key and the title are named", () => {
    const verdict = decipher(request, []);
    expect(verdict).toMatchObject({
      status: "no-key",
      codes: ["ciphering.no-key"],
      severities: ["warning"],
      plaintext: undefined,
      handedOver: undefined,
    });
    expect(verdict.reason).toContain("global unicast key");
    expect(verdict.reason).toContain("4d4d4d0000bc614e");
  });

  it("keys of another meter, by its title", () => {
    const set = { ...bothKeys, systemTitle: hex("4b464d1020304050") };
    const verdict = decipher(request, [set]);
    expect(verdict.status).toBe("no-key");
    expect(verdict.reason).toContain("key set meter 1 is for 4b464d1020304050");
  });

  it("a key of a length that the suite does not take", () => {
    const set = { ...bothKeys, globalUnicastEncryptionKey: new Uint8Array(32) };
    const verdict = decipher(request, [set]);
    expect(verdict.status).toBe("no-key");
    expect(verdict.reason).toContain("has 32 bytes, suite 0 takes 16");
  });

  it("only the broadcast key, and the unicast key is needed", () => {
    const set = { globalBroadcastEncryptionKey: greenBook.encryptionKey };
    expect(decipher(request, [set]).status).toBe("no-key");
  });

  it("ded-* without a dedicated key", () => {
    const input = specific(0xd0, getRequest, protection);
    const verdict = decipher(input, [bothKeys]);
    expect(verdict.status).toBe("no-key");
    expect(verdict.reason).toContain("dedicated key");
  });

  it("the key gives nothing that reads as an APDU, and there is no other way to check it", () => {
    const wrong = { name: "meter 2", globalUnicastEncryptionKey: otherKey };
    for (const control of [0x20, 0x30]) {
      const input = specific(0xc8, getRequest, { ...protection, control });
      const verdict = decipher(input, [wrong]);
      expect(verdict).toMatchObject({ status: "no-key", plaintext: undefined });
      expect(verdict.reason).toContain("no plausible plaintext comes of meter 2 global-unicast");
    }
  });
});

describe("no-system-title", () => {
  const missed = { association: noAssociation };

  it("says where the client's could have been learnt", () => {
    const verdict = decipher(request, [bothKeys], missed);
    expect(verdict).toMatchObject({
      status: "no-system-title",
      codes: ["ciphering.no-system-title"],
      severities: ["warning"],
    });
    expect(verdict.reason).toContain("AARQ");
  });

  it("says where the meter's could have been learnt", () => {
    const verdict = decipher(response, [bothKeys], { ...missed, direction: "server-to-client" });
    expect(verdict.status).toBe("no-system-title");
    expect(verdict.reason).toContain("AARE");
  });

  it("the other side's title alone does not make a tag mismatch of it", () => {
    const association = { ...associated, serverSystemTitle: undefined };
    const changes = { association, direction: "server-to-client" } as const;
    const verdict = decipher(response, [bothKeys], changes);
    expect(verdict.status).toBe("no-system-title");
    expect(verdict.reason).toContain("only the other side's title is known");
  });
});

describe("tag-mismatch", () => {
  it("a wrong encryption key: what was tried is named, without values", () => {
    const wrong = { ...bothKeys, globalUnicastEncryptionKey: otherKey };
    const verdict = decipher(request, [wrong]);
    expect(verdict).toMatchObject({
      status: "tag-mismatch",
      codes: ["ciphering.tag-mismatch"],
      severities: ["error"],
      plaintext: undefined,
      handedOver: undefined,
    });
    expect(verdict.reason).toContain("meter 1 global-unicast");
    expect(verdict.reason).toContain("4d4d4d0000bc614e");
    expect(verdict.reason).toContain("learnt in frame 1");
  });

  it("a wrong authentication key: the plaintext is shown all the same", () => {
    const wrong = { ...bothKeys, authenticationKey: otherKey };
    const verdict = decipher(request, [wrong]);
    expect(verdict).toMatchObject({
      status: "tag-mismatch",
      codes: ["ciphering.tag-mismatch"],
      plaintext: getRequest,
      handedOver: getRequest,
    });
    expect(verdict.reason).toContain("the authentication key is wrong");
  });

  it("a byte that was changed on the way: the plaintext is shown, and the key is not blamed alone", () => {
    const input = specific(0xc8, getRequest, protection);
    // Tag, length, security control and counter are 7 bytes; the OBIS code begins with plaintext byte 5.
    input[7 + 6] = (input[7 + 6] ?? 0) ^ 0x01;
    const changed = Uint8Array.from(getRequest);
    changed[6] = (changed[6] ?? 0) ^ 0x01;
    const verdict = decipher(input, [bothKeys]);
    expect(verdict).toMatchObject({ status: "tag-mismatch", handedOver: changed });
    expect(verdict.reason).toContain("or bytes were changed on the way");
  });

  it("a damaged message in clear", () => {
    const input = specific(0xc8, getRequest, { ...protection, control: 0x10 });
    input[12] = 0xff;
    const verdict = decipher(input, [bothKeys]);
    expect(verdict).toMatchObject({ status: "tag-mismatch", codes: ["ciphering.tag-mismatch"] });
    expect(verdict.handedOver).toHaveLength(13);
  });
});

describe("which key", () => {
  const own = { ...bothKeys, name: "own", systemTitle: greenBook.serverTitle };

  it("several sets: the one that fits, by the tag", () => {
    const others = [otherKey, hex("00".repeat(16))].map((key, i) => ({
      name: `other ${i}`,
      globalUnicastEncryptionKey: key,
      authenticationKey: key,
    }));
    expect(decipher(request, [...others, bothKeys])).toMatchObject({
      status: "decrypted",
      key: "meter 1 global-unicast",
    });
  });

  it("a set with an authentication key that fits goes before one that cannot be checked", () => {
    const verdict = decipher(request, [{ ...encryptionKeyOnly, name: "first" }, own]);
    expect(verdict).toMatchObject({ status: "decrypted", key: "own global-unicast", codes: [] });
  });

  it("the meter's title in a general-glo-ciphering chooses the set", () => {
    const title = hex("4b464d1020304050");
    const input = general(0xdb, getResponse, { ...protection, title });
    const changes = { direction: "server-to-client", association: noAssociation } as const;
    const set = { ...bothKeys, name: "that meter", systemTitle: title };
    const wrong = { ...own, globalUnicastEncryptionKey: otherKey };
    expect(decipher(input, [wrong, set], changes)).toMatchObject({
      status: "decrypted",
      key: "that meter global-unicast",
    });
    expect(decipher(input, [own], changes).status).toBe("no-key");
  });
});

describe("which title", () => {
  it("by the direction", () => {
    expect(decipher(request, [bothKeys])).toMatchObject({ status: "decrypted", codes: [] });
    const verdict = decipher(response, [bothKeys], { direction: "server-to-client" });
    expect(verdict).toMatchObject({ status: "decrypted", codes: [] });
  });

  it("both where the direction is not known, which is said", () => {
    for (const input of [request, response]) {
      expect(decipher(input, [bothKeys], { direction: null })).toMatchObject({
        status: "decrypted",
        codes: ["ciphering.assumed-title"],
      });
    }
  });

  it("the other side's where only that one fits, which is said", () => {
    const verdict = decipher(response, [bothKeys], { direction: "client-to-server" });
    expect(verdict).toMatchObject({ status: "decrypted", codes: ["ciphering.other-side-title"] });
  });

  it("the key set's where the trace has not taught it, which is said", () => {
    const set = {
      ...bothKeys,
      systemTitle: greenBook.serverTitle,
      clientSystemTitle: greenBook.clientTitle,
    };
    const missed = { association: noAssociation };
    expect(decipher(request, [set], missed)).toMatchObject({
      status: "decrypted",
      codes: ["ciphering.title-from-keys"],
    });
    expect(decipher(response, [set], { ...missed, direction: "server-to-client" })).toMatchObject({
      status: "decrypted",
      codes: ["ciphering.title-from-keys"],
    });
  });
});
