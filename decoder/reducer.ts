/**
 * The one pass over the frames of a capture, in order: each gets its context, is dissected, and
 * teaches what later frames need.
 */
import type { Direction } from "./chunk.js";
import type { Amendment } from "./conversation/amendment.js";
import {
  Conversations,
  type ConversationView,
  type FrameRole,
} from "./conversation/conversations.js";
import { directionOfTag } from "./conversation/direction-of-apdu.js";
import { objectsOf } from "./conversation/names/object-names.js";
import { defaultLimits, type FrameContext, type Limits } from "./core/context.js";
import type { Dissection } from "./core/dissection.js";
import type { NewPart } from "./core/parts.js";
import { NullRecorder, type Recorder, type SpanNode, SpanTree } from "./core/recorder.js";
import { dissect, markReplayed, reportFinding } from "./dissect.js";
import type { Frame } from "./frame.js";
import type { LinkFrame } from "./link/link-frame.js";
import { valuesOf } from "./readings/attribute-values.js";
import { nameDescriptors, nameValues } from "./readings/named-tree.js";
import type { KeySet } from "./security/key-set.js";
import { noblePrimitives } from "./security/noble-primitives.js";
import type { CipherPrimitives } from "./security/primitives.js";

export interface ReducerOptions {
  readonly keySets?: readonly KeySet[];
  /** Whether frames come with their field tree; default false. */
  readonly tree?: boolean;
  /** Faster cryptography of the host; default the pure one. */
  readonly primitives?: CipherPrimitives;
  readonly limits?: Limits;
}

/** A frame, and all that its dissection depends on: `dissectFrame` gives the same once more. */
export interface ReducedFrame {
  readonly frame: Frame;
  readonly context: FrameContext;
  /** Parts of longer messages that it brought. */
  readonly parts: readonly NewPart[];
}

/** Follows the conversations of one capture. Not to be used for two. */
export class Reducer {
  readonly #keySets: readonly KeySet[];
  readonly #primitives: CipherPrimitives;
  readonly #limits: Limits;
  readonly #tree: boolean;
  readonly #conversations = new Conversations();

  constructor(options: ReducerOptions = {}) {
    this.#keySets = options.keySets ?? [];
    this.#primitives = options.primitives ?? noblePrimitives;
    this.#limits = options.limits ?? defaultLimits;
    this.#tree = options.tree ?? false;
  }

  /** Takes the next frame, the `number`th of the capture (from 1, without gaps). Never throws. */
  reduce(link: LinkFrame, number: number): ReducedFrame {
    let role = this.#conversations.enter(link);
    let before = this.#createContext(role, number);
    let recorder = this.#createRecorder();
    let dissection = dissect(link, before, recorder);
    const shown = role.isSure ? null : directionShown(dissection);
    if (shown !== null) {
      const turned = this.#conversations.turn(link, shown);
      if (shown !== role.direction) {
        role = turned;
        before = this.#createContext(role, number);
        recorder = this.#createRecorder();
        dissection = dissect(link, before, recorder);
      }
    }
    const observation = this.#conversations.learn(link, before, dissection);
    const { findings, replayed } = observation;
    for (const finding of findings) reportFinding(dissection, finding);
    if (replayed && dissection.ciphering !== undefined) markReplayed(dissection.ciphering);
    const context =
      findings.length === 0 && !replayed
        ? before
        : { ...before, findings: [...role.findings, ...findings], replayed };
    const { parts } = dissection;
    return { frame: toFrame(link, role, dissection, recorder, observation), context, parts };
  }

  #createContext(role: FrameRole, number: number): FrameContext {
    return {
      number,
      direction: role.direction,
      association: role.association,
      pending: role.pending,
      findings: role.findings,
      replayed: false,
      keySets: this.#keySets,
      primitives: this.#primitives,
      limits: this.#limits,
    };
  }

  #createRecorder(): Recorder {
    return this.#tree ? new SpanTree() : new NullRecorder();
  }

  /**
   * Takes a frame into account for its place alone (who speaks to whom, what is an echo): for frames
   * between those that are reduced once more.
   */
  pass(link: LinkFrame): void {
    this.#conversations.enter(link);
  }

  /** Takes the conversations over that `other` has followed, but for those in `replaced`. */
  keep(other: Reducer, replaced: ReadonlySet<number>): void {
    this.#conversations.keep(other.#conversations, replaced);
  }

  /** The capture has ended. */
  finish(): void {
    this.#conversations.finish();
  }

  /** What was shown of earlier frames since the last call. */
  takeAmendments(): readonly Amendment[] {
    return this.#conversations.takeAmendments();
  }

  /** Whether a later frame may still show more of this one: its answer, or the rest of its message. */
  isOpen({ conversation, number }: Frame): boolean {
    return conversation !== null && this.#conversations.isOpen(conversation, number);
  }

  /** What a conversation has shown of the meter's objects. */
  objects(conversation: number): Frame["objects"] {
    return this.#conversations.objects(conversation);
  }

  /** How a conversation stands now. */
  view(conversation: number): ConversationView | undefined {
    return this.#conversations.view(conversation);
  }
}

/** Who sends the innermost APDU that could be read; null where both sides may. */
function directionShown({ apdus, sources }: Dissection): Direction | null {
  const innermost = apdus[apdus.length - 1];
  if (innermost === undefined) return null;
  return directionOfTag(sources[innermost.source]?.bytes[innermost.start]);
}

/** Who speaks in a frame, and what it answers: what its conversation knows beside the context. */
export interface FramePlace {
  readonly conversation: Frame["conversation"];
  readonly direction: Frame["direction"];
  readonly client: Frame["client"];
  readonly server: Frame["server"];
}

/** What the conversation knows of a frame beside its context. */
export type FrameLinks = Partial<
  Pick<Frame, "association" | "answers" | "answeredBy" | "completedIn" | "objects">
>;

export interface DissectOptions {
  /** Whether the frame comes with its field tree. */
  readonly tree: boolean;
  /** Takes note of the fields instead. */
  readonly recorder?: Recorder;
}

/** Dissects a frame in its context once more: the same values, diagnostics and spans as at first. */
export function dissectFrame(
  link: LinkFrame,
  context: FrameContext,
  place: FramePlace,
  links: FrameLinks,
  options: DissectOptions,
): Frame {
  const recorder = options.recorder ?? (options.tree ? new SpanTree() : new NullRecorder());
  return toFrame(link, place, dissect(link, context, recorder), recorder, links);
}

function toFrame(
  link: LinkFrame,
  { conversation, direction, client, server }: FramePlace,
  dissection: Dissection,
  recorder: Recorder,
  { association, answers, answeredBy, completedIn, objects }: FrameLinks,
): Frame {
  if (recorder instanceof SpanTree) {
    nameTree(recorder.roots, dissection, answers, objects);
  }
  return {
    number: dissection.context.number,
    time: link.time,
    framing: link.framing,
    conversation,
    direction,
    client,
    server,
    layers: dissection.layers,
    link: dissection.link,
    apdu: dissection.apdu,
    ciphering: dissection.ciphering,
    reassembly: dissection.reassembly,
    completedIn,
    association,
    answers,
    answeredBy,
    objects,
    known: dissection.context.association,
    diagnostics: dissection.diagnostics,
    sources: dissection.sources,
    tree: recorder instanceof SpanTree ? recorder.roots : undefined,
    comment: link.comment,
  };
}

function nameTree(
  tree: readonly SpanNode[],
  { apdu, context }: Dissection,
  answers: Frame["answers"],
  learnt: Frame["objects"],
): void {
  nameDescriptors(tree);
  if (apdu === undefined) return;
  const { shortNames } = context.association;
  const values = valuesOf(apdu, answers, shortNames);
  const own = objectsOf(apdu, shortNames);
  const objects = own.length > 0 ? own : (answers?.objects ?? []);
  nameValues(tree, { apdu, values, objects, learnt, frame: context.number });
}
