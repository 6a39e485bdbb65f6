// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { allCommands } from "../../../renderer/commands/command-table.js";

function repeated(words: readonly string[]): readonly string[] {
  return words.filter((word, place) => words.indexOf(word) !== place);
}

test("no two commands have one id, or one shortcut", () => {
  expect(repeated(allCommands.map(({ id }) => id))).toEqual([]);
  expect(repeated(allCommands.flatMap(({ shortcuts }) => shortcuts))).toEqual([]);
});

test("the shortcuts of the design are bound", () => {
  // "What it must do" of the design: features 1, 2, 4, 5, 8 to 11.
  const bound = new Map(
    allCommands.flatMap(({ id, shortcuts }) => shortcuts.map((keys) => [keys, id] as const)),
  );
  expect(bound.get("F8")).toBe("go.nextFrame");
  expect(bound.get("F7")).toBe("go.previousFrame");
  expect(bound.get("Mod+ArrowDown")).toBe("go.nextFrame");
  expect(bound.get("Mod+Home")).toBe("go.firstFrame");
  expect(bound.get("Mod+End")).toBe("go.lastFrame");
  expect(bound.get("Alt+ArrowLeft")).toBe("go.back");
  expect(bound.get("Mod+/")).toBe("analyze.filter");
  expect(bound.get("F2")).toBe("go.nextProblem");
  expect(bound.get("Shift+F2")).toBe("go.previousProblem");
  expect(bound.get("Mod+.")).toBe("go.nextInConversation");
  expect(bound.get("Mod+,")).toBe("go.previousInConversation");
  expect(bound.get("Mod+M")).toBe("edit.mark");
  expect(bound.get("Mod+D")).toBe("edit.ignore");
  expect(bound.get("Mod+T")).toBe("edit.timeReference");
  expect(bound.get("Mod+Alt+C")).toBe("edit.comment");
});
