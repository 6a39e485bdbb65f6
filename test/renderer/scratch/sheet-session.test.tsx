// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { openSheet } from "../../../renderer/scratch/open-sheet.js";
import { SheetProblems } from "../../../renderer/scratch/sheet-problems.js";
import { sessionOf, sheetOf, textOfBefore } from "../../../renderer/scratch/sheet-session.js";
import { activeDocument, ask, useAnalyzer } from "../../../renderer/state/analyzer.js";
import { connectPage, document, samples, until } from "../page.js";

const sample = readFileSync(join(samples, "hdlc-session.txt"), "utf8");
// SNRM of a session with an Elster meter.
const SNRM = "7E A0 07 03 21 93 0F 01 7E";

beforeAll(connectPage);
afterEach(async () => {
  cleanup();
  for (const { id } of useAnalyzer.getState().documents) await ask("close", { document: id });
  await until(() => useAnalyzer.getState().documents.length === 0);
});

/** A text as an editor has it, and what a window does with the sheet. */
async function openWith(text: string | null) {
  await openSheet();
  await until(() => activeDocument()?.kind === "scratch");
  const { id } = document();
  const session = sessionOf(id);
  const box = { text: await session.begin() };
  const part = session.attach({
    read: () => box.text,
    replace: (next) => {
      box.text = next;
      session.edited();
    },
  });
  const unsubscribe = useAnalyzer.subscribe(() => {
    const open = useAnalyzer.getState().documents.find((one) => one.id === id);
    if (open !== undefined) void session.told(open).catch(() => {});
  });
  const type = (typed: string) => {
    box.text = typed;
    session.edited();
  };
  const decoded = () => until(() => sheetOf(id).isDecoded);
  const leave = () => {
    unsubscribe();
    part();
  };
  if (text !== null) {
    type(text);
    await decoded();
  }
  return { id, session, box, type, decoded, leave };
}

describe("a text that is typed", () => {
  test("is decoded when the typing pauses, all of it at once", async () => {
    const { id, type, decoded, leave } = await openWith(null);
    for (let length = 1; length <= SNRM.length; length++) type(SNRM.slice(0, length));
    expect(sheetOf(id).isDecoded).toBe(false);
    await decoded();
    expect(sheetOf(id)).toMatchObject({ isEmpty: false, rows: 1, refused: null });
    // One text was sent, not twenty-six.
    const { version } = await ask("scratch-text", { document: id });
    type(`${SNRM} `);
    await decoded();
    const next = await ask("scratch-text", { document: id });
    const counted = (name: string) => Number(name.split(".")[1]);
    expect(counted(next.version) - counted(version)).toBe(1);
    leave();
  });

  test("brings its problems", async () => {
    const { id, leave } = await openWith(sample);
    await until(() => sheetOf(id).problems.length > 0);
    expect(sheetOf(id).problems.map(({ code }) => code)).toContain("hdlc.fcs-mismatch");
    leave();
  });

  test("is sent when the window looks elsewhere", async () => {
    const { id, type, leave } = await openWith(SNRM);
    type(`${SNRM}\n${SNRM}`);
    leave();
    await until(() => document().frames === 2);
    expect((await ask("scratch-text", { document: id })).text).toBe(`${SNRM}\n${SNRM}`);
  });

  test("is there again on the next sheet", async () => {
    const { id, type, leave } = await openWith(SNRM);
    type(sample);
    await ask("close", { document: id });
    await until(() => useAnalyzer.getState().documents.length === 0);
    leave();
    expect(textOfBefore()).toBe(sample);
    const { box, leave: leaveAgain } = await openWith(null);
    expect(box.text).toBe(sample);
    expect(document().frames).toBe(14);
    leaveAgain();
  });
});

describe("a text that comes from elsewhere", () => {
  test("takes the place of what is there", async () => {
    const { id, box, leave } = await openWith(SNRM);
    await ask("scratch", { document: id, version: "other.1", text: sample, options: {} });
    await until(() => box.text === sample);
    leave();
  });

  test("gives way to what is typed here", async () => {
    const { id, box, type, leave } = await openWith(SNRM);
    type(`${SNRM}\n${SNRM}`);
    await ask("scratch", { document: id, version: "other.2", text: sample, options: {} });
    await until(() => sheetOf(id).isDecoded && document().frames === 2);
    expect(box.text).toBe(`${SNRM}\n${SNRM}`);
    expect((await ask("scratch-text", { document: id })).text).toBe(box.text);
    leave();
  });
});

describe("the sheet", () => {
  test("is opened once", async () => {
    const { id, leave } = await openWith(SNRM);
    await openSheet();
    expect(useAnalyzer.getState().documents.map((one) => one.id)).toEqual([id]);
    leave();
  });
});

describe("the list of problems", () => {
  test("leads to the characters, by pointer and by keys", async () => {
    const { id, leave } = await openWith(sample);
    await until(() => sheetOf(id).problems.length > 0);
    const onGo = vi.fn();
    const { getByRole, getAllByRole } = render(<SheetProblems document={id} onGo={onGo} />);
    const options = getAllByRole("option");
    // Of the six findings three are remarks on frames; those stand with the frames.
    expect(options).toHaveLength(3);
    expect(options[0]?.textContent).toContain("hdlc.fcs-mismatch");
    const list = getByRole("listbox");
    act(() => list.focus());
    fireEvent.keyDown(list, { key: "ArrowDown" });
    fireEvent.keyDown(list, { key: "Enter" });
    expect(onGo.mock.lastCall?.[0]).toMatchObject({ code: "link.retransmission", number: 7 });
    fireEvent.click(options[0] ?? list);
    const { start, end } = onGo.mock.lastCall?.[0] ?? {};
    expect(sample.slice(start, end)).toBe("8C DA");
    expect(list.getAttribute("aria-activedescendant")).toBe(options[0]?.id);
    leave();
  });
});
