/**
 * Regular expressions without backtracking: a text is read once from its beginning to its end, whatever
 * the expression is. What users write can be tried on a million texts that meters have sent.
 *
 * Strategy. The expression becomes an automaton that may be in several places at once. A set of places
 * is a state of its own, made when it is first come to and kept, with the state that follows for each
 * character; after a while most texts pass through states that are there already.
 */
import {
  type Boundary,
  type CharacterTest,
  ExpressionError,
  type ExpressionPart,
  isWordCharacter,
  parseExpression,
} from "./expression-syntax.js";

type Place =
  | { readonly kind: "character"; readonly test: CharacterTest; readonly next: number }
  | { readonly kind: "boundary"; readonly boundary: Boundary; readonly next: number }
  | { readonly kind: "split"; next: readonly number[] }
  | { readonly kind: "end" };

/** What stands before the place in the text that is looked at. */
type Before = "start" | "word" | "other";

/** Places, before what needs no character to be passed is passed. */
interface State {
  readonly places: readonly number[];
  readonly before: Before;
  readonly steps: Map<number, Step>;
}

interface Step {
  /** The expression fits, up to here. */
  readonly fits: boolean;
  readonly next: State | undefined;
}

const mostPlaces = 1000;
/** Parts that are taken apart, each as often as it is counted: what is empty adds no places. */
const mostParts = 20_000;
const keptStates = 1000;

/** Stands for the end of the text. */
const end = -1;

/**
 * Tells whether the expression fits anywhere in a text, whatever the case of letters. The time that
 * takes grows with the length of the text alone. Throws `ExpressionError`.
 */
export function compileAutomaton(expression: string): (text: string) => boolean {
  const builder = new Builder();
  const first = builder.add(parseExpression(expression), 0);
  const { places } = builder;
  const states = new Map<string, State>();

  const stateOf = (numbers: readonly number[], before: Before): State => {
    const key = `${before} ${numbers.join()}`;
    let state = states.get(key);
    if (state === undefined) {
      // States that are forgotten are made again when they are come to.
      if (states.size >= keptStates) states.clear();
      state = { places: numbers, before, steps: new Map() };
      states.set(key, state);
    }
    return state;
  };
  const step = (state: State, code: number): Step => {
    const open = pass(places, state, code);
    if (open === undefined) return { fits: true, next: undefined };
    if (code === end) return { fits: false, next: undefined };
    // It may begin anywhere.
    const numbers = new Set([first]);
    for (const number of open) {
      const place = places[number];
      if (place?.kind === "character" && place.test(code)) numbers.add(place.next);
    }
    const sorted = [...numbers].sort((a, b) => a - b);
    return { fits: false, next: stateOf(sorted, isWordCharacter(code) ? "word" : "other") };
  };

  return (text) => {
    let state = stateOf([first], "start");
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) : end;
      let taken = state.steps.get(code);
      if (taken === undefined) {
        taken = step(state, code);
        state.steps.set(code, taken);
      }
      if (taken.fits) return true;
      if (taken.next === undefined) return false;
      state = taken.next;
    }
    return false;
  };
}

/** The places that wait for a character; undefined where the end was come to. */
function pass(places: readonly Place[], state: State, code: number): Set<number> | undefined {
  const seen = new Set<number>();
  const waiting = new Set<number>();
  const open = [...state.places];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    if (seen.has(number)) continue;
    seen.add(number);
    const place = places[number];
    switch (place?.kind) {
      case "end":
        return undefined;
      case "split":
        open.push(...place.next);
        break;
      case "boundary":
        if (isAt(place.boundary, state.before, code)) open.push(place.next);
        break;
      default:
        waiting.add(number);
    }
  }
  return waiting;
}

function isAt(boundary: Boundary, before: Before, code: number): boolean {
  switch (boundary) {
    case "start":
      return before === "start";
    case "end":
      return code === end;
    default: {
      const isBoundary = (before === "word") !== (code !== end && isWordCharacter(code));
      return isBoundary === (boundary === "word");
    }
  }
}

/** Lays the places of an expression out, from its end to its beginning. */
class Builder {
  readonly places: Place[] = [{ kind: "end" }];
  #parts = 0;

  /** Adds the places of a part, which lead to `next`; returns the first of them. */
  add(part: ExpressionPart, next: number): number {
    this.#parts += 1;
    if (this.#parts > mostParts) refuseLength();
    switch (part.kind) {
      case "character":
      case "boundary":
        return this.#addPlace({ ...part, next });
      case "sequence":
        return part.parts.reduceRight((behind, one) => this.add(one, behind), next);
      case "choice": {
        const starts = part.parts.map((one) => this.add(one, next));
        const [only = next] = starts;
        return starts.length <= 1 ? only : this.#addPlace({ kind: "split", next: starts });
      }
      case "repetition":
        return this.#addRepetition(part, next);
    }
  }

  #addRepetition(
    { part, least, most }: Extract<ExpressionPart, { kind: "repetition" }>,
    next: number,
  ): number {
    let start = next;
    if (most === undefined) {
      const loop: Place = { kind: "split", next: [] };
      start = this.#addPlace(loop);
      loop.next = [this.add(part, start), next];
    } else {
      for (let i = least; i < most; i++) {
        start = this.#addPlace({ kind: "split", next: [this.add(part, start), next] });
      }
    }
    for (let i = 0; i < least; i++) start = this.add(part, start);
    return start;
  }

  #addPlace(place: Place): number {
    if (this.places.length >= mostPlaces) refuseLength();
    return this.places.push(place) - 1;
  }
}

function refuseLength(): never {
  throw new ExpressionError("the expression is too long, or repeats too much", 0, 1);
}
