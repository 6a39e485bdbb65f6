/** Contexts with keys, for the tests of deciphering. */
import {
  type AssociationState,
  type FrameContext,
  noAssociation,
} from "../../../decoder/core/context.js";
import type { KeySet } from "../../../decoder/security/key-set.js";
import { noblePrimitives } from "../../../decoder/security/noble-primitives.js";
import { greenBook } from "./cipher-builder.js";

/** Both keys of the Green Book's examples; a set for any meter. */
export const bothKeys: KeySet = {
  name: "meter 1",
  globalUnicastEncryptionKey: greenBook.encryptionKey,
  authenticationKey: greenBook.authenticationKey,
};

/** The same without the authentication key. */
export const encryptionKeyOnly: KeySet = {
  name: "meter 1",
  globalUnicastEncryptionKey: greenBook.encryptionKey,
};

/** An association that has taught both titles. */
export const associated: AssociationState = {
  ...noAssociation,
  clientSystemTitle: { value: greenBook.clientTitle, frame: 1 },
  serverSystemTitle: { value: greenBook.serverTitle, frame: 2 },
};

export function secured(
  keySets: readonly KeySet[],
  changes: Partial<FrameContext> = {},
): Partial<FrameContext> {
  return {
    direction: "client-to-server",
    association: associated,
    primitives: noblePrimitives,
    keySets,
    ...changes,
  };
}
