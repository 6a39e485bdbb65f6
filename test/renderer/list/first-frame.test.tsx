// @vitest-environment happy-dom
import { join } from "node:path";
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { applyFilter } from "../../../renderer/filter/filter-actions.js";
import { changeQuery, findNext } from "../../../renderer/find/find-store.js";
import { FrameList } from "../../../renderer/list/frame-list.js";
import { moveBy, stepTo } from "../../../renderer/list/list-navigation.js";
import { useAnalyzer } from "../../../renderer/state/analyzer.js";
import { selectField, selectionOf } from "../../../renderer/state/selection.js";
import { useWindow } from "../../../renderer/state/window.js";
import { TestFolder } from "../../analyzer/test-folder.js";
import { connectPage, document, openAlone, samples, until, untilQuiet } from "../page.js";

const session = join(samples, "hdlc-session.txt");
const folder = new TestFolder();

beforeAll(() => connectPage());
afterEach(cleanup);
afterAll(() => folder.remove());

const selection = () => selectionOf(document().id);
const words = () => useWindow.getState().notices.map(({ text }) => text);

/** Opens a capture as the window does, and waits until something in it is looked at. */
async function show(path: string): Promise<void> {
  await openAlone(path);
  render(<FrameList />);
  await until(() => selection().frame !== null);
}

const step = (direction: 1 | -1) => act(() => stepTo(document(), "problem", direction));

test("a capture that is opened shows its first row, and leaves the focus where it is", async () => {
  const before = globalThis.document.activeElement;
  await show(session);
  expect(selection()).toMatchObject({ frame: 1, frames: [1], byItself: true, past: [] });
  expect(globalThis.document.activeElement).toBe(before);
  act(() => moveBy(document(), 1));
  expect(selection()).toMatchObject({ frame: 2, byItself: false });
});

test("the next problem from there is the first one, and the one before it the last", async () => {
  await show(session);
  // The only damaged frame of the session is the sixth.
  await step(1);
  expect(selection().frame).toBe(6);
  expect(words()).toEqual([]);
  await show(session);
  await step(-1);
  expect(selection().frame).toBe(6);
  expect(words()).toEqual([]);
});

// SNRM and UA; the last byte of the frame check sequence is 64 and 43 where it is right.
const snrm = "10:00:00.000 TX: 7E A0 08 02 23 21 93 BD 65 7E\n";
const ua = "10:00:00.250 RX: 7E A0 08 21 02 23 73 7A 44 7E\n";

test("the first row's own problem is found first, in words; then the next one", async () => {
  await show(folder.write("damaged.txt", snrm + ua));
  await step(1);
  expect(selection()).toMatchObject({ frame: 1, byItself: false });
  expect(words()).toEqual(["Frame 1 itself has a problem."]);
  await step(1);
  expect(selection().frame).toBe(2);
});

test("who has looked into the first row has chosen it", async () => {
  await show(folder.write("read.txt", snrm + ua));
  act(() => selectField(document().id, [0], { source: 0, start: 0, end: 1 }));
  await step(1);
  expect(selection().frame).toBe(2);
});

test("what is looked for may be in the first row", async () => {
  await show(session);
  act(() => changeQuery({ kind: "text", text: "snrm" }));
  await act(() => findNext(document().id, 1));
  expect(selection()).toMatchObject({ frame: 1, byItself: false });
});

test("under a filter it is the first row that is shown, until one is chosen", async () => {
  await show(session);
  const filterBy = async (text: string) => {
    await act(() => applyFilter(document().id, text));
    await until(() => document().filter.shown === text);
    await untilQuiet();
  };
  await filterBy("frame.number >= 4");
  await until(() => selection().frame === 4);
  expect(selection().byItself).toBe(true);
  await filterBy("");
  await until(() => selection().frame === 1);
  await filterBy("frame.number == 0");
  expect(selection().frame).toBe(1);
  await filterBy("frame.number >= 5");
  await until(() => selection().frame === 5);
  const grid = globalThis.document.querySelector('[role="grid"]');
  if (grid === null) throw new Error("There is no grid.");
  fireEvent.keyDown(grid, { key: "ArrowDown" });
  await until(() => selection().frame === 6);
  await filterBy("");
  expect(selection().frame).toBe(6);
});

test("nothing of a live capture is chosen: it follows the newest", async () => {
  await openAlone(session);
  const live = { ...document(), status: "live" } as const;
  act(() => useAnalyzer.setState({ documents: [live] }));
  render(<FrameList followsGrowth />);
  await until(() => globalThis.document.querySelector(".frame-row__info") !== null);
  expect(selection().frame).toBeNull();
});
