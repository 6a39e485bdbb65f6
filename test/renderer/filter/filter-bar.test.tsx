// @vitest-environment happy-dom
import { join } from "node:path";
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { applyFilter, focusFilter, saveFilter } from "../../../renderer/filter/filter-actions.js";
import { FilterBar } from "../../../renderer/filter/filter-bar.js";
import { useAnalyzer } from "../../../renderer/state/analyzer.js";
import { profileOf } from "../../../renderer/state/settings.js";
import { connectPage, document, openAlone, samples, until } from "../page.js";

beforeAll(() => connectPage());
beforeEach(async () => {
  await openAlone(join(samples, "hdlc-session.txt"));
});
afterEach(cleanup);

function showBar() {
  const { container } = render(<FilterBar />);
  const input = container.querySelector<HTMLInputElement>('[role="combobox"]');
  const bar = container.querySelector<HTMLElement>(".filter-bar");
  if (input === null || bar === null) throw new Error("There is no filter bar.");
  const type = (value: string) =>
    act(async () => {
      input.focus();
      fireEvent.change(input, { target: { value } });
    });
  return { bar, input, type, verdict: () => bar.dataset["verdict"] };
}

describe("the filter bar", () => {
  test("says what a text is worth while it is typed, and shows rows on Enter", async () => {
    const { input, type, verdict, bar } = showBar();
    expect(verdict()).toBe("empty");
    await type("frame.number <= 3");
    await until(() => verdict() === "good");
    expect(document().filter.shown).toBe("");
    fireEvent.keyDown(input, { key: "Escape" });
    fireEvent.keyDown(input, { key: "Enter" });
    await until(() => document().filter.shown === "frame.number <= 3");
    expect(bar.querySelector('[role="status"]')?.textContent).toBe(`3 of ${document().frames}`);
    expect(useAnalyzer.getState().settings?.recentFilters[0]).toBe("frame.number <= 3");
  });

  test("underlines the wrong word and says where it is; the rows of before stay", async () => {
    const { bar, input, type, verdict } = showBar();
    await act(() => applyFilter(document().id, "frame.number <= 3"));
    await until(() => document().shown === 3);
    await type("frame.number == 1 && cosem.valu > 2");
    await until(() => verdict() === "wrong");
    expect(bar.querySelector(".filter-bar__fault--error")?.textContent).toBe("cosem.valu");
    // 21 characters stand before the word.
    expect(bar.querySelector(".filter-bar__message")?.textContent).toMatch(/^At 22: /);
    expect(input.getAttribute("aria-invalid")).toBe("true");
    fireEvent.keyDown(input, { key: "Escape" });
    fireEvent.keyDown(input, { key: "Enter" });
    await until(() => verdict() === "wrong");
    expect(document().shown).toBe(3);
    fireEvent.keyDown(input, { key: "Escape" });
    expect(input.value).toBe("frame.number <= 3");
  });

  test("completes a field by keys, named to screen readers", async () => {
    const { bar, input, type } = showBar();
    await type("hdlc.control.typ");
    await until(() => bar.querySelector('[role="option"]') !== null);
    expect(input.getAttribute("aria-expanded")).toBe("true");
    fireEvent.keyDown(input, { key: "ArrowDown" });
    const active = input.getAttribute("aria-activedescendant") ?? "";
    const option = bar.querySelector(`[id="${active}"]`);
    expect(option?.getAttribute("aria-selected")).toBe("true");
    expect(option?.textContent).toContain("hdlc.control.type");
    fireEvent.keyDown(input, { key: "Enter" });
    expect(input.value).toBe("hdlc.control.type ");
    // What comes next: operators.
    await until(() =>
      [...bar.querySelectorAll('[role="option"]')].some(({ textContent }) =>
        textContent?.startsWith("=="),
      ),
    );
  });

  test("takes the character that was typed in the list", async () => {
    const { input } = showBar();
    await act(async () => focusFilter("h"));
    expect(input.value).toBe("h");
    expect(globalThis.document.activeElement).toBe(input);
    expect(input.selectionStart).toBe(1);
  });

  test("follows a filter that is set elsewhere, and clears", async () => {
    const { bar, input } = showBar();
    await act(() => applyFilter(document().id, "frame.number == 2"));
    await until(() => input.value === "frame.number == 2");
    const clear = bar.querySelector('[aria-label="Clear the filter"]');
    if (clear === null) throw new Error("There is nothing to clear with.");
    fireEvent.click(clear);
    await until(() => document().filter.shown === "" && input.value === "");
  });

  test("a filter that is saved again under a name takes the place of the one before", async () => {
    const saved = () => profileOf(useAnalyzer.getState().settings)?.savedFilters ?? [];
    const before = saved().length;
    saveFilter("Mine", "hdlc");
    saveFilter("Mine", "llc");
    expect(saved()).toHaveLength(before + 1);
    expect(saved().at(-1)).toEqual({ name: "Mine", text: "llc" });
    await until(() => saved().at(-1)?.text === "llc");
  });
});
