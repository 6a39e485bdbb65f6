import type { CapturePorts, CaptureState, UnfinishedRecording } from "./capture.js";
import type { DocumentState } from "./document.js";
import type { FrameDetail } from "./frame-detail.js";
import type {
  Completions,
  ConversationView,
  ExplanationView,
  ExpressionCheck,
  KeyEffect,
  KeyRingView,
  LearntKeyView,
  ProblemGroup,
} from "./panels.js";
import type { Method } from "./requests.js";
import type { RowWindow } from "./row.js";
import type { SheetByte, SheetDecoded, SheetPlaces, SheetProblems } from "./scratch.js";
import type { Settings } from "./settings.js";

/** A frame, and its place in the list. */
export interface Place {
  readonly number: number;
  readonly index: number;
}

/** What each request is answered with. */
export interface Answers {
  hello: {
    readonly version: string;
    readonly documents: readonly DocumentState[];
    readonly keys: KeyRingView;
    readonly settings: Settings;
    readonly samples: readonly string[];
    /** The capture that runs or ran last; null where there was none. */
    readonly capture: CaptureState | null;
  };
  open: { readonly documents: readonly string[] };
  reopen: null;
  close: null;
  rows: RowWindow;
  frame: FrameDetail;
  locate: Place | null;
  step: Place | null;
  filter: ExpressionCheck;
  "cancel-filter": null;
  "check-filter": ExpressionCheck;
  "complete-filter": Completions;
  find: Place | null;
  "find-ticks": { readonly pieces: readonly number[]; readonly hits: number };
  problems: readonly ProblemGroup[];
  conversations: readonly ConversationView[];
  "learnt-keys": readonly LearntKeyView[];
  annotate: null;
  undo: null;
  redo: null;
  keys: KeyRingView;
  "add-keys": { readonly added: number; readonly effect: KeyEffect };
  "add-keys-beside": { readonly added: number; readonly effect: KeyEffect };
  "remove-keys": null;
  "key-template": { readonly text: string };
  "replace-keys": { readonly sets: number; readonly effect: KeyEffect };
  "frame-text": { readonly text: string };
  /** `download` is its name for `Shell.save`, `name` the one that it may have there. */
  export: { readonly download: string; readonly name: string; readonly frames: number };
  "save-capture": { readonly download: string; readonly name: string };
  explain: {
    readonly explanation: ExplanationView | null;
    readonly suggestions: readonly string[];
  };
  "capture-ports": CapturePorts;
  "capture-start": { readonly document: string };
  "capture-stop": null;
  "capture-restart": { readonly document: string };
  "unfinished-recordings": readonly UnfinishedRecording[];
  "dismiss-recording": null;
  scratch: SheetDecoded;
  "scratch-text": { readonly version: string; readonly text: string };
  "sample-text": { readonly text: string };
  "scratch-places": SheetPlaces;
  "scratch-at": SheetByte;
  "scratch-problems": SheetProblems;
  settings: null;
}

type Complete = { readonly [Name in Method]: Answers[Name] };
export type Answer<Name extends Method> = Complete[Name];

/** What the analyzer tells by itself; counters at most thirty times a second. */
export type AnalyzerEvent =
  | { readonly event: "document"; readonly document: DocumentState }
  | { readonly event: "closed"; readonly document: string }
  | { readonly event: "keys"; readonly keys: KeyRingView }
  | { readonly event: "settings"; readonly settings: Settings }
  /** How it stands with the capture; some times a second while it runs. */
  | { readonly event: "capture"; readonly capture: CaptureState }
  /** How far a request has come. */
  | {
      readonly event: "progress";
      readonly request: number;
      readonly done: number;
      readonly total: number;
    }
  /** Of the shell: the analyzer has stopped and was started again; requests on their way are lost. */
  | { readonly event: "restarted"; readonly reason: string };
