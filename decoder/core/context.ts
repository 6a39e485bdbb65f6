import type { Direction } from "../chunk.js";
import type { KeySet } from "../security/key-set.js";
import type { CipherPrimitives } from "../security/primitives.js";

/** Something learnt from the trace, and the frame that taught it. */
export interface Learnt<Value> {
  readonly value: Value;
  /** Number of the frame. */
  readonly frame: number;
}

/** What is known of the association that a frame belongs to, before the frame. */
export interface AssociationState {
  readonly clientSystemTitle: Learnt<Uint8Array> | undefined;
  readonly serverSystemTitle: Learnt<Uint8Array> | undefined;
  /** Key for ded-* services, out of a deciphered or plain initiate-request. */
  readonly dedicatedKey: Learnt<Uint8Array> | undefined;
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
  readonly keySets: readonly KeySet[];
  readonly primitives: CipherPrimitives;
  readonly limits: Limits;
}

export const noAssociation: AssociationState = {
  clientSystemTitle: undefined,
  serverSystemTitle: undefined,
  dedicatedKey: undefined,
};

export const defaultLimits: Limits = { depth: 64, nodes: 1_000_000 };
