// @vitest-environment happy-dom
import { join } from "node:path";
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { detailCommands } from "../../../renderer/detail/detail-commands.js";
import { DetailPane } from "../../../renderer/detail/detail-pane.js";
import { useExpansion } from "../../../renderer/detail/expansion.js";
import { HexView } from "../../../renderer/detail/hex-view.js";
import { useFilterCall } from "../../../renderer/filter/filter-actions.js";
import { ask, useActiveDocument, useAnalyzer } from "../../../renderer/state/analyzer.js";
import { useDetailLoading, useFrameDetail } from "../../../renderer/state/frame-detail.js";
import { selectFrame, selectionOf } from "../../../renderer/state/selection.js";
import { profileOf } from "../../../renderer/state/settings.js";
import { connectPage, document, openAlone, samples, until, untilQuiet } from "../page.js";

beforeAll(() => connectPage());
beforeEach(async () => {
  useExpansion.setState({ chosen: new Map() });
  await openAlone(join(samples, "hdlc-session.txt"));
});
afterEach(cleanup);

/** Tree and bytes as they stand side by side. */
function Both() {
  const active = useActiveDocument();
  const { detail } = useFrameDetail();
  useDetailLoading();
  if (active === undefined) return null;
  return (
    <>
      <DetailPane document={active} />
      {detail !== null && <HexView document={active} detail={detail} />}
    </>
  );
}

async function showFrame(number: number) {
  const { container } = render(<Both />);
  act(() => selectFrame(document().id, number));
  await until(() => useFrameDetail.getState().detail?.row.number === number);
  const tree = container.querySelector<HTMLElement>('[role="treegrid"]');
  const bytes = container.querySelector<HTMLElement>('[role="grid"]');
  if (tree === null || bytes === null) throw new Error("There are no fields or no bytes.");
  /** The row of the first field of that name. */
  const row = (name: string): HTMLElement => {
    const rows = [...tree.querySelectorAll<HTMLElement>('[role="row"]')];
    const found = rows.find((one) => one.querySelector('[role="gridcell"]')?.textContent === name);
    if (found === undefined) throw new Error(`There is no row ${name}.`);
    return found;
  };
  const byte = (at: number): HTMLElement => {
    const found = bytes.querySelector<HTMLElement>(`#byte-${at}`);
    if (found === null) throw new Error(`There is no byte ${at}.`);
    return found;
  };
  const lit = (mark: "selected" | "hovered") =>
    [...bytes.querySelectorAll(`[role="gridcell"][data-${mark}]`)].map((cell) =>
      Number(cell.getAttribute("data-byte")),
    );
  const current = () => tree.querySelector('[aria-selected="true"]');
  return { container, tree, bytes, row, byte, lit, current };
}

const span = (start: number, end: number) =>
  Array.from({ length: end - start }, (_, i) => start + i);

// Frame 7: 7E A0 1A | 02 23 | 21 | 32 | F6 72 | E6 E6 00 | C0 01 C1 | 00 03 | 01 00 01 08 00 FF | 02 | 00 | 32 68 | 7E
// OBIS code: bytes 17 to 22; the attribute descriptor (class, OBIS code, attribute): 15 to 23; the APDU: 12 to 24.
describe("fields and bytes", () => {
  test("a click on a byte selects its deepest field, clicks again what is around it", async () => {
    const { byte, lit, current } = await showFrame(7);
    fireEvent.click(byte(19));
    expect(lit("selected")).toEqual(span(17, 23));
    expect(current()?.textContent).toContain("1-0:1.8.0*255");
    fireEvent.click(byte(19));
    expect(lit("selected")).toEqual(span(15, 24));
    fireEvent.click(byte(19));
    expect(lit("selected")).toEqual(span(12, 25));
    // Another byte begins with its own field again, though what is selected holds it.
    fireEvent.click(byte(16));
    expect(lit("selected")).toEqual([15, 16]);
  });

  test("the pointer over bytes outlines their field, and marks its row", async () => {
    const { tree, bytes, byte, lit } = await showFrame(7);
    fireEvent.pointerMove(byte(2));
    expect(lit("hovered")).toEqual([1, 2]);
    expect(tree.querySelector("[data-hovered]")?.textContent).toContain("0xa01a");
    fireEvent.pointerLeave(bytes);
    expect(lit("hovered")).toEqual([]);
  });

  test("the pointer over a row outlines its bytes, a click selects them", async () => {
    const { row, lit } = await showFrame(7);
    fireEvent.pointerEnter(row("FCS"));
    expect(lit("hovered")).toEqual([25, 26]);
    expect(lit("selected")).toEqual([]);
    fireEvent.pointerDown(row("FCS"), { button: 0 });
    expect(lit("selected")).toEqual([25, 26]);
  });

  test("bytes are walked through by keys, and say what they are", async () => {
    const { bytes, byte, lit } = await showFrame(7);
    fireEvent.focus(bytes);
    expect(byte(0).getAttribute("aria-label")).toBe("offset 0x0, byte 7e, field Flag");
    fireEvent.keyDown(bytes, { key: "ArrowDown" });
    expect(bytes.getAttribute("aria-activedescendant")).toBe("byte-16");
    fireEvent.keyDown(bytes, { key: "ArrowRight" });
    expect(lit("hovered")).toEqual(span(17, 23));
    fireEvent.keyDown(bytes, { key: "Enter" });
    expect(lit("selected")).toEqual(span(17, 23));
    fireEvent.keyDown(bytes, { key: "Enter" });
    expect(lit("selected")).toEqual(span(15, 24));
    fireEvent.keyDown(bytes, { key: "ArrowLeft" });
    fireEvent.keyDown(bytes, { key: "ArrowRight", shiftKey: true });
    fireEvent.keyDown(bytes, { key: "ArrowRight", shiftKey: true });
    expect(lit("selected")).toEqual([16, 17, 18]);
    // At the end there is nothing further.
    fireEvent.keyDown(bytes, { key: "PageDown" });
    expect(bytes.getAttribute("aria-activedescendant")).toBe("byte-27");
  });

  test("bytes in which something is wrong are underlined", async () => {
    // The sample plants a wrong checksum there: frames 6 and 8 differ in their data and not in it.
    const { byte } = await showFrame(6);
    expect(byte(20).dataset["severity"]).toBeUndefined();
    expect(byte(21).dataset["severity"]).toBe("error");
    expect(byte(22).dataset["severity"]).toBe("error");
    expect(byte(23).dataset["severity"]).toBeUndefined();
  });

  test("a field of deciphered bytes is lit where it stood in the frame, too, but faintly", async () => {
    await openAlone(join(samples, "ciphered-push.txt"));
    await ask("add-keys-beside", { document: document().id });
    await untilQuiet();
    const { container } = await showFrame(1);
    const cell = (at: number): HTMLElement => {
      const found = container.querySelector<HTMLElement>(`#byte-${at}`);
      if (found === null) throw new Error(`There is no byte ${at}.`);
      return found;
    };
    const lit = () => container.querySelectorAll('[role="gridcell"][data-selected][data-byte]');
    const tab = (name: string) => {
      const tabs = [...container.querySelectorAll<HTMLElement>('[role="tab"]')];
      const found = tabs.find(({ textContent }) => textContent?.startsWith(name));
      if (found === undefined) throw new Error(`There is no tab ${name}.`);
      return found;
    };
    const { sources = [] } = useFrameDetail.getState().detail ?? {};
    const plain = sources.find(({ kind }) => kind === "decrypted");
    const [origin] = plain?.origin ?? [];
    if (plain === undefined || origin === undefined) throw new Error("Nothing was deciphered.");
    fireEvent.click(tab("Decrypted"));
    fireEvent.click(cell(0));
    expect(cell(0).dataset["selected"]).toBe("here");
    const { length } = lit();
    // Counter mode: a byte of the plaintext is the byte of the ciphertext at the same place.
    const from = sources[origin.source]?.kind ?? "";
    fireEvent.click(tab(from === "frame" ? "Frame" : "Reassembled"));
    expect(cell(origin.offset).dataset["selected"]).toBe("through");
    expect(cell(origin.offset - 1).dataset["selected"]).toBeUndefined();
    expect(lit()).toHaveLength(length);
  });
});

describe("the tree", () => {
  test("is walked through by keys as in Wireshark", async () => {
    const { tree, current } = await showFrame(7);
    fireEvent.focus(tree);
    const name = () => current()?.querySelector('[role="gridcell"]')?.textContent;
    const first = name();
    expect(current()?.getAttribute("aria-level")).toBe("1");
    expect(current()?.getAttribute("aria-expanded")).toBe("true");
    fireEvent.keyDown(tree, { key: "ArrowRight" });
    expect(name()).toBe("Flag");
    fireEvent.keyDown(tree, { key: "Backspace" });
    expect(name()).toBe(first);
    fireEvent.keyDown(tree, { key: "ArrowLeft" });
    expect(current()?.getAttribute("aria-expanded")).toBe("false");
    const closed = Number(tree.getAttribute("aria-rowcount"));
    fireEvent.keyDown(tree, { key: "Enter" });
    expect(Number(tree.getAttribute("aria-rowcount"))).toBeGreaterThan(closed);
    const active = tree.getAttribute("aria-activedescendant") ?? "";
    expect(tree.querySelector(`[id="${active}"]`)).toBe(current());
  });

  test("remembers what is open for the next frame", async () => {
    const { tree, row } = await showFrame(7);
    fireEvent.pointerDown(row("Flag"), { button: 0 });
    fireEvent.keyDown(tree, { key: "ArrowLeft" });
    fireEvent.keyDown(tree, { key: "ArrowLeft" });
    const isOpen = () =>
      tree.querySelector('[role="row"][aria-posinset="1"]')?.getAttribute("aria-expanded");
    expect(isOpen()).toBe("false");
    act(() => selectFrame(document().id, 9));
    await until(() => useFrameDetail.getState().detail?.row.number === 9);
    expect(isOpen()).toBe("false");
  });

  test("closed over the selected field, it selects the group", async () => {
    const { row, current } = await showFrame(7);
    fireEvent.pointerDown(row("FCS"), { button: 0 });
    const group = row("Flag").parentElement?.querySelector('[aria-level="1"]');
    const arrow = group?.querySelector(".detail-tree__arrow");
    if (arrow === null || arrow === undefined) throw new Error("There is no arrow.");
    fireEvent.pointerDown(arrow, { button: 0 });
    expect(current()?.getAttribute("aria-level")).toBe("1");
    expect(current()?.getAttribute("aria-expanded")).toBe("false");
  });
});

describe("commands of the selected field", () => {
  const run = async (id: string) => {
    const command = detailCommands.find((one) => one.id === id);
    if (command === undefined) throw new Error(`There is no command ${id}.`);
    const context = { document: document(), selection: selectionOf(document().id) };
    const isEnabled = command.isEnabled(context);
    if (isEnabled) await act(async () => command.run(context));
    return isEnabled;
  };

  test("filter by it, show it as a column, and do nothing without one", async () => {
    const { byte } = await showFrame(7);
    expect(await run("analyze.applyAsFilter")).toBe(false);
    fireEvent.click(byte(19));
    expect(await run("analyze.prepareAsFilter")).toBe(true);
    expect(useFilterCall.getState().text).toBe("cosem.obis == 1-0:1.8.0*255");
    expect(await run("analyze.applyAsFilter")).toBe(true);
    await until(() => document().filter.shown === "cosem.obis == 1-0:1.8.0*255");
    await untilQuiet();
    expect(document().shown).toBeGreaterThan(0);
    expect(document().shown).toBeLessThan(document().frames);
    expect(await run("analyze.applyAsColumn")).toBe(true);
    await until(
      () =>
        profileOf(useAnalyzer.getState().settings)?.columns.some(
          ({ id }) => id === "field:cosem.obis",
        ) === true,
    );
  });

  test("open and close all groups", async () => {
    const { tree } = await showFrame(7);
    const count = () => Number(tree.getAttribute("aria-rowcount"));
    await run("view.collapseAll");
    // The link frame, LLC and the APDU.
    expect(count()).toBe(3);
    await run("view.expandAll");
    expect(count()).toBeGreaterThan(20);
  });
});
