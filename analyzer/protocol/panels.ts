import type { Severity } from "../../decoder/index.js";
import type { MomentView } from "./row.js";

/** One kind of finding, over all frames of a document. */
export interface ProblemGroup {
  readonly code: string;
  readonly severity: Severity;
  readonly group: string;
  readonly message: string;
  readonly clause: string | null;
  readonly check: string | null;
  /** Frames that have it. */
  readonly frames: number;
  /** Numbers of the first of them. */
  readonly first: readonly number[];
}

/** A conversation, for the list of them. */
export interface ConversationView {
  readonly number: number;
  readonly framing: string;
  /** Both ends of the packets; null on a line. */
  readonly flow: string | null;
  readonly client: string | null;
  readonly server: string | null;
  readonly meter: string | null;
  readonly frames: number;
  /** Bytes of its link frames. */
  readonly bytes: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly firstTime: MomentView | null;
  readonly lastTime: MomentView | null;
  readonly requests: number;
  readonly answered: number;
  /** In nanoseconds: the median of the request that is answered most often; the largest of all. */
  readonly latency: { readonly median: number; readonly largest: number } | null;
  readonly severities: Readonly<Record<Severity, number>>;
  readonly ciphered: { readonly opened: number; readonly noKey: number; readonly failed: number };
  readonly associations: readonly AssociationView[];
}

/** One association of a conversation. */
export interface AssociationView {
  readonly state: string;
  readonly firstFrame: number;
  readonly requestFrame: number | null;
  readonly responseFrame: number | null;
  /** How it ended, and where. */
  readonly end: { readonly how: string; readonly frame: number } | null;
  /** Label and text, in the order in which they are read: context, mechanism, conformance ... */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** Why it was refused. */
  readonly refusal: string | null;
}

/** What Find looks for. */
export interface SearchQuery {
  readonly kind: "filter" | "hex" | "text" | "regex";
  readonly text: string;
}

/** What is wrong with an expression, and where: characters of its text. */
export interface ExpressionNotice {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What an expression is worth before it is used. */
export interface ExpressionCheck {
  readonly error: ExpressionNotice | null;
  readonly warnings: readonly ExpressionNotice[];
  /** Whether every frame must be dissected to tell. */
  readonly isSlow: boolean;
}

export interface Completion {
  /** What is put in place of the characters `start` to `end`. */
  readonly text: string;
  readonly kind: string;
  /** A type, a name of an object. */
  readonly detail: string;
  readonly meaning: string;
}

export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Completion[];
}

/** A meter's keys, as a window may know them. */
export interface KeySetView {
  readonly id: string;
  readonly name: string;
  readonly systemTitle: string | null;
  readonly securitySuite: number | null;
  /** Fingerprints are the first bytes of a digest; null for passwords, which are too easily guessed. */
  readonly roles: readonly { readonly role: string; readonly fingerprint: string | null }[];
}

/** What the shell does with keys, in words where it cannot keep them. */
export interface KeyRingView {
  readonly sets: readonly KeySetView[];
  readonly isStored: boolean;
  readonly storage: string;
}

/** What a change of the keys has done to the ciphered APDUs of all that is open. */
export interface KeyEffect {
  /** Ciphered APDUs in all. */
  readonly ciphered: number;
  /** Frames that were read again: those of conversations with the meters whose keys these are. */
  readonly reread: number;
  /** APDUs that are open now, and were not before; and the other way round. */
  readonly opened: number;
  readonly closed: number;
  /** APDUs that were open before, and whose tags are verified only now. */
  readonly authenticated: number;
  /** APDUs that no key was tried on before, and whose tags do not match those that were tried now. */
  readonly refused: number;
  /** How many still have no key, and how many no key fits. */
  readonly noKey: number;
  readonly failed: number;
}

/** A key that the trace itself has brought. */
export interface LearntKeyView {
  readonly conversation: number;
  readonly role: string;
  readonly fingerprint: string | null;
  readonly frame: number;
  /** Whose master or private key opened it. */
  readonly by: string | null;
}

/** A topic explained, for a window to lay out. */
export interface ExplanationView {
  readonly kind: string;
  readonly topic: string;
  readonly title: string;
  readonly meaning: string | null;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly values: readonly {
    readonly value: string;
    readonly text: string;
    readonly depth: number;
  }[];
  readonly related: readonly string[];
}
