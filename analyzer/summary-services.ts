/** What was asked for in a capture, how often, and how long the answers took. */
import type { Service } from "../decoder/conversation/service/exchange-message.js";
import type { DiagnosticDefinition } from "../decoder/index.js";
import type { FrameColumns } from "./frame-columns.js";
import { findRank, NumberList } from "./number-list.js";

/** The service that a request belongs to; `ciphered` is one that stayed so and does not name it. */
export type ServiceKind =
  | Exclude<Service, "notification">
  | "unconfirmed-write"
  | "data-notification"
  | "event-notification"
  | "information-report";

/**
 * Nanoseconds, to the microsecond; percentiles by the nearest rank: a latency that was measured,
 * never one in between.
 */
export interface LatencySummary {
  readonly count: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

export interface ServiceSummary {
  readonly service: ServiceKind;
  /** The request's name: `get-request-normal`; `glo-get-request` of one that stayed ciphered. */
  readonly request: string;
  /** Frames that bring one, those that were sent again included. */
  readonly requests: number;
  /** Those that were sent again. */
  readonly retries: number;
  readonly answered: number;
  /** Those that have no answer though one is due; at the end of the capture it may yet come. */
  readonly unanswered: number;
  /** Answers that refuse, at least a part of a list. */
  readonly failures: number;
  /** Undefined where no times are known. */
  readonly latency: LatencySummary | undefined;
}

const prefixes: readonly (readonly [prefix: string, service: ServiceKind])[] = [
  ["get-request", "get"],
  ["set-request", "set"],
  ["action-request", "action"],
  ["access-request", "access"],
  ["read-request", "read"],
  ["write-request", "write"],
  ["unconfirmed-write-request", "unconfirmed-write"],
  ["event-notification-request", "event-notification"],
  ["information-report-request", "information-report"],
];

const whole: Readonly<Record<string, ServiceKind>> = {
  SNRM: "link-connection",
  DISC: "link-disconnection",
  aarq: "association",
  rlrq: "release",
  "data-notification": "data-notification",
  "general-glo-ciphering": "ciphered",
  "general-ded-ciphering": "ciphered",
  "general-ciphering": "ciphered",
};

function serviceOf(name: string): ServiceKind | undefined {
  const plain = name.replace(/^(glo|ded)-/, "");
  return whole[plain] ?? prefixes.find(([prefix]) => plain.startsWith(prefix))?.[1];
}

/** By the client itself, and by its link. */
const repetitions: ReadonlySet<string> = new Set(["service.retry", "link.retransmission"]);
const unanswered: ReadonlySet<string> = new Set([
  "service.unanswered",
  "service.capture-ends",
  "service.server-silent",
]);
/** Formats whose findings of the group `result` are refusals. */
const refusal = /^(acse|association|link|service|xdlms)\./;

interface Tally {
  readonly service: ServiceKind;
  readonly request: string;
  requests: number;
  retries: number;
  answered: number;
  unanswered: number;
  failures: number;
  /** Microseconds. */
  readonly latencies: NumberList;
}

/** What is known of the names of requests; all counters of a capture share it. */
export type ServiceNames = Map<string, ServiceKind | undefined>;

/** Counts the requests of one conversation. */
export class ServiceCounter {
  readonly #columns: FrameColumns;
  readonly #names: ServiceNames;
  readonly #tallies = new Map<string, Tally>();

  constructor(columns: FrameColumns, names: ServiceNames) {
    this.#columns = columns;
    this.#names = names;
  }

  /** Takes a row of the conversation. */
  add(row: number): void {
    const columns = this.#columns;
    const codes = columns.definitions(row);
    if (codes.some(({ code }) => code === "link.echo")) return;
    const { answers, answeredBy } = columns.links(row);
    if (answers !== undefined) {
      this.#addAnswer(row, columns.name(answers - 1), codes);
      return;
    }
    const tally = this.#tally(columns.name(row));
    if (tally === undefined) return;
    tally.requests += 1;
    if (answeredBy !== undefined) tally.answered += 1;
    if (codes.some(({ code }) => repetitions.has(code))) tally.retries += 1;
    if (codes.some(isUnanswered)) tally.unanswered += 1;
  }

  /** Takes the answer to a row that was added before it came. */
  addLateAnswer(row: number): void {
    const tally = this.#tally(this.#columns.name(row));
    if (tally !== undefined) tally.answered += 1;
  }

  /** Takes what was found in a row after it was added. */
  addLateFinding(row: number, definition: DiagnosticDefinition): void {
    if (!isUnanswered(definition)) return;
    const tally = this.#tally(this.#columns.name(row));
    if (tally !== undefined) tally.unanswered += 1;
  }

  get tallies(): Iterable<Tally> {
    return this.#tallies.values();
  }

  #addAnswer(row: number, request: string, codes: readonly DiagnosticDefinition[]): void {
    const tally = this.#tally(request);
    if (tally === undefined) return;
    if (codes.some(isRefusal)) tally.failures += 1;
    const latency = this.#columns.latency(row);
    if (latency !== undefined) tally.latencies.push(Math.round(latency / 1000));
  }

  #tally(request: string): Tally | undefined {
    let tally = this.#tallies.get(request);
    if (tally !== undefined) return tally;
    if (!this.#names.has(request)) this.#names.set(request, serviceOf(request));
    const service = this.#names.get(request);
    if (service === undefined) return undefined;
    tally = { service, request, ...nothingCounted, latencies: new NumberList() };
    this.#tallies.set(request, tally);
    return tally;
  }
}

const nothingCounted = { requests: 0, retries: 0, answered: 0, unanswered: 0, failures: 0 };

/** The services of some counters together, in the order in which the requests were first seen. */
export function summarizeServices(counters: readonly ServiceCounter[]): ServiceSummary[] {
  const byRequest = new Map<string, Tally[]>();
  for (const counter of counters) {
    for (const tally of counter.tallies) {
      const known = byRequest.get(tally.request);
      if (known === undefined) byRequest.set(tally.request, [tally]);
      else known.push(tally);
    }
  }
  return [...byRequest.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const { latencies, ...counts } = first;
    const sum = more.reduce(addTallies, counts);
    const latency = summarizeLatencies([latencies, ...more.map((tally) => tally.latencies)]);
    return [{ ...sum, latency }];
  });
}

type Counts = Omit<Tally, "latencies">;

function addTallies(sum: Counts, tally: Tally): Counts {
  return {
    service: sum.service,
    request: sum.request,
    requests: sum.requests + tally.requests,
    retries: sum.retries + tally.retries,
    answered: sum.answered + tally.answered,
    unanswered: sum.unanswered + tally.unanswered,
    failures: sum.failures + tally.failures,
  };
}

function isUnanswered({ code }: DiagnosticDefinition): boolean {
  return unanswered.has(code);
}

function isRefusal({ code, group, severity }: DiagnosticDefinition): boolean {
  return group === "result" && severity !== "info" && refusal.test(code);
}

/** Of microseconds; undefined where there are none. */
function summarizeLatencies(lists: readonly NumberList[]): LatencySummary | undefined {
  const count = lists.reduce((sum, { length }) => sum + length, 0);
  if (count === 0) return undefined;
  for (const list of lists) list.sort();
  const rank = (share: number) => 1000 * findRank(lists, Math.max(1, Math.ceil(share * count)));
  return { count, min: rank(0), p50: rank(0.5), p90: rank(0.9), p99: rank(0.99), max: rank(1) };
}
