import { describe, expect, test } from "vitest";
import type { Completions, ExpressionCheck } from "../../../analyzer/protocol/index.js";
import {
  type FilterBarEvent,
  type FilterBarState,
  isPopupShown,
  messageOf,
  nextState,
  startingState,
  underlined,
  verdictOf,
} from "../../../renderer/filter/filter-state.js";

function stateAfter(events: readonly FilterBarEvent[], applied = ""): FilterBarState {
  return events.reduce(nextState, startingState(applied));
}

const typed = (text: string, caret = text.length): FilterBarEvent => ({
  kind: "typed",
  text,
  caret,
});
const good: ExpressionCheck = { error: null, warnings: [], isSlow: false };
const checked = (text: string, result: ExpressionCheck): FilterBarEvent => ({
  kind: "checked",
  text,
  result,
});
const wrong = (message: string, start: number, end: number): ExpressionCheck => ({
  ...good,
  error: { message, start, end },
});
const completions: Completions = {
  start: 0,
  end: 3,
  items: [
    { text: "hdlc", kind: "field", detail: "group", meaning: "HDLC" },
    { text: "hdlc.fcs", kind: "field", detail: "number", meaning: "FCS" },
  ],
};
const completed = (text: string, caret: number, items = completions): FilterBarEvent => ({
  kind: "completed",
  text,
  caret,
  completions: items,
});

describe("what a text is worth", () => {
  test("nothing, being checked, good, doubtful, wrong", () => {
    expect(verdictOf(stateAfter([]))).toBe("empty");
    expect(verdictOf(stateAfter([typed("  ")]))).toBe("empty");
    expect(verdictOf(stateAfter([typed("hdlc")]))).toBe("checking");
    expect(verdictOf(stateAfter([typed("hdlc"), checked("hdlc", good)]))).toBe("good");
    const doubtful = { ...good, warnings: [{ message: "is this meant?", start: 0, end: 4 }] };
    expect(verdictOf(stateAfter([typed("hdlc"), checked("hdlc", doubtful)]))).toBe("doubtful");
    expect(verdictOf(stateAfter([typed("hdl"), checked("hdl", wrong("no field", 0, 3))]))).toBe(
      "wrong",
    );
  });

  test("what was said of another text says nothing of this one", () => {
    const state = stateAfter([
      typed("hdl"),
      typed("hdlc"),
      checked("hdl", wrong("no field", 0, 3)),
    ]);
    expect(verdictOf(state)).toBe("checking");
    expect(messageOf(state)).toBeNull();
    expect(underlined(state)).toEqual([{ text: "hdlc", fault: null }]);
  });

  test("the wrong word is underlined and its place said, counted from 1", () => {
    const text = "hdlc && cosem.valu > 2";
    const state = stateAfter([typed(text), checked(text, wrong("there is no field", 8, 18))]);
    expect(underlined(state)).toEqual([
      { text: "hdlc && ", fault: null },
      { text: "cosem.valu", fault: "error" },
      { text: " > 2", fault: null },
    ]);
    expect(messageOf(state)).toBe("At 9: there is no field");
  });

  test("what is missing at the end is underlined behind it", () => {
    const state = stateAfter([typed("a =="), checked("a ==", wrong("a value is missing", 4, 4))]);
    expect(underlined(state)).toEqual([
      { text: "a ==", fault: null },
      { text: " ", fault: "error" },
    ]);
  });

  test("a place beyond the text does no harm", () => {
    const state = stateAfter([typed("ab"), checked("ab", wrong("odd", 90, 95))]);
    expect(underlined(state).map(({ text }) => text)).toEqual(["ab", " "]);
  });
});

describe("completions", () => {
  test("open while one types, when there is something to choose", () => {
    expect(isPopupShown(stateAfter([typed("hdl")]))).toBe(false);
    expect(isPopupShown(stateAfter([typed("hdl"), completed("hdl", 3)]))).toBe(true);
    const itself = { ...completions, end: 4, items: completions.items.slice(0, 1) };
    expect(isPopupShown(stateAfter([typed("hdlc"), completed("hdlc", 4, itself)]))).toBe(false);
    const none = { ...completions, items: [] };
    expect(isPopupShown(stateAfter([typed("hdl"), completed("hdl", 3, none)]))).toBe(false);
  });

  test("those of another text or another place are dropped", () => {
    expect(stateAfter([typed("hdl"), typed("hdlc"), completed("hdl", 3)]).completions).toBeNull();
    expect(stateAfter([typed("hdl"), completed("hdl", 2)]).completions).toBeNull();
    const moved: FilterBarEvent = { kind: "caret-moved", text: "hdl", caret: 0 };
    expect(stateAfter([typed("hdl"), completed("hdl", 3), moved]).completions).toBeNull();
  });

  test("a caret in a field that still shows the text of before moves nothing", () => {
    const late: FilterBarEvent = { kind: "caret-moved", text: "", caret: 0 };
    expect(stateAfter([typed("h"), late]).caret).toBe(1);
  });

  test("are chosen round the ends, with none between", () => {
    const chose = (direction: 1 | -1): FilterBarEvent => ({ kind: "chose", direction });
    const open = [typed("hdl"), completed("hdl", 3)];
    expect(stateAfter([...open, chose(1)]).choice).toBe(0);
    expect(stateAfter([...open, chose(1), chose(1)]).choice).toBe(1);
    expect(stateAfter([...open, chose(1), chose(1), chose(1)]).choice).toBeNull();
    expect(stateAfter([...open, chose(-1)]).choice).toBe(1);
  });

  test("take the place of the word, with a space behind a field", () => {
    const state = stateAfter([
      typed("hdl && x", 3),
      completed("hdl && x", 3),
      { kind: "accepted", place: 1 },
    ]);
    expect(state.text).toBe("hdlc.fcs && x");
    expect(state.caret).toBe("hdlc.fcs".length);
    expect(
      stateAfter([typed("hdl"), completed("hdl", 3), { kind: "accepted", place: 1 }]).text,
    ).toBe("hdlc.fcs ");
  });

  test("a value is the end: no space, and nothing more to choose", () => {
    const text = "direction == ";
    const value: Completions = {
      start: 13,
      end: 13,
      items: [{ text: '"client-to-server"', kind: "value", detail: "", meaning: "" }],
    };
    const state = stateAfter([
      typed(text),
      completed(text, 13, value),
      { kind: "accepted", place: 0 },
    ]);
    expect(state.text).toBe('direction == "client-to-server"');
    expect(state.isOpen).toBe(false);
  });

  test("one that is not there is none", () => {
    const state = stateAfter([typed("hdl"), completed("hdl", 3)]);
    expect(nextState(state, { kind: "accepted", place: 7 })).toBe(state);
  });
});

describe("escape and the filter of the document", () => {
  const escaped: FilterBarEvent = { kind: "escaped" };

  test("escape closes the completions, then restores what is applied", () => {
    const first = stateAfter([typed("hdl"), completed("hdl", 3), escaped], "llc");
    expect(isPopupShown(first)).toBe(false);
    expect(first.text).toBe("hdl");
    const second = nextState(first, escaped);
    expect(second.text).toBe("llc");
    expect(second.caret).toBe(3);
  });

  test("escape before the completions have come keeps the text", () => {
    expect(stateAfter([typed("hdl"), escaped], "llc").text).toBe("hdl");
  });

  test("a filter from elsewhere is shown, but not over what is being typed", () => {
    const applied: FilterBarEvent = { kind: "applied", text: "conversation == 0" };
    expect(stateAfter([applied]).text).toBe("conversation == 0");
    const typing = stateAfter([typed("hdl"), applied]);
    expect(typing.text).toBe("hdl");
    expect(nextState(nextState(typing, escaped), escaped).text).toBe("conversation == 0");
  });

  test("one's own filter keeps the caret where it is", () => {
    const state = stateAfter([typed("hdlc && llc", 4), { kind: "applied", text: "hdlc && llc" }]);
    expect(state.caret).toBe(4);
    expect(state.isOpen).toBe(false);
  });
});
