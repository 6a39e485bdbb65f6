import { describe, expect, test } from "vitest";
import { stepOf, toggled } from "../../../renderer/detail/tree-keys.js";
import { visibleTree } from "../../../renderer/detail/tree-rows.js";
import { node } from "./nodes.js";

const tree = [
  node("hdlc", [0, 4], [node("hdlc.flag", [0, 1]), node("hdlc.control", [1, 2])]),
  node("xdlms", [4, 9], [node("cosem", [5, 9], [node("cosem.obis", [5, 9])])]),
  node("reassembly.frame", [0, 0], [], { frame: 5 }),
];

/** What a key does at a row of the tree in which these fields are open. */
function press(key: string, index: number, open: readonly string[], modifiers = {}) {
  const rows = visibleTree(tree, ({ field }) => open.includes(field));
  return stepOf({ key, isMod: false, isShift: false, ...modifiers }, tree, rows, index, 3);
}

describe("the rows that are seen", () => {
  test("are those of what is open, with their places among their siblings", () => {
    const rows = visibleTree(tree, ({ field }) => field === "xdlms");
    expect(
      rows.map(({ key, depth, position, siblings }) => [key, depth, position, siblings]),
    ).toEqual([
      ["0", 0, 1, 3],
      ["1", 0, 2, 3],
      ["1.0", 1, 1, 1],
      ["2", 0, 3, 3],
    ]);
  });
});

describe("keys of the tree", () => {
  test("Right opens a group, then goes to its first member, and does nothing at a leaf", () => {
    expect(press("ArrowRight", 0, [])).toEqual({ kind: "open", fields: ["hdlc"], path: null });
    expect(press("ArrowRight", 0, ["hdlc"])).toEqual({ kind: "select", path: [0, 0] });
    expect(press("ArrowRight", 1, ["hdlc"])).toBeNull();
  });

  test("Left closes a group that is open, else goes to what holds the field", () => {
    expect(press("ArrowLeft", 0, ["hdlc"])).toEqual({ kind: "close", fields: ["hdlc"], path: [0] });
    expect(press("ArrowLeft", 2, ["hdlc"])).toEqual({ kind: "select", path: [0] });
    expect(press("ArrowLeft", 0, [])).toBeNull();
  });

  test("Backspace goes to the parent of an open group, too", () => {
    expect(press("Backspace", 2, ["xdlms", "cosem"])).toEqual({ kind: "select", path: [1] });
    expect(press("Backspace", 0, [])).toBeNull();
  });

  test("Up and Down stop at the ends; with nothing selected, Down begins", () => {
    expect(press("ArrowDown", -1, [])).toEqual({ kind: "select", path: [0] });
    expect(press("ArrowDown", 2, [])).toEqual({ kind: "select", path: [2] });
    expect(press("ArrowUp", 0, [])).toEqual({ kind: "select", path: [0] });
    expect(press("End", 0, ["xdlms"])).toEqual({ kind: "select", path: [2] });
    expect(press("Home", 3, ["xdlms"])).toEqual({ kind: "select", path: [0] });
    expect(press("PageDown", 0, ["xdlms", "cosem"])).toEqual({ kind: "select", path: [1, 0, 0] });
  });

  test("Enter toggles a group and follows a link", () => {
    expect(press("Enter", 0, [])).toEqual({ kind: "open", fields: ["hdlc"], path: null });
    expect(press("Enter", 2, [])).toEqual({ kind: "go", frame: 5 });
    expect(press("Enter", 1, ["hdlc"])).toBeNull();
  });

  test("the star and Ctrl+Right open all below; Ctrl+Left closes everything", () => {
    const below = { kind: "open", fields: ["xdlms", "cosem"], path: null };
    expect(press("*", 1, [])).toEqual(below);
    expect(press("ArrowRight", 1, [], { isMod: true })).toEqual(below);
    // What was selected in a group gives way to the outermost one.
    expect(press("ArrowLeft", 3, ["xdlms", "cosem"], { isMod: true })).toEqual({
      kind: "close",
      fields: ["hdlc", "xdlms", "cosem"],
      path: [1],
    });
  });

  test("other keys are for others", () => {
    expect(press("f", 0, [])).toBeNull();
    expect(press("F10", 0, [])).toBeNull();
    expect(press("F10", 0, [], { isShift: true })).toEqual({ kind: "menu" });
    expect(press("c", 0, [], { isMod: true })).toEqual({ kind: "copy" });
    expect(press("c", -1, [], { isMod: true })).toBeNull();
    expect(press("m", 0, [], { isMod: true })).toBeNull();
  });
});

test("a group that closes over what is selected is selected itself", () => {
  const rows = visibleTree(tree, ({ children }) => children.length > 0);
  const [hdlc] = rows;
  if (hdlc === undefined) throw new Error("There are no rows.");
  expect(toggled(hdlc, [0, 1])).toEqual({ kind: "close", fields: ["hdlc"], path: [0] });
  expect(toggled(hdlc, [1, 0])).toEqual({ kind: "close", fields: ["hdlc"], path: null });
  expect(toggled(hdlc, null)).toEqual({ kind: "close", fields: ["hdlc"], path: null });
});
