/** A capture at a glance, out of its index: numbers and names, no texts. */
import type { HdlcLinkView } from "../decoder/conversation/link/hdlc-link.js";
import { nanosecondsBetween } from "../decoder/conversation/observed-frame.js";
import type { Amendment, Severity, Timestamp } from "../decoder/index.js";
import type { CaptureIndex } from "./capture-index.js";
import type { ConversationRecord } from "./conversation-records.js";
import { KeyCounter, type KeysSummary } from "./summary-keys.js";
import { ProblemCounter, type ProblemSummary, type SeverityCounts } from "./summary-problems.js";
import { ProcessCounter, type ProcessSummary } from "./summary-processes.js";
import {
  ServiceCounter,
  type ServiceNames,
  type ServiceSummary,
  summarizeServices,
} from "./summary-services.js";

/** From the first frame with a time to the last. */
export interface TimeSpan {
  readonly first: Timestamp;
  readonly last: Timestamp;
  /** Nanoseconds; undefined where the times cannot be compared. */
  readonly duration: number | undefined;
}

export interface ConversationSummary extends ConversationRecord {
  /** From 0, as in the frames. */
  readonly number: number;
  readonly frames: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly span: TimeSpan | undefined;
  readonly clientSystemTitle: Uint8Array | undefined;
  readonly serverSystemTitle: Uint8Array | undefined;
  /** Undefined where the conversation does not run over HDLC. */
  readonly link: HdlcLinkView | undefined;
  readonly services: readonly ServiceSummary[];
  readonly findings: SeverityCounts;
}

export interface CaptureSummary {
  /** As `decode` numbers them; remarks of the capture are frames, too. */
  readonly frames: number;
  /** Frames that belong to no conversation: noise between frames, packets without DLMS, remarks. */
  readonly noise: number;
  readonly otherPackets: number;
  readonly remarks: number;
  readonly span: TimeSpan | undefined;
  readonly conversations: readonly ConversationSummary[];
  readonly services: readonly ServiceSummary[];
  readonly processes: readonly ProcessSummary[];
  readonly problems: readonly ProblemSummary[];
  readonly keys: KeysSummary;
}

/** A summary of the rows that an index holds now. None of them may have been released. */
export function summarizeCapture(index: CaptureIndex): CaptureSummary {
  const counter = new SummaryCounter(index);
  counter.countTo(index.length);
  return counter.summary;
}

interface ConversationCounters {
  readonly span: SpanCounter;
  readonly services: ServiceCounter;
  readonly findings: Record<Severity, number>;
}

/** Counts the rows of an index, each once; they may be released afterwards. */
export class SummaryCounter {
  readonly #index: CaptureIndex;
  readonly #names: ServiceNames = new Map();
  readonly #span = new SpanCounter();
  readonly #problems = new ProblemCounter();
  readonly #processes: ProcessCounter;
  readonly #keys: KeyCounter;
  readonly #conversations: ConversationCounters[] = [];
  readonly #others = { noise: 0, otherPackets: 0, remarks: 0 };
  #counted = 0;

  constructor(index: CaptureIndex) {
    this.#index = index;
    this.#processes = new ProcessCounter(index.columns);
    this.#keys = new KeyCounter(index);
  }

  /** Rows so far. */
  get counted(): number {
    return this.#counted;
  }

  /** Counts the rows before `end` that were not counted yet. */
  countTo(end: number): void {
    for (; this.#counted < end; this.#counted++) this.#count(this.#counted);
  }

  /** Takes what was shown of a row after it was counted and released. */
  amend(amendment: Amendment): void {
    const row = amendment.frame - 1;
    const conversation = this.#countersOf(row);
    if ("answeredBy" in amendment) conversation?.services.addLateAnswer(row);
    else if ("finding" in amendment) {
      const { definition } = amendment.finding;
      this.#problems.add(amendment.frame, [definition]);
      if (conversation === undefined) return;
      conversation.findings[definition.severity] += 1;
      conversation.services.addLateFinding(row, definition);
    }
  }

  get summary(): CaptureSummary {
    return {
      frames: this.#counted,
      ...this.#others,
      span: this.#span.span,
      conversations: this.#summarizeConversations(),
      services: summarizeServices(this.#conversations.map(({ services }) => services)),
      processes: this.#processes.list,
      problems: this.#problems.list,
      keys: this.#keys.summary,
    };
  }

  #count(row: number): void {
    const { columns } = this.#index;
    const time = columns.time(row);
    const definitions = columns.definitions(row);
    this.#span.add(row + 1, time);
    this.#problems.add(row + 1, definitions);
    this.#keys.add(row);
    this.#processes.add(row);
    const conversation = this.#countersOf(row);
    if (conversation === undefined) {
      this.#others[kindOfOther(columns.isRemark(row), columns.name(row))] += 1;
      return;
    }
    conversation.span.add(row + 1, time);
    conversation.services.add(row);
    for (const { severity } of definitions) conversation.findings[severity] += 1;
  }

  #countersOf(row: number): ConversationCounters | undefined {
    const number = this.#index.columns.conversation(row);
    if (number === null) return undefined;
    let counters = this.#conversations[number];
    if (counters === undefined) {
      counters = {
        span: new SpanCounter(),
        services: new ServiceCounter(this.#index.columns, this.#names),
        findings: { info: 0, note: 0, warning: 0, error: 0 },
      };
      this.#conversations[number] = counters;
    }
    return counters;
  }

  #summarizeConversations(): ConversationSummary[] {
    return this.#index.conversations.flatMap((record, number) => {
      const counters = this.#conversations[number];
      if (counters === undefined) return [];
      const view = this.#index.view(number);
      return {
        ...record,
        number,
        ...counters.span.frames,
        span: counters.span.span,
        clientSystemTitle: view?.clientSystemTitle,
        serverSystemTitle: view?.serverSystemTitle,
        link: record.framing === "hdlc" ? view?.link : undefined,
        services: summarizeServices([counters.services]),
        findings: counters.findings,
      };
    });
  }
}

function kindOfOther(isRemark: boolean, name: string): "noise" | "otherPackets" | "remarks" {
  if (isRemark) return "remarks";
  return name === "noise" ? "noise" : "otherPackets";
}

/** Where frames begin and end. */
class SpanCounter {
  #frames = 0;
  #firstFrame = 0;
  #lastFrame = 0;
  #first: Timestamp | undefined;
  #last: Timestamp | undefined;

  add(frame: number, time: Timestamp | null): void {
    if (this.#frames === 0) this.#firstFrame = frame;
    this.#frames += 1;
    this.#lastFrame = frame;
    if (time === null) return;
    this.#first ??= time;
    this.#last = time;
  }

  get frames() {
    return { frames: this.#frames, firstFrame: this.#firstFrame, lastFrame: this.#lastFrame };
  }

  get span(): TimeSpan | undefined {
    const [first, last] = [this.#first, this.#last];
    if (first === undefined || last === undefined) return undefined;
    const duration = nanosecondsBetween(first, last);
    // Packets of several interfaces may stand in another order than that of their times.
    return { first, last, duration: duration !== undefined && duration < 0 ? undefined : duration };
  }
}
