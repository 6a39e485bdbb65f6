/** One conversation: what its frames have taught so far, and the rules that watch it. */

import {
  type AssociationState,
  noAssociation,
  noFindings,
  type ShortNameObject,
} from "../core/context.js";
import { type DiagnosticDefinition, defineDiagnostics } from "../core/diagnostics.js";
import type { Dissection } from "../core/dissection.js";
import type { Finding } from "../core/finding.js";
import { assemble, type PartChain, type PendingMessages, partsOf } from "../core/parts.js";
import type { MeterObjects } from "../readings/meter-objects.js";
import type { Addresses } from "./addresses.js";
import type { Amendment } from "./amendment.js";
import type { AnsweredRequest } from "./answered-request.js";
import { AssociationTracker } from "./association/association-tracker.js";
import type { AssociationView } from "./association/association-view.js";
import { DataRules } from "./data/data-rules.js";
import { HdlcLink, type HdlcLinkView } from "./link/hdlc-link.js";
import { ShortNameMap } from "./names/short-names.js";
import { keptParts } from "./observe-frame.js";
import type { FindingSink, ObservedFrame } from "./observed-frame.js";
import type { MeterMemories, MeterMemory } from "./security/meter-memory.js";
import { type SecurityOutcome, SecurityRules } from "./security/security-rules.js";
import { Exchanges } from "./service/exchanges.js";
import type { KnownAttributes } from "./service/known-attributes.js";

const D = defineDiagnostics("reassembly", {
  unfinished: {
    severity: "note",
    group: "incomplete",
    message: "The capture ends before the message is whole",
  },
  "given-up": {
    severity: "warning",
    group: "incomplete",
    message: "The sender begins another message before this one is whole",
    check: "Were frames lost on the line, or while they were captured?",
  },
});

/** What is known of a conversation. */
export interface ConversationView {
  readonly association: AssociationView;
  readonly link: HdlcLinkView;
  readonly clientSystemTitle: Uint8Array | undefined;
  readonly serverSystemTitle: Uint8Array | undefined;
  readonly objects: MeterObjects;
}

/** What the rules made of a frame. */
export interface Observation {
  readonly findings: readonly Finding[];
  readonly replayed: boolean;
  readonly answers: AnsweredRequest | undefined;
  /** How far the association has come with the frame. */
  readonly association: AssociationView["state"] | undefined;
  /** What the conversation has shown of the meter's objects; it goes on growing. */
  readonly objects: MeterObjects | undefined;
}

/**
 * The rules of one conversation, in the order in which each needs the last: the link, the pairing of
 * requests and answers, the association, security, names and data.
 */
export class Conversation {
  /** From 0, in the order in which conversations begin. */
  readonly number: number;
  /** What is known of the meters of the capture, for all conversations with them. */
  readonly meters: MeterMemories;
  association: AssociationState = noAssociation;
  /** Which end of the pair is the client, once a frame has shown it. */
  clientEnd: number | undefined;
  /** Those of its last frame, and the end that was the server there. */
  addresses: { readonly serverEnd: number; readonly addresses: Addresses } | undefined;
  /** It was said that the direction is a guess. */
  isAssumed = false;
  readonly #link = new HdlcLink();
  readonly #exchanges: Exchanges;
  readonly #tracker = new AssociationTracker();
  readonly #security: SecurityRules;
  readonly #shortNames = new ShortNameMap();
  readonly #data = new DataRules();
  /** What was looked up last: the title is the same object until another is learnt. */
  #meter: { readonly title: Uint8Array; readonly memory: MeterMemory } | undefined;
  #pending: ReadonlyMap<string, PartChain> = new Map();
  /** Frames whose message is not whole. */
  readonly #unfinished = new Set<number>();

  constructor(number: number, meters: MeterMemories, attributes: KnownAttributes) {
    this.number = number;
    this.meters = meters;
    this.#exchanges = new Exchanges(attributes);
    this.#security = new SecurityRules(meters);
  }

  /**
   * What the association knows before a frame: its own, and what other conversations with the same
   * meter have brought since.
   */
  knowledge(): AssociationState {
    const state = this.association;
    const title = state.serverSystemTitle?.value;
    if (title === undefined) return state;
    if (this.#meter?.title !== title) this.#meter = { title, memory: this.meters.of(title) };
    const { learntKeys, certificates } = this.#meter.memory;
    if (learntKeys === state.learntKeys && certificates === state.certificates) return state;
    this.association = { ...state, learntKeys, certificates };
    return this.association;
  }

  /** Messages that wait for more parts, by their names. */
  get pending(): PendingMessages {
    return this.#pending;
  }

  /** What it has shown of the meter's objects. */
  get objects(): MeterObjects {
    return this.#data.objects;
  }

  /** How the conversation stands now. */
  get view(): ConversationView {
    const { clientSystemTitle, serverSystemTitle } = this.association;
    return {
      association: this.#tracker.view,
      link: this.#link.view,
      clientSystemTitle: clientSystemTitle?.value,
      serverSystemTitle: serverSystemTitle?.value,
      objects: this.objects,
    };
  }

  /** Takes the next frame; what it shows of earlier frames is added to `amendments`. */
  observe(frame: ObservedFrame, dissection: Dissection, amendments: Amendment[]): Observation {
    const sink = new ConversationSink(amendments);
    this.#keepParts(frame, dissection, amendments);
    if (frame.framing === "hdlc") this.#link.observe(frame, sink);
    const answers = this.#exchanges.observe(frame, sink);
    if (answers !== undefined) {
      amendments.push({ frame: answers.frame, answeredBy: frame.number });
    }
    this.#tracker.observe(frame, answers, sink);
    const security = this.#security.observe(frame, answers, this.#tracker.view, sink);
    const shortNames = this.#shortNames.observe(frame, answers, sink);
    this.#data.observe(frame, answers, sink);
    this.#learn(security, shortNames);
    const { state } = this.#tracker.view;
    return {
      findings: sink.findings,
      replayed: security.replayed,
      answers,
      association: state,
      objects: this.#data.objects,
    };
  }

  /** The capture has ended. */
  finish(amendments: Amendment[]): void {
    const sink = new ConversationSink(amendments);
    this.#link.finish(sink);
    this.#exchanges.finish(sink);
    this.#tracker.finish(sink);
    for (const chain of this.#pending.values()) {
      if (chain.settled !== undefined) continue;
      sink.amend(chain.part.frame, D.unfinished, missingOf(chain).detail);
    }
  }

  /** Whether a later frame may still show more of this one: its answer, or the rest of its message. */
  isOpen(frame: number): boolean {
    return this.#unfinished.has(frame) || this.#exchanges.isAwaited(frame);
  }

  #learn(
    { learntKeys, certificates }: SecurityOutcome,
    shortNames: readonly ShortNameObject[],
  ): void {
    const before = this.association;
    const isKnown =
      before.learntKeys === learntKeys &&
      before.certificates === certificates &&
      before.shortNames === shortNames;
    if (!isKnown) this.association = { ...before, learntKeys, certificates, shortNames };
  }

  #keepParts(frame: ObservedFrame, dissection: Dissection, amendments: Amendment[]): void {
    if (dissection.parts.length === 0) return;
    const { number } = frame;
    const kept = keptParts(dissection.parts, dissection.diagnostics);
    const pending = new Map(this.#pending);
    for (const { message, chain } of dissection.parts) {
      const before = pending.get(message);
      if (chain.settled === undefined || before?.firstFrame !== chain.firstFrame) continue;
      this.#complete(before, number, amendments);
    }
    for (const { message, chain } of kept) {
      const before = pending.get(message);
      if (before !== undefined && before.firstFrame !== chain.firstFrame) {
        this.#giveUp(before, frame, amendments);
      }
      pending.set(message, chain);
      if (chain.settled === undefined) this.#unfinished.add(number);
      else if (before !== undefined) this.#close(before);
    }
    this.#pending = pending;
  }

  /** The message of these parts was read in that frame; once more, where that frame was damaged. */
  #complete(chain: PartChain, number: number, amendments: Amendment[]): void {
    const frames = new Set(Array.from(partsOf(chain), ({ frame }) => frame));
    for (const frame of [...frames].reverse()) {
      if (this.#unfinished.has(frame)) amendments.push({ frame, completedIn: number });
    }
  }

  /** Nothing more is waited for. */
  #close(chain: PartChain): void {
    for (const { frame } of partsOf(chain)) this.#unfinished.delete(frame);
  }

  /** The sender has begun another message instead. */
  #giveUp(chain: PartChain, { framing }: ObservedFrame, amendments: Amendment[]): void {
    if (chain.settled !== undefined) return;
    this.#close(chain);
    // The rules of HDLC links, of block transfers and of general blocks say it in their own words.
    if (framing !== "mbus") return;
    const finding = { definition: D["given-up"], ...missingOf(chain) };
    amendments.push({ frame: chain.part.frame, finding });
  }
}

function missingOf(chain: PartChain): { readonly detail?: string } {
  const { missing } = assemble(chain);
  return missing.length === 0 ? {} : { detail: `missing: ${missing.slice(0, 8).join(", ")}` };
}

class ConversationSink implements FindingSink {
  readonly #amendments: Amendment[];
  #findings: Finding[] | undefined;

  constructor(amendments: Amendment[]) {
    this.#amendments = amendments;
  }

  get findings(): readonly Finding[] {
    return this.#findings ?? noFindings;
  }

  report(definition: DiagnosticDefinition, detail?: string, about?: Finding["about"]): void {
    this.#findings ??= [];
    this.#findings.push({
      definition,
      ...(detail === undefined ? {} : { detail }),
      ...(about === undefined ? {} : { about }),
    });
  }

  amend(frame: number, definition: DiagnosticDefinition, detail?: string): void {
    const finding = { definition, ...(detail === undefined ? {} : { detail }) };
    this.#amendments.push({ frame, finding });
  }
}
