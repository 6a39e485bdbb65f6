// @vitest-environment happy-dom
import { join } from "node:path";
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { FindBar } from "../../../renderer/find/find-bar.js";
import { changeQuery, openFind, useFind, useFindTicks } from "../../../renderer/find/find-store.js";
import { useActiveDocument } from "../../../renderer/state/analyzer.js";
import { selectFrame, selectionOf } from "../../../renderer/state/selection.js";
import { useWindow } from "../../../renderer/state/window.js";
import { connectPage, document, openAlone, samples, until } from "../page.js";

beforeAll(() => connectPage());
beforeEach(async () => {
  await openAlone(join(samples, "hdlc-session.txt"));
  changeQuery({ kind: "text", text: "" });
  openFind();
});
afterEach(cleanup);

const selected = () => selectionOf(document().id).frame;

const pieces = 50;

/** The bar, and the scroll bar's part in it: it counts the hits. */
function Finding() {
  const active = useActiveDocument();
  return (
    <>
      <FindBar />
      {active !== undefined && <Counting />}
    </>
  );
}

function Counting() {
  const ticks = useFindTicks(document(), pieces);
  return <span data-testid="ticks">{ticks.join(" ")}</span>;
}

function showBar() {
  const { container, getByTestId } = render(<Finding />);
  const input = container.querySelector<HTMLInputElement>(".find-bar__input");
  if (input === null) throw new Error("There is no find bar.");
  const outcome = () => container.querySelector(".find-bar__outcome")?.textContent ?? "";
  const find = async (text: string) => {
    await act(async () => {
      fireEvent.change(input, { target: { value: text } });
    });
    fireEvent.keyDown(input, { key: "Enter" });
    await until(() => useFind.getState().searching === null);
  };
  return { container, input, outcome, find, ticks: () => getByTestId("ticks").textContent };
}

describe("the find bar", () => {
  test("goes to the next row with the text, round at the end, and says so", async () => {
    const { find, outcome, input } = showBar();
    // The session has one SNRM, in its first frame.
    await find("snrm");
    expect(selected()).toBe(1);
    await until(() => useFind.getState().ticks !== null);
    expect(outcome()).toBe("1 row");
    act(() => selectFrame(document().id, 3));
    fireEvent.keyDown(input, { key: "Enter" });
    await until(() => selected() === 1);
    expect(outcome()).toBe("1 row, gone on from the beginning");
    fireEvent.keyDown(input, { key: "Enter", shiftKey: true });
    await until(() => outcome() === "1 row, the only one");
  });

  test("shows in which pieces of the list there are hits", async () => {
    const { find, ticks } = showBar();
    changeQuery({ kind: "filter" });
    await find("frame.number == 1");
    await until(() => ticks() === "0");
  });

  test("finds bytes, any of them at ??", async () => {
    const { find, outcome } = showBar();
    act(() => changeQuery({ kind: "hex" }));
    // Every HDLC frame begins with a flag and format type 3: 7e a?.
    await find("7e ?? ??");
    expect(selected()).toBe(1);
    await find("7e a");
    expect(outcome()).toContain("pairs of hex digits");
    await find("ff ff ff ff ff ff ff ff ff ff");
    expect(outcome()).toBe("No row that is shown has it");
  });

  test("a wrong expression is said in words", async () => {
    const { find, outcome, input } = showBar();
    act(() => changeQuery({ kind: "regex" }));
    await find("(");
    expect(outcome()).toMatch(/regular expression/);
    expect(input.getAttribute("aria-invalid")).toBe("true");
  });

  test("closes on Escape, and its ticks with it", async () => {
    const { find, input, container, ticks } = showBar();
    await find("snrm");
    await until(() => ticks() !== "");
    fireEvent.keyDown(input, { key: "Escape" });
    expect(useWindow.getState().isFindOpen).toBe(false);
    expect(container.querySelector(".find-bar")).toBeNull();
    expect(ticks()).toBe("");
  });
});
