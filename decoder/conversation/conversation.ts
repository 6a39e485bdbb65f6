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
import { assemble, type PartChain, type PendingMessages } from "../core/parts.js";
import type { Amendment } from "./amendment.js";
import type { AnsweredRequest } from "./answered-request.js";
import { AssociationTracker } from "./association/association-tracker.js";
import type { AssociationView } from "./association/association-view.js";
import { DataRules } from "./data/data-rules.js";
import { HdlcLink, type HdlcLinkView } from "./link/hdlc-link.js";
import { ShortNameMap } from "./names/short-names.js";
import type { FindingSink, ObservedFrame } from "./observed-frame.js";
import type { MeterMemories } from "./security/meter-memory.js";
import { type SecurityOutcome, SecurityRules } from "./security/security-rules.js";
import { Exchanges } from "./service/exchanges.js";

const D = defineDiagnostics("reassembly", {
  unfinished: {
    severity: "note",
    group: "incomplete",
    message: "The capture ends before the message is whole",
  },
});

/** What is known of a conversation. */
export interface ConversationView {
  readonly association: AssociationView;
  readonly link: HdlcLinkView;
  readonly clientSystemTitle: Uint8Array | undefined;
  readonly serverSystemTitle: Uint8Array | undefined;
}

/** What the rules made of a frame. */
export interface Observation {
  readonly findings: readonly Finding[];
  readonly replayed: boolean;
  readonly answers: AnsweredRequest | undefined;
}

/**
 * The rules of one conversation, in the order in which each needs the last: the link, the pairing of
 * requests and answers, the association, security, names and data.
 */
export class Conversation {
  /** From 0, in the order in which conversations begin. */
  readonly number: number;
  association: AssociationState = noAssociation;
  /** Which end of the pair is the client, once a frame has shown it. */
  clientEnd: string | undefined;
  /** It was said that the direction is a guess. */
  isAssumed = false;
  readonly #link = new HdlcLink();
  readonly #exchanges = new Exchanges();
  readonly #tracker = new AssociationTracker();
  readonly #security: SecurityRules;
  readonly #shortNames = new ShortNameMap();
  readonly #data = new DataRules();
  #pending: ReadonlyMap<string, PartChain> = new Map();
  /** Frames whose message is not whole. */
  readonly #unfinished = new Set<number>();

  constructor(number: number, meters: MeterMemories) {
    this.number = number;
    this.#security = new SecurityRules(meters);
  }

  /** Messages that wait for more parts, by their names. */
  get pending(): PendingMessages {
    return this.#pending;
  }

  /** How the conversation stands now. */
  get view(): ConversationView {
    const { clientSystemTitle, serverSystemTitle } = this.association;
    return {
      association: this.#tracker.view,
      link: this.#link.view,
      clientSystemTitle: clientSystemTitle?.value,
      serverSystemTitle: serverSystemTitle?.value,
    };
  }

  /** Takes the next frame; what it shows of earlier frames is added to `amendments`. */
  observe(frame: ObservedFrame, dissection: Dissection, amendments: Amendment[]): Observation {
    const sink = new ConversationSink(amendments);
    this.#keepParts(frame.number, dissection, amendments);
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
    return { findings: sink.findings, replayed: security.replayed, answers };
  }

  /** The capture has ended. */
  finish(amendments: Amendment[]): void {
    const sink = new ConversationSink(amendments);
    this.#link.finish(sink);
    this.#exchanges.finish(sink);
    this.#tracker.finish(sink);
    for (const chain of this.#pending.values()) {
      if (chain.settled !== undefined) continue;
      const { missing } = assemble(chain);
      const detail =
        missing.length === 0 ? undefined : `missing: ${missing.slice(0, 8).join(", ")}`;
      sink.amend(chain.part.frame, D.unfinished, detail);
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

  #keepParts(number: number, { parts }: Dissection, amendments: Amendment[]): void {
    if (parts.length === 0) return;
    const pending = new Map(this.#pending);
    for (const { message, chain } of parts) {
      const before = pending.get(message);
      if (before !== undefined && before.firstFrame !== chain.firstFrame) this.#giveUp(before);
      pending.set(message, chain);
      if (chain.settled === undefined) this.#unfinished.add(number);
      for (const frame of chain.settled ?? []) {
        if (this.#unfinished.delete(frame)) amendments.push({ frame, completedIn: number });
      }
    }
    this.#pending = pending;
  }

  /** The sender has begun another message instead. */
  #giveUp(chain: PartChain): void {
    for (let link: PartChain | undefined = chain; link !== undefined; link = link.previous) {
      this.#unfinished.delete(link.part.frame);
    }
  }
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
