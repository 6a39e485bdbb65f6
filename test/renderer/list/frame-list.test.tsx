// @vitest-environment happy-dom
import { existsSync } from "node:fs";
import { join } from "node:path";
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { applyFilter, useFilterCall } from "../../../renderer/filter/filter-actions.js";
import { FrameList } from "../../../renderer/list/frame-list.js";
import { listCommands } from "../../../renderer/list/list-commands.js";
import { goToFrame } from "../../../renderer/list/list-navigation.js";
import { listViewOf } from "../../../renderer/list/list-view.js";
import { useAnalyzer } from "../../../renderer/state/analyzer.js";
import { selectFrame, selectionOf } from "../../../renderer/state/selection.js";
import { useWindow } from "../../../renderer/state/window.js";
import { connectPage, corpus, document, openAlone, samples, until, untilQuiet } from "../page.js";

beforeAll(() => connectPage());
afterEach(cleanup);

/** Renders the list of the open document, and waits for its first rows. */
async function showList(): Promise<HTMLElement> {
  const { container } = render(<FrameList />);
  await until(() => container.querySelector(".frame-row__info") !== null);
  const grid = container.querySelector<HTMLElement>('[role="grid"]');
  if (grid === null) throw new Error("There is no grid.");
  return grid;
}

const selection = () => selectionOf(document().id);
const cellsOf = (row: Element | null) =>
  [...(row?.querySelectorAll('[role="gridcell"]') ?? [])].map(({ textContent }) => textContent);

/** Runs a command as menus and shortcuts do. */
async function run(id: string): Promise<void> {
  const command = listCommands.find((one) => one.id === id);
  if (command === undefined) throw new Error(`There is no command ${id}.`);
  const context = { document: document(), selection: selection() };
  expect(command.isEnabled(context)).toBe(true);
  await act(async () => command.run(context));
}

async function filterBy(text: string): Promise<void> {
  await act(() => applyFilter(document().id, text));
  await until(() => document().filter.shown === text);
  await untilQuiet();
}

describe("a list of frames", () => {
  beforeEach(async () => {
    await openAlone(join(samples, "hdlc-session.txt"));
  });

  test("is a grid that says how many rows there are, and where each stands", async () => {
    const grid = await showList();
    expect(grid.getAttribute("aria-rowcount")).toBe(String(document().frames + 1));
    const row = grid.querySelector('[data-index="0"]');
    expect(row?.getAttribute("aria-rowindex")).toBe("2");
    // The session begins with the request to set the link up.
    expect(cellsOf(row)).toContain("SNRM");
    expect(row?.textContent).toContain("client to server");
    expect(grid.querySelectorAll('[role="columnheader"]')).toHaveLength(10);
  });

  test("keys move through the rows; the active one is named to screen readers", async () => {
    const grid = await showList();
    // The first row is looked at by itself.
    await until(() => selection().frame === 1);
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    expect(selection().frame).toBe(2);
    const active = grid.getAttribute("aria-activedescendant") ?? "";
    expect(grid.querySelector(`#${active}`)?.getAttribute("aria-selected")).toBe("true");
    fireEvent.keyDown(grid, { key: "End" });
    expect(selection().frame).toBe(document().frames);
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    expect(selection().frame).toBe(document().frames);
    fireEvent.keyDown(grid, { key: "Home" });
    expect(selection().frame).toBe(1);
  });

  test("Shift selects a range, Ctrl adds and takes out", async () => {
    const grid = await showList();
    const click = async (index: number, keys = {}) =>
      act(async () => {
        const row = grid.querySelector(`[data-index="${index}"]`);
        if (row !== null) fireEvent.mouseDown(row, keys);
      });
    await click(2);
    await click(5, { shiftKey: true });
    await until(() => selection().frames.length === 4);
    expect(selection().frames).toEqual([3, 4, 5, 6]);
    expect(selection().frame).toBe(6);
    await click(0, { ctrlKey: true });
    expect(selection().frames).toEqual([1, 3, 4, 5, 6]);
    await click(3, { ctrlKey: true });
    expect(selection().frames).toEqual([1, 3, 5, 6]);
    await click(4);
    expect(selection().frames).toEqual([5]);
  });

  test("numbers stay the same under a filter, and the frame that is looked at stays in view", async () => {
    const grid = await showList();
    act(() => selectFrame(document().id, 4));
    await filterBy("frame.number >= 4");
    await until(() => cellsOf(grid.querySelector('[data-index="0"]'))[1] === "4");
    await until(() => listViewOf(document().id).cursor?.index === 0);
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    await until(() => selection().frame === 5);
    fireEvent.keyDown(grid, { key: "ArrowDown", shiftKey: true });
    await until(() => selection().frames.length === 2);
    expect(selection().frames).toEqual([5, 6]);
    // Rows that are not seen any more are not selected any more.
    await filterBy("frame.number == 6");
    await until(() => selection().frames.length === 1);
  });

  test("from a frame that the filter hides, the keys go to its neighbours", async () => {
    const grid = await showList();
    await act(async () => selectFrame(document().id, 4));
    await filterBy("frame.number in {2, 3, 6, 7}");
    await until(() => listViewOf(document().id).cursor?.number === 6);
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    await until(() => selection().frame === 6);
    await act(async () => selectFrame(document().id, 4));
    await until(() => listViewOf(document().id).cursor?.number === 6);
    fireEvent.keyDown(grid, { key: "ArrowUp" });
    await until(() => selection().frame === 3);
  });

  test("a filter that nothing fits says so, and gives the way back", async () => {
    const grid = await showList();
    await filterBy("frame.number == 0");
    await until(() => grid.textContent?.includes("None of") === true);
    const all = [...grid.querySelectorAll("button")].find(
      ({ textContent }) => textContent === "Show all frames",
    );
    if (all === undefined) throw new Error("There is no way back.");
    fireEvent.click(all);
    await until(() => document().filter.shown === "" && document().shown > 0);
  });

  test("whoever types means the filter", async () => {
    const grid = await showList();
    const { call } = useFilterCall.getState();
    fireEvent.keyDown(grid, { key: "h" });
    expect(useFilterCall.getState()).toEqual({ call: call + 1, text: "h" });
    fireEvent.keyDown(grid, { key: "c", ctrlKey: true });
    fireEvent.keyDown(grid, { key: "Enter" });
    expect(useFilterCall.getState().call).toBe(call + 1);
  });

  test("marks, time references and ignored frames are seen, and taken back", async () => {
    const grid = await showList();
    act(() => selectFrame(document().id, 2));
    await run("edit.mark");
    await until(() => grid.querySelector(".frame-row--marked") !== null);
    expect(grid.querySelector(".frame-row--marked")?.getAttribute("data-index")).toBe("1");
    await run("edit.timeReference");
    await until(() => cellsOf(grid.querySelector('[data-index="1"]')).includes("*REF*"));
    await run("edit.ignore");
    await until(() => grid.querySelector(".frame-row--ignored") !== null);
    await run("edit.mark");
    await until(() => grid.querySelector(".frame-row--marked") === null);
    await until(() => document().canUndo);
    for (let step = 0; step < 4; step++) await run("edit.undo");
    await until(() => !document().canUndo && grid.querySelector(".frame-row--ignored") === null);
  });

  test("the request of an answer is joined with it by a line, and one can go there", async () => {
    const grid = await showList();
    act(() => selectFrame(document().id, 1));
    // Frame 2 of the session is the UA to the SNRM of frame 1.
    await until(() => grid.querySelector(".row-gutter__line--end") !== null);
    const answer = grid.querySelector(".row-gutter__line--end")?.closest("[data-index]");
    expect(answer?.getAttribute("data-index")).toBe("1");
    expect(answer?.textContent).toContain("answer to 1");
    await run("go.partner");
    await until(() => selection().frame === 2);
    await run("go.partner");
    await until(() => selection().frame === 1);
    await run("go.back");
    expect(selection().frame).toBe(2);
  });

  test("columns are sized, moved and hidden by keys, and kept in the profile", async () => {
    const grid = await showList();
    const head = (id: string) => grid.querySelector<HTMLElement>(`[data-column="${id}"]`);
    const profile = () => useAnalyzer.getState().settings?.profiles[0]?.columns ?? [];
    const widthOf = (id: string) => profile().find((one) => one.id === id)?.width ?? 0;
    const before = widthOf("type");
    const type = head("type");
    if (type === null) throw new Error("There is no column for the type.");
    fireEvent.keyDown(type, { key: "ArrowRight", shiftKey: true });
    expect(widthOf("type")).toBe(before + 8);
    fireEvent.keyDown(type, { key: "ArrowLeft", altKey: true });
    const ids = profile().map(({ id }) => id);
    expect(ids.indexOf("type")).toBe(ids.indexOf("parties") - 1);
    // One tab stop for all heads.
    expect(grid.querySelectorAll('[data-column][tabindex="0"]')).toHaveLength(1);
  });

  test("a frame that the filter hides is looked at all the same, and told of", async () => {
    await showList();
    await filterBy("frame.number == 5");
    await act(() => goToFrame(document().id, 4));
    expect(selection().frame).toBe(4);
    expect(useWindow.getState().notices.at(-1)?.text).toBe("Frame 4 is hidden by the filter.");
    await act(() => goToFrame(document().id, 5));
    expect(listViewOf(document().id).cursor).toEqual({ number: 5, index: 0 });
    expect(useWindow.getState().notices).toHaveLength(1);
  });
});

describe.runIf(existsSync(corpus))("a capture of the corpus", () => {
  test("problems are gone through, round the ends", async () => {
    await openAlone(join(corpus, "pcap/data3.pcapng"));
    await showList();
    const { warning, error } = document().severities;
    const seen: number[] = [];
    for (let step = 0; step < warning + error; step++) {
      await run("go.nextProblem");
      seen.push(selection().frame ?? 0);
    }
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    await run("go.nextProblem");
    expect(selection().frame).toBe(seen[0]);
    expect(useWindow.getState().notices.at(-1)?.text).toBe("Gone on from the beginning.");
  });

  test("one moves within a conversation, and is told where a frame has none", async () => {
    await openAlone(join(corpus, "pcap/data3.pcapng"));
    await showList();
    // Frames 4, 6, 8 are of conversation 0; frame 5, an acknowledgement of TCP, of none.
    await act(async () => selectFrame(document().id, 4));
    await run("go.nextInConversation");
    expect(selection().frame).toBe(6);
    await run("go.nextInConversation");
    expect(selection().frame).toBe(8);
    await run("go.previousInConversation");
    expect(selection().frame).toBe(6);
    await act(async () => selectFrame(document().id, 5));
    await run("go.nextInConversation");
    expect(selection().frame).toBe(5);
    expect(useWindow.getState().notices.at(-1)?.text).toBe("Frame 5 belongs to no conversation.");
  });

  test("segments of one APDU are joined", async () => {
    await openAlone(join(corpus, "pcap/data3.pcapng"));
    const grid = await showList();
    // Frame 12 is the first segment of the answer to frame 11, which frame 36 completes.
    await act(async () => selectFrame(document().id, 12));
    await until(() => grid.querySelector(".row-gutter__segment") !== null);
    const row = (number: number) => grid.querySelector(`[data-index="${number - 1}"]`);
    await until(() => row(11)?.textContent?.includes("request, answered by 36") === true);
    expect(row(12)?.textContent).toContain("segment 1 of ");
  });

  test("the list far down shows the rows there, laid out near the view", async () => {
    await openAlone(join(corpus, "pcap/data3.pcapng"));
    const grid = await showList();
    fireEvent.keyDown(grid, { key: "End" });
    const { frames } = document();
    await until(
      () => cellsOf(grid.querySelector(`[data-index="${frames - 1}"]`))[1] === String(frames),
    );
    // Twenty rows of 21 px in 420 px.
    expect(grid.querySelectorAll(".frame-row")).toHaveLength(20);
  });
});
