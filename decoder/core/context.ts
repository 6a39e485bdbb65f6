import type { Direction } from "../chunk.js";
import type { KeySet } from "../security/key-set.js";
import type { CipherPrimitives } from "../security/primitives.js";
import type { Finding } from "./finding.js";
import type { PartChain, PendingMessages } from "./parts.js";

/** Something learnt from the trace, and the frame that taught it. */
export interface Learnt<Value> {
  readonly value: Value;
  /** Number of the frame. */
  readonly frame: number;
}

/** What a symmetric key is for; the names of `key` in the contract's `ciphering`. */
export type KeyRole =
  | "global-unicast"
  | "global-broadcast"
  | "authentication"
  | "master"
  | "dedicated";

/** A key that the trace itself has brought: by key transfer or key agreement. Never shown. */
export interface LearntKey extends Learnt<Uint8Array> {
  readonly role: KeyRole;
  /** Name of the key set whose master or private key opened it. */
  readonly by: string | undefined;
}

/** A public key out of a certificate that the trace has shown, uncompressed: x, then y. */
export interface LearntCertificate extends Learnt<Uint8Array> {
  readonly use: "signing" | "agreement";
  /** Whom the certificate names: a system title of 8 bytes. */
  readonly systemTitle: Uint8Array;
}

/** The object that a short name belongs to. */
export interface ShortNameObject {
  readonly baseName: number;
  readonly classId: number;
  /** Undefined where the map does not say. */
  readonly version: number | undefined;
  /** 6 bytes. */
  readonly logicalName: Uint8Array;
  /** The frame that taught it; 0 for the names that the standard fixes. */
  readonly frame: number;
}

/** What is known of the association that a frame belongs to, before the frame. */
export interface AssociationState {
  readonly clientSystemTitle: Learnt<Uint8Array> | undefined;
  readonly serverSystemTitle: Learnt<Uint8Array> | undefined;
  /** Key for ded-* services, out of a deciphered or plain initiate-request. */
  readonly dedicatedKey: Learnt<Uint8Array> | undefined;
  /** Keys of the meter that the trace has brought, the newest first. */
  readonly learntKeys: readonly LearntKey[];
  readonly certificates: readonly LearntCertificate[];
  /** Objects of the meter by the base of their short names, ascending. */
  readonly shortNames: readonly ShortNameObject[];
}

/** How far a decoder follows a message; each limit that is met is a diagnostic. */
export interface Limits {
  /** Nesting of arrays and structures. */
  readonly depth: number;
  /** Elements of one message. */
  readonly nodes: number;
}

/** Everything outside of a frame's bytes that its dissection depends on. Immutable. */
export interface FrameContext {
  /** Number of the frame in its capture, from 1. */
  readonly number: number;
  readonly direction: Direction | null;
  readonly association: AssociationState;
  readonly pending: PendingMessages;
  /** What the conversation has found in the frame: reported with what the frame itself shows. */
  readonly findings: readonly Finding[];
  /** The invocation counter of the frame was used before: `counter-replayed`. */
  readonly replayed: boolean;
  readonly keySets: readonly KeySet[];
  readonly primitives: CipherPrimitives;
  readonly limits: Limits;
}

export const noAssociation: AssociationState = Object.freeze({
  clientSystemTitle: undefined,
  serverSystemTitle: undefined,
  dedicatedKey: undefined,
  learntKeys: [],
  certificates: [],
  shortNames: [],
});

export const nothingPending: PendingMessages = new Map<string, PartChain>();
export const noFindings: readonly Finding[] = Object.freeze([]);

export const defaultLimits: Limits = { depth: 64, nodes: 1_000_000 };
