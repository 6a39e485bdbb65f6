/** What is kept of a choice of keys, and when it is made anew. */
import { describe, expect, it } from "vitest";
import {
  defaultLimits,
  type FrameContext,
  noAssociation,
  noFindings,
  nothingPending,
} from "../../../decoder/core/context.js";
import { chooseKeys, type KeyPurpose } from "../../../decoder/security/key-choice.js";
import { greenBook, hex } from "./cipher-builder.js";
import { associated, bothKeys, encryptionKeyOnly, secured } from "./secured-context.js";

const base: FrameContext = {
  number: 7,
  direction: "client-to-server",
  association: noAssociation,
  pending: nothingPending,
  findings: noFindings,
  replayed: false,
  keySets: [],
  primitives: { ctr: neverUsed, open: neverUsed },
  limits: defaultLimits,
};
const context: FrameContext = { ...base, ...secured([bothKeys]) };
const purpose: KeyPurpose = { kind: "global-unicast", controlByte: 0x30, title: undefined };
const general: KeyPurpose = { ...purpose, title: hex("4b464d1020304050") };

function neverUsed(): never {
  throw new Error("choosing keys deciphers nothing");
}

describe("chooseKeys", () => {
  it("makes one choice for all frames of an association", () => {
    const first = chooseKeys(context, purpose);
    expect(chooseKeys({ ...context, number: 8 }, { ...purpose })).toBe(first);
    const named = chooseKeys(context, general);
    expect(chooseKeys(context, { ...general, title: hex("4b464d1020304050") })).toBe(named);
    expect(named).not.toBe(first);
  });

  it("chooses anew when the keys, the association, the direction or the purpose are others", () => {
    const first = chooseKeys(context, purpose);
    const others = [
      chooseKeys({ ...context, keySets: [encryptionKeyOnly] }, purpose),
      chooseKeys({ ...context, association: { ...associated } }, purpose),
      chooseKeys({ ...context, direction: "server-to-client" }, purpose),
      chooseKeys(context, { ...purpose, controlByte: 0x20 }),
      chooseKeys(context, { ...purpose, kind: "global-broadcast" }),
      chooseKeys(context, { ...purpose, title: greenBook.serverTitle }),
    ];
    for (const other of others) expect(other).not.toBe(first);
    expect(others[0]?.attempts[0]?.authenticated).toBeUndefined();
    expect(others[2]?.attempts[0]?.title).toEqual(greenBook.serverTitle);
    expect(others[3]?.attempts[0]?.authenticated?.[0]).toBe(0x20);
    expect(others[4]).toMatchObject({ attempts: [], missing: "key" });
  });

  it("covers with every tag the security control byte and the authentication key", () => {
    const [attempt] = chooseKeys(context, purpose).attempts;
    expect(attempt?.authenticated).toEqual(hex("30d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"));
  });

  it("keeps nothing of keys that an APDU has brought itself", () => {
    const contentKeys = {
      candidates: [{ label: "in the APDU", key: greenBook.encryptionKey, set: undefined }],
      missing: "the key is not known",
    };
    const first = chooseKeys(context, { ...purpose, contentKeys });
    expect(first.attempts[0]?.label).toBe("in the APDU");
    expect(chooseKeys(context, { ...purpose, contentKeys })).not.toBe(first);
    expect(chooseKeys(context, purpose).attempts[0]?.label).toBe("meter 1 global-unicast");
  });

  it("keeps a title of its own, not a view of the frame", () => {
    const frame = hex("db084b464d1020304050");
    const choice = chooseKeys(context, { ...purpose, title: frame.subarray(2) });
    frame.fill(0);
    expect(choice.attempts[0]?.title).toEqual(hex("4b464d1020304050"));
  });

  it("goes on choosing rightly when more titles come than are kept", () => {
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 100; i++) {
        const title = Uint8Array.of(0x4f, 0x42, 0x53, 0, 0, 0, 0, i);
        expect(chooseKeys(context, { ...purpose, title }).attempts[0]?.title).toEqual(title);
      }
    }
  });
});
