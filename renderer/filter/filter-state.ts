/**
 * What the filter bar shows, as a machine: events in, the next state out. It waits for nothing: what
 * the analyzer says of a text that has been typed over since is dropped.
 */
import type { Completions, ExpressionCheck } from "../../analyzer/protocol/index.js";

export interface FilterBarState {
  readonly text: string;
  readonly caret: number;
  /** The filter whose rows are shown, or soon will be. */
  readonly applied: string;
  /** What the analyzer said last, and of which text. */
  readonly check: { readonly text: string; readonly result: ExpressionCheck } | null;
  readonly completions: Completions | null;
  readonly isOpen: boolean;
  /** Place of the completion that Enter would take; null for none. */
  readonly choice: number | null;
}

export type FilterBarEvent =
  | { readonly kind: "typed"; readonly text: string; readonly caret: number }
  | { readonly kind: "caret-moved"; readonly text: string; readonly caret: number }
  | { readonly kind: "checked"; readonly text: string; readonly result: ExpressionCheck }
  | {
      readonly kind: "completed";
      readonly text: string;
      readonly caret: number;
      readonly completions: Completions;
    }
  | { readonly kind: "opened" }
  | { readonly kind: "closed" }
  | { readonly kind: "chose"; readonly direction: 1 | -1 }
  | { readonly kind: "accepted"; readonly place: number }
  | { readonly kind: "escaped" }
  /** The document has another filter: by this bar or from elsewhere. */
  | { readonly kind: "applied"; readonly text: string };

/** `text`: what stands in the bar, where that is not what is applied. */
export function startingState(applied: string, text = applied): FilterBarState {
  return {
    text,
    caret: text.length,
    applied,
    check: null,
    completions: null,
    isOpen: false,
    choice: null,
  };
}

export function nextState(state: FilterBarState, event: FilterBarEvent): FilterBarState {
  switch (event.kind) {
    case "typed":
      return { ...state, text: event.text, caret: event.caret, isOpen: true, choice: null };
    case "caret-moved":
      // The field may still show the text of before; its caret is none of this one.
      if (event.text !== state.text) return state;
      // Completions are for one place; those of another would replace the wrong word.
      return event.caret === state.caret
        ? state
        : { ...state, caret: event.caret, isOpen: false, choice: null, completions: null };
    case "checked":
      if (event.text !== state.text) return state;
      return { ...state, check: { text: event.text, result: event.result } };
    case "completed":
      if (event.text !== state.text || event.caret !== state.caret) return state;
      return { ...state, completions: event.completions, choice: null };
    case "opened":
      return { ...state, isOpen: true };
    case "closed":
      return { ...state, isOpen: false, choice: null };
    case "chose":
      return { ...state, isOpen: true, choice: chosen(state, event.direction) };
    case "accepted":
      return accepted(state, event.place);
    case "escaped":
      // Whoever types fast means the completions that are about to come.
      if (state.isOpen) return { ...state, isOpen: false, choice: null };
      return { ...startingState(state.applied), check: state.check };
    case "applied":
      // What is being typed stays, unless nothing but the filter of before stood there.
      return state.text === state.applied || state.text === event.text
        ? {
            ...state,
            text: event.text,
            caret: state.text === event.text ? state.caret : event.text.length,
            applied: event.text,
            isOpen: false,
            choice: null,
          }
        : { ...state, applied: event.text };
  }
}

/** Round at the ends, with none between the last and the first. */
function chosen({ completions, choice }: FilterBarState, direction: 1 | -1): number | null {
  const length = completions?.items.length ?? 0;
  if (length === 0) return null;
  if (choice === null) return direction === 1 ? 0 : length - 1;
  const next = choice + direction;
  return next < 0 || next >= length ? null : next;
}

function accepted(state: FilterBarState, place: number): FilterBarState {
  const { completions, text } = state;
  const item = completions?.items[place];
  if (completions === null || item === undefined) return state;
  const before = text.slice(0, completions.start);
  const after = text.slice(completions.end);
  // Fields and operators are followed by something; a value may be the end.
  const space = item.kind !== "value" && !after.startsWith(" ") ? " " : "";
  const head = before + item.text + space;
  return {
    ...state,
    text: head + after,
    caret: head.length,
    completions: null,
    isOpen: item.kind !== "value",
    choice: null,
  };
}

/** Whether there is something to choose from, beyond what stands there already. */
export function isPopupShown({ isOpen, completions, text }: FilterBarState): boolean {
  if (!isOpen || completions === null || completions.items.length === 0) return false;
  const { items, start, end } = completions;
  return items.length > 1 || items[0]?.text !== text.slice(start, end);
}

/** In words. */
export function verdictText(state: FilterBarState): string {
  const verdict = verdictOf(state);
  const isSlow = verdict === "good" && state.check?.result.isSlow === true;
  return isSlow ? "The filter can be applied; every frame is read for it" : verdictWords[verdict];
}

const verdictWords = {
  empty: "No filter: all rows are shown",
  checking: "Being checked",
  good: "The filter can be applied",
  doubtful: "The filter can be applied, but may mean something else",
  wrong: "The filter cannot be understood",
} as const;

/** `checking`: the analyzer has not yet said what this text is worth. */
export type Verdict = "empty" | "checking" | "good" | "doubtful" | "wrong";

export function verdictOf({ text, check }: FilterBarState): Verdict {
  if (text.trim() === "") return "empty";
  if (check === null || check.text !== text) return "checking";
  if (check.result.error !== null) return "wrong";
  return check.result.warnings.length > 0 ? "doubtful" : "good";
}

export interface UnderlinedPart {
  readonly text: string;
  readonly fault: "error" | "warning" | null;
}

/** The text in parts, what is wrong with it apart from the rest. */
export function underlined(state: FilterBarState): readonly UnderlinedPart[] {
  const { text, check } = state;
  if (check === null || check.text !== text) return [{ text, fault: null }];
  const { error, warnings } = check.result;
  const [notice] = error === null ? warnings : [error];
  if (notice === undefined) return [{ text, fault: null }];
  const fault = error === null ? "warning" : "error";
  const start = Math.min(notice.start, text.length);
  const end = Math.min(Math.max(notice.end, start), text.length);
  const parts: UnderlinedPart[] = [
    { text: text.slice(0, start), fault: null },
    // What is missing at the end has no characters: a space stands for it.
    { text: text.slice(start, end) || " ", fault },
    { text: text.slice(end), fault: null },
  ];
  return parts.filter((part) => part.text !== "");
}

/** `There is no field cosem.valu; is cosem.value meant? (at 1)`; null where there is nothing to say. */
export function messageOf({ text, check }: FilterBarState): string | null {
  if (check === null || check.text !== text) return null;
  const { error, warnings } = check.result;
  const notice = error ?? warnings[0];
  if (notice === undefined) return null;
  const { message, start } = notice;
  return `At ${start + 1}: ${message}`;
}
