/**
 * The associations of one conversation, each with its opening, its proofs and its end, noted while
 * the frames pass.
 *
 * Strategy. The conversation itself follows the state machine; here its state is looked at after
 * every frame that can change it, and each change is written down.
 */
import type { AssociationResponse } from "../decoder/acse/aare.js";
import type { AssociationRequest } from "../decoder/acse/aarq.js";
import { linkSignalOf } from "../decoder/conversation/association/association-signals.js";
import type { AssociationView } from "../decoder/conversation/association/association-view.js";
import type { Frame } from "../decoder/frame.js";
import type { Diagnostic } from "../decoder/index.js";
import { senderIn } from "../decoder/security/party-keys.js";

/** A proof of high level security, and what came of computing it again. */
export interface ProofRecord {
  readonly frame: number;
  /** Null where the direction is not known. */
  readonly prover: "client" | "server" | null;
  readonly verdict: "verified" | "failed" | "not-checked";
}

/**
 * How an association ended: by RLRE; by the answer to DISC; by DM that nobody asked for; by SNRM and
 * UA, or another AARQ, while it was there; by an AARE that refuses; by an answer that refuses the
 * client's proof.
 */
export type AssociationEnd =
  | "released"
  | "disconnected"
  | "link-lost"
  | "link-set-up-anew"
  | "requested-anew"
  | "refused"
  | "proof-refused";

export interface AssociationRecord {
  /** Its opening was not captured: a frame has used it as if it were there. */
  readonly preEstablished: boolean;
  /** Number of its first frame. */
  readonly firstFrame: number;
  readonly requestFrame: number | undefined;
  readonly responseFrame: number | undefined;
  /** How often the AARQ was sent again without an answer in between. */
  readonly repetitions: number;
  readonly context: string | undefined;
  readonly mechanism: string | undefined;
  /** AP titles of AARQ and AARE. */
  readonly clientSystemTitle: Uint8Array | undefined;
  readonly serverSystemTitle: Uint8Array | undefined;
  readonly result: string | undefined;
  /** Result-source-diagnostic: who says it, and what. */
  readonly diagnostic: { readonly source: string; readonly reason: string } | undefined;
  /** Why it was refused, as far as the trace shows. */
  readonly refusal: Diagnostic | undefined;
  /** What both sides have agreed on, and how far the association had come before its end. */
  readonly view: AssociationView;
  readonly proofs: readonly ProofRecord[];
  /** Undefined while it is there. */
  readonly end: { readonly how: AssociationEnd; readonly frame: number } | undefined;
}

const acse: ReadonlySet<string> = new Set(["aarq", "aare", "rlrq", "rlre"]);
const verdicts: Readonly<Record<string, ProofRecord["verdict"]>> = {
  "security.hls-verified": "verified",
  "security.hls-failed": "failed",
  "security.hls-not-checked": "not-checked",
};

/** Notes the associations of one conversation. */
export class AssociationRecords {
  readonly #closed: AssociationRecord[] = [];
  #current: AssociationRecord | undefined;
  #state: AssociationView["state"] = "unknown";

  /** In the order of their openings. */
  get list(): readonly AssociationRecord[] {
    return this.#current === undefined ? this.#closed : [...this.#closed, this.#current];
  }

  /** Takes the next frame; `look` tells how the association stands after it. */
  observe(frame: Frame, look: () => AssociationView | undefined): void {
    const signal = signalOf(frame);
    const assumed = frame.diagnostics.some(isAssumption);
    // Nothing else ends an association that is open, and nothing else begins one.
    const isSettled = this.#state === "open" || this.#state === "unknown";
    if (signal === undefined && !assumed && isSettled) return;
    const view = look();
    if (view === undefined) return;
    const before = this.#state;
    this.#state = view.state;
    this.#noteEnd(frame.number, signal, before, view);
    if (view.requestFrame === frame.number) this.#begin(frame, view);
    else if (view.responseFrame === frame.number) this.#answer(frame, view);
    else if (assumed || isFoundOpen(signal, before, view)) this.#assume(frame.number, view);
    else if (this.#current !== undefined && this.#current.end === undefined) {
      this.#current = { ...this.#current, view };
    }
    this.#noteProofs(frame);
  }

  #begin(frame: Frame, view: AssociationView): void {
    const aarq = frame.apdu?.name === "aarq" ? (frame.apdu as AssociationRequest) : undefined;
    const before = this.#current;
    const record: AssociationRecord = {
      ...blank(frame.number, view),
      requestFrame: frame.number,
      context: aarq?.["application-context-name"],
      mechanism: aarq?.["mechanism-name"],
      clientSystemTitle: copy(aarq?.["calling-ap-title"]),
    };
    if (before !== undefined && isRepetition(before, record)) {
      const { firstFrame, repetitions } = before;
      this.#current = { ...record, firstFrame, repetitions: repetitions + 1 };
    } else this.#replace(record, "requested-anew");
  }

  #answer(frame: Frame, view: AssociationView): void {
    const aare = frame.apdu?.name === "aare" ? (frame.apdu as AssociationResponse) : undefined;
    if (!isAwaited(this.#current, view)) {
      this.#replace(blank(frame.number, view), "requested-anew");
    }
    const record = this.#current ?? blank(frame.number, view);
    const [diagnostic] = Object.entries(aare?.["result-source-diagnostic"] ?? {});
    const isRefused = view.state === "rejected";
    this.#current = {
      ...record,
      view,
      responseFrame: frame.number,
      context: record.context ?? aare?.["application-context-name"],
      mechanism: record.mechanism ?? aare?.["mechanism-name"],
      serverSystemTitle: copy(aare?.["responding-ap-title"]),
      result: aare?.result,
      diagnostic:
        diagnostic === undefined ? undefined : { source: diagnostic[0], reason: diagnostic[1] },
      refusal: frame.diagnostics.find(isRefusal),
      end: isRefused ? { how: "refused", frame: frame.number } : undefined,
    };
  }

  #assume(frame: number, view: AssociationView): void {
    this.#replace({ ...blank(frame, view), preEstablished: true }, "requested-anew");
  }

  /** What is there ends, where nothing has ended it yet. */
  #replace(record: AssociationRecord, how: AssociationEnd): void {
    const before = this.#current;
    if (before !== undefined) {
      const end = before.end ?? { how, frame: record.firstFrame };
      this.#closed.push({ ...before, end });
    }
    this.#current = record;
  }

  #noteEnd(
    frame: number,
    signal: string | undefined,
    before: AssociationView["state"],
    { state, responseFrame }: AssociationView,
  ): void {
    const current = this.#current;
    if (current === undefined || current.end !== undefined) return;
    // A pre-established association has no state of its own that a new link could change.
    const isNewLink = signal === "UA" && state === "unknown";
    if (before === state && !isNewLink) return;
    const how = endOf(signal, state);
    // The AARE is still to be noted.
    if (how === undefined || responseFrame === frame) return;
    this.#current = { ...current, end: { how, frame } };
  }

  #noteProofs({ number, direction, diagnostics }: Frame): void {
    for (const { definition } of diagnostics) {
      const verdict = verdicts[definition.code];
      if (verdict === undefined || this.#current === undefined) continue;
      const proof = { frame: number, prover: senderIn(direction) ?? null, verdict };
      this.#current = { ...this.#current, proofs: [...this.#current.proofs, proof] };
    }
  }
}

function signalOf(frame: Frame): string | undefined {
  const { apdu } = frame;
  if (apdu !== undefined && acse.has(apdu.name)) return apdu.name;
  return linkSignalOf(frame);
}

function endOf(
  signal: string | undefined,
  state: AssociationView["state"],
): AssociationEnd | undefined {
  if (state === "released") return signal === "rlre" ? "released" : "disconnected";
  if (state === "aborted") return "link-lost";
  if (state === "rejected") return "proof-refused";
  return state === "unknown" && signal === "UA" ? "link-set-up-anew" : undefined;
}

/** The server answers services after the end of an association: one is there all the same. */
function isFoundOpen(
  signal: string | undefined,
  before: AssociationView["state"],
  view: AssociationView,
): boolean {
  const hadEnded = before === "released" || before === "rejected" || before === "aborted";
  return signal === undefined && hadEnded && view.state === "unknown";
}

function isAssumption({ definition }: Diagnostic): boolean {
  return definition.code === "association.pre-established";
}

function isRefusal({ definition }: Diagnostic): boolean {
  return definition.code.startsWith("association.refused");
}

/** Whether the AARE of that view answers the AARQ of the record. */
function isAwaited(record: AssociationRecord | undefined, { requestFrame }: AssociationView) {
  if (record === undefined || requestFrame === undefined) return false;
  return record.requestFrame === requestFrame && record.responseFrame === undefined;
}

function isRepetition(before: AssociationRecord, record: AssociationRecord): boolean {
  return (
    before.requestFrame !== undefined &&
    before.responseFrame === undefined &&
    before.end === undefined &&
    before.context === record.context &&
    before.mechanism === record.mechanism
  );
}

function blank(firstFrame: number, view: AssociationView): AssociationRecord {
  return {
    preEstablished: false,
    firstFrame,
    requestFrame: undefined,
    responseFrame: undefined,
    repetitions: 0,
    context: undefined,
    mechanism: undefined,
    clientSystemTitle: undefined,
    serverSystemTitle: undefined,
    result: undefined,
    diagnostic: undefined,
    refusal: undefined,
    view,
    proofs: [],
    end: undefined,
  };
}

/** A view would keep a piece of the capture in memory. */
function copy(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes === undefined ? undefined : Uint8Array.from(bytes);
}
