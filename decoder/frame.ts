import type { Direction, Timestamp } from "./chunk.js";
import type { AnsweredRequest } from "./conversation/answered-request.js";
import type { AssociationView } from "./conversation/association/association-view.js";
import type { AssociationState } from "./core/context.js";
import type { Diagnostic } from "./core/diagnostics.js";
import type { Reassembly } from "./core/dissection.js";
import type { SpanNode } from "./core/recorder.js";
import type { ByteSource } from "./core/source.js";
import type { Framing } from "./link/link-frame.js";
import type { MeterObjects } from "./readings/meter-objects.js";
import type { Ciphering } from "./security/ciphering.js";
import type { Apdu } from "./xdlms/apdu-value.js";

/** A server's address: upper alone where the link has but one number for it. */
export interface ServerAddress {
  readonly upper: number;
  readonly lower?: number;
}

/** One frame, decoded. `present/frame-json.ts` gives it the form of the public contract. */
export interface Frame {
  /** From 1, in the order of the capture. */
  readonly number: number;
  readonly time: Timestamp | null;
  readonly framing: Framing;
  /** From 0; null where the frame belongs to nobody (noise, packets without DLMS). */
  readonly conversation: number | null;
  readonly direction: Direction | null;
  readonly client: number | null;
  readonly server: ServerAddress | null;
  readonly layers: readonly string[];
  readonly link: Readonly<Record<string, object>>;
  readonly apdu: Apdu | undefined;
  readonly ciphering: Ciphering | undefined;
  /** The message that the frame has a part of. */
  readonly reassembly: Reassembly | undefined;
  /** The frame in which that message was read; known once it has come. */
  readonly completedIn: number | undefined;
  /** How far the association has come with the frame; undefined outside of conversations. */
  readonly association: AssociationView["state"] | undefined;
  /** The request that the frame answers. */
  readonly answers: AnsweredRequest | undefined;
  /** The frame that answers it; known once it has come. */
  readonly answeredBy: number | undefined;
  /** What the conversation has shown of the meter's objects; later frames add to it. */
  readonly objects: MeterObjects | undefined;
  /** What was known of the association before the frame. */
  readonly known: AssociationState;
  readonly diagnostics: readonly Diagnostic[];
  /** Source 0 is the frame itself. */
  readonly sources: readonly ByteSource[];
  /** Only where a tree was asked for. */
  readonly tree: readonly SpanNode[] | undefined;
  readonly comment: string | undefined;
}
