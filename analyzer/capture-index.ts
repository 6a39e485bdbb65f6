/**
 * The index of one open capture: a row of numbers for each frame, and all that a frame's dissection
 * depends on, so that any frame can be dissected again at any time.
 *
 * Strategy. The reducer runs once over the frames, in order. What a row needs besides its numbers is
 * kept where it is rare (findings, parts of messages) and shared where it repeats (what an
 * association knows, names, codes). Parts of longer messages are not kept: their bytes are those of
 * the frames that brought them, and are read there again when the message is looked at.
 */
import type { AssociationResponse } from "../decoder/acse/aare.js";
import type { Amendment } from "../decoder/conversation/amendment.js";
import type { AnsweredRequest } from "../decoder/conversation/answered-request.js";
import { addressesOf } from "../decoder/conversation/conversations.js";
import { objectsOf } from "../decoder/conversation/names/object-names.js";
import { keptParts } from "../decoder/conversation/observe-frame.js";
import { toHex } from "../decoder/core/bytes.js";
import {
  type AssociationState,
  defaultLimits,
  type FrameContext,
  noAssociation,
  noFindings,
  nothingPending,
} from "../decoder/core/context.js";
import type { DiagnosticDefinition } from "../decoder/core/diagnostics.js";
import type { Finding } from "../decoder/core/finding.js";
import { NullRecorder } from "../decoder/core/recorder.js";
import { dissect } from "../decoder/dissect.js";
import type { Frame } from "../decoder/frame.js";
import { amendFrame } from "../decoder/frame-decoder.js";
import type { LinkFrame } from "../decoder/link/link-frame.js";
import {
  type DissectOptions,
  dissectFrame,
  Reducer,
  type ReducerOptions,
} from "../decoder/reducer.js";
import type { KeySet } from "../decoder/security/key-set.js";
import { noblePrimitives } from "../decoder/security/noble-primitives.js";
import { Interned } from "./columns.js";
import { type ConversationRecord, ConversationRecords } from "./conversation-records.js";
import { FrameColumns } from "./frame-columns.js";
import { PartRows } from "./part-rows.js";

/** Where the link frames of the rows come from when one is read again. */
export interface LinkFrames {
  /** The frame of that row; undefined where the row is a remark of the capture. */
  get(row: number): LinkFrame | undefined;
}

export interface RowOptions extends DissectOptions {
  /**
   * Whether the frame knows the request that it answers, and the objects of its meter; default true.
   * Where it carries a secret it knows them in any case.
   */
  readonly links?: boolean;
}

/** Rows of one capture; row 0 is frame 1. */
export class CaptureIndex {
  readonly columns = new FrameColumns();
  readonly #options: ReducerOptions;
  readonly #links: LinkFrames | undefined;
  readonly #parts = new PartRows();
  readonly #records = new ConversationRecords();
  readonly #states = new Interned<AssociationState>();
  readonly #findings = new Map<number, readonly Finding[]>();
  /** What later frames have found in a row. */
  readonly #amended = new Map<number, readonly Finding[]>();
  /**
   * Conversations in which something is ciphered or proven, and the titles of the meters that were
   * meant; undefined among them where it was not known which, so that the keys of all were tried.
   */
  readonly #secured = new Map<number, Set<string | undefined>>();
  #keySets: readonly KeySet[];
  #reducer: Reducer;
  #length = 0;
  /** Rows before it are released. */
  #released = 0;
  #late: Amendment[] = [];
  #finished = false;

  /**
   * Without `links` the index is one to count in: it keeps rows and conversations, and nothing that
   * only serves to read a frame again.
   */
  constructor(links: LinkFrames | undefined, options: ReducerOptions = {}) {
    this.#links = links;
    this.#options = options;
    this.#keySets = options.keySets ?? [];
    this.#reducer = new Reducer(options);
    this.#states.add(noAssociation);
  }

  get length(): number {
    return this.#length;
  }

  /** Adds the next frame of the capture; returns it as it was dissected for the index. */
  add(link: LinkFrame): Frame {
    const row = this.#length;
    this.#length += 1;
    const frame = this.#reduce(row, link);
    this.#amend();
    return frame;
  }

  /** Adds a remark of the capture, which is a frame without bytes. */
  addRemark(definition: DiagnosticDefinition | undefined): void {
    const row = this.#length;
    this.#length += 1;
    this.columns.setRemark(row, definition);
  }

  /** The capture has ended. */
  finish(): void {
    this.#finished = true;
    this.#reducer.finish();
    this.#amend();
  }

  /**
   * Forgets the rows before `row`, which have been counted, but for names and conversations: so an
   * index passes captures of any size. What is shown of them later is kept for `takeLate`.
   */
  release(row: number): void {
    this.#released = Math.max(this.#released, row);
    this.columns.release(this.#released);
  }

  /** What was shown of rows since they were released. */
  takeLate(): readonly Amendment[] {
    const late = this.#late;
    if (late.length > 0) this.#late = [];
    return late;
  }

  /** How a conversation stands at the end of what was read. */
  view(conversation: number): ReturnType<Reducer["view"]> {
    return this.#reducer.view(conversation);
  }

  /** The conversations so far, by their numbers: who takes part, and their associations. */
  get conversations(): readonly ConversationRecord[] {
    return this.#records.list;
  }

  /** What the association of a row's conversation knew before it. */
  association(row: number): AssociationState {
    return this.#states.get(this.columns.state(row)) ?? noAssociation;
  }

  /** Everything that the dissection of a row depends on beside its bytes. */
  context(row: number): FrameContext {
    const { columns } = this;
    const conversation = columns.conversation(row);
    return {
      number: row + 1,
      direction: columns.direction(row),
      association: this.association(row),
      pending:
        conversation === null
          ? nothingPending
          : this.#parts.before(conversation, row, (part, pending) =>
              this.#readParts(part, pending),
            ),
      findings: this.#findings.get(row) ?? noFindings,
      replayed: columns.isReplayed(row),
      keySets: this.#keySets,
      primitives: this.#options.primitives ?? noblePrimitives,
      limits: this.#options.limits ?? defaultLimits,
    };
  }

  /**
   * Dissects a row: the frame as decoding from the start gives it, with all that later frames have
   * shown of it. Undefined for a remark of the capture.
   */
  frame(row: number, options: RowOptions): Frame | undefined {
    const link = this.#link(row);
    if (link === undefined) return undefined;
    const { columns } = this;
    const direction = columns.direction(row);
    const place = {
      conversation: columns.conversation(row),
      direction,
      ...addressesOf(link, direction),
    };
    const { answeredBy, completedIn } = columns.links(row);
    const isLinked = options.links !== false || columns.isSecret(row);
    const links = {
      association: columns.association(row),
      answers: isLinked ? this.#answered(row) : undefined,
      answeredBy,
      completedIn,
      objects: place.conversation === null ? undefined : this.#reducer.objects(place.conversation),
    };
    const frame = dissectFrame(link, this.context(row), place, links, options);
    for (const finding of this.#amended.get(row) ?? noFindings) {
      amendFrame(frame, { frame: frame.number, finding });
    }
    return frame;
  }

  /**
   * Adds keys, and reads again the conversations that they can open: those with ciphered APDUs or
   * proofs whose meter is not known, or is one that the keys are for. Returns how many rows that was.
   */
  addKeys(keySets: readonly KeySet[]): number {
    return finish(this.changeKeys([...this.#keySets, ...keySets], keySets));
  }

  /**
   * Goes on with other keys, and reads again what those of `changed` can open, or have opened. Comes
   * back after every row that was read; until the end rows may be looked at, but none be added.
   */
  *changeKeys(
    keySets: readonly KeySet[],
    changed: readonly KeySet[],
  ): Generator<undefined, number> {
    this.#keySets = keySets;
    const touched = this.#touchedBy(changed);
    const reducer = new Reducer({ ...this.#options, keySets });
    if (touched.size === 0 && this.#finished) return 0;
    // Frames that are still to come need the keys, too.
    for (const conversation of touched) {
      this.#parts.clear(conversation);
      this.#secured.delete(conversation);
      this.#records.clear(conversation);
    }
    for (let row = 0; row < this.#length; row++) {
      if (!touched.has(this.columns.conversation(row) ?? -1)) continue;
      this.#amended.delete(row);
      this.columns.clearLinks(row);
    }
    const before = this.#reducer;
    this.#reducer = reducer;
    let count = 0;
    for (let row = 0; row < this.#length; row++) {
      yield;
      const link = this.#link(row);
      if (link === undefined) continue;
      if (touched.has(this.columns.conversation(row) ?? -1)) {
        this.#reduce(row, link);
        count += 1;
      } else if (this.#finished) this.#reducer.pass(link);
      // Conversations that are still to come share what these teach of their meters.
      else this.#reducer.reduce(link, row + 1);
    }
    if (this.#finished) this.#reducer.finish();
    this.#amend(touched);
    if (this.#finished) this.#reducer.keep(before, touched);
    return count;
  }

  /** What one conversation teaches of a meter serves all others with it: they are read together. */
  #touchedBy(keySets: readonly KeySet[]): Set<number> {
    const touched = new Set<number>();
    const titles = new Set<string | undefined>([undefined]);
    for (const { systemTitle } of keySets) {
      if (systemTitle === undefined) return new Set(this.#secured.keys());
      titles.add(toHex(systemTitle));
    }
    for (let before = -1; before < touched.size; ) {
      before = touched.size;
      for (const [conversation, meters] of this.#secured) {
        if (touched.has(conversation)) continue;
        if (meters.size > 0 && !hasAny(meters, titles)) continue;
        touched.add(conversation);
        for (const title of meters) titles.add(title);
      }
    }
    return touched;
  }

  #reduce(row: number, link: LinkFrame): Frame {
    const { frame, context, parts } = this.#reducer.reduce(link, row + 1);
    this.columns.set(row, frame, this.#states.add(context.association), context.replayed);
    this.#records.observe(link, frame, this.#reducer);
    if (this.#links === undefined) return frame;
    for (const { message, chain } of keptParts(parts, frame.diagnostics)) {
      const begins = chain.firstFrame === row + 1;
      this.#parts.add(frame.conversation ?? -1, { row, message, begins });
    }
    if (context.findings.length > 0) this.#findings.set(row, context.findings);
    else this.#findings.delete(row);
    this.#noteSecurity(frame, context);
    return frame;
  }

  #link(row: number): LinkFrame | undefined {
    return this.#links?.get(row);
  }

  /** `touched`: only what concerns these conversations is news. */
  #amend(touched?: ReadonlySet<number>): void {
    for (const amendment of this.#reducer.takeAmendments()) {
      const conversation = this.columns.conversation(amendment.frame - 1) ?? -1;
      if (touched === undefined || touched.has(conversation)) this.#apply(amendment);
    }
  }

  #apply(amendment: Amendment): void {
    const row = amendment.frame - 1;
    if (row < this.#released) this.#late.push(amendment);
    else if ("answeredBy" in amendment) this.columns.setAnsweredBy(row, amendment.answeredBy);
    else if ("completedIn" in amendment) this.columns.setCompletedIn(row, amendment.completedIn);
    else {
      if (this.#links !== undefined) {
        this.#amended.set(row, [...(this.#amended.get(row) ?? []), amendment.finding]);
      }
      this.columns.addDefinition(row, amendment.finding.definition);
    }
  }

  #readParts(row: number, pending: FrameContext["pending"]) {
    const link = this.#link(row);
    if (link === undefined) return [];
    const context = { ...this.context(row), pending };
    const { parts, diagnostics } = dissect(link, context, new NullRecorder());
    return keptParts(parts, diagnostics);
  }

  /** The request that a row answers, read out of the rows of the requests. */
  #answered(row: number): AnsweredRequest | undefined {
    const { answers, namedBy } = this.columns.links(row);
    if (answers === undefined || namedBy === undefined) return undefined;
    const request = this.#apduOf(answers - 1);
    const naming = namedBy === answers ? request : this.#apduOf(namedBy - 1);
    const { shortNames } = this.context(namedBy - 1).association;
    return {
      frame: answers,
      name: this.columns.name(answers - 1),
      latency: this.columns.latency(row),
      apdu: request,
      objects: naming === undefined ? [] : objectsOf(naming, shortNames),
      namedBy,
      naming,
    };
  }

  #apduOf(row: number): Frame["apdu"] {
    const link = this.#link(row);
    return link === undefined
      ? undefined
      : dissect(link, this.context(row), new NullRecorder()).apdu;
  }

  #noteSecurity(frame: Frame, { association }: FrameContext): void {
    const { conversation, ciphering, apdu, layers, direction } = frame;
    if (conversation === null) return;
    let meters = this.#secured.get(conversation);
    const opens = apdu?.name === "aarq" || apdu?.name === "aare";
    if (meters === undefined) {
      if (ciphering === undefined && !opens && !layers.includes("general-signing")) return;
      meters = new Set();
      this.#secured.set(conversation, meters);
    }
    const title = association.serverSystemTitle?.value;
    if (title !== undefined) meters.add(toHex(title));
    if (apdu?.name === "aare") {
      const responding = (apdu as AssociationResponse)["responding-ap-title"];
      if (responding !== undefined) meters.add(toHex(responding));
    }
    if (ciphering === undefined) return;
    const sender = ciphering["system-title"];
    if (sender !== undefined && direction !== "client-to-server") meters.add(toHex(sender));
    const namesMeter = direction === "server-to-client" && ciphering.service.startsWith("general-");
    if (title === undefined && !namesMeter) meters.add(undefined);
  }
}

function hasAny<Value>(values: ReadonlySet<Value>, wanted: ReadonlySet<Value>): boolean {
  for (const value of values) if (wanted.has(value)) return true;
  return false;
}

/** Runs a generator to its end. */
function finish<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
