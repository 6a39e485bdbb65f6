// @vitest-environment happy-dom
import { join } from "node:path";
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Dock } from "../../../renderer/docks/dock.js";
import { ask, useActiveDocument } from "../../../renderer/state/analyzer.js";
import { useDetailLoading, useFrameDetail } from "../../../renderer/state/frame-detail.js";
import { selectFrame, selectionOf } from "../../../renderer/state/selection.js";
import { useWindow } from "../../../renderer/state/window.js";
import { connectPage, document, openAlone, samples, until, untilQuiet } from "../page.js";

beforeAll(connectPage);
beforeEach(async () => {
  useWindow.setState({ dock: "problems", topic: null });
  await openAlone(join(samples, "hdlc-session.txt"));
});
afterEach(cleanup);

function Docks() {
  const active = useActiveDocument();
  const dock = useWindow((state) => state.dock);
  useDetailLoading();
  return active === undefined || dock === null ? null : <Dock document={active} dock={dock} />;
}

function showDock() {
  const { container } = render(<Docks />);
  const all = (role: string) => [...container.querySelectorAll<HTMLElement>(role)];
  const button = (text: string | RegExp) => {
    const found = all("button").find(({ textContent }) => {
      const label = textContent?.trim() ?? "";
      return typeof text === "string" ? label === text : text.test(label);
    });
    if (found === undefined) throw new Error(`There is no button ${text}.`);
    return found;
  };
  const says = (text: string | RegExp) =>
    until(() => {
      const { textContent } = container;
      return typeof text === "string"
        ? textContent?.includes(text) === true
        : text.test(textContent ?? "");
    });
  return { container, all, button, says };
}

const selected = () => selectionOf(document().id).frame;

describe("the problems panel", () => {
  test("shows the worst first, leads to its frames, and limits the list to them", async () => {
    const { all, button, says } = showDock();
    await says("hdlc.fcs-mismatch");
    const [worst] = all(".problems__group");
    expect(worst?.dataset["severity"]).toBe("error");
    // The checksum of frame 6 is wrong: the sample plants it.
    fireEvent.click(button("first: 6"));
    await until(() => selected() === 6);
    fireEvent.click(button(/frame check sequence/i));
    await says(/IEC 62056-46/);
    const only = all(".problems__group")
      .find(({ textContent }) => textContent?.includes("hdlc.fcs-mismatch"))
      ?.querySelector<HTMLElement>("[aria-pressed]");
    if (only === null || only === undefined) throw new Error("The list cannot be limited.");
    fireEvent.click(only);
    await until(() => document().filter.shown === 'diag.code == "hdlc.fcs-mismatch"');
    await untilQuiet();
    expect(document().shown).toBe(1);
    await until(() => only.getAttribute("aria-pressed") === "true");
    fireEvent.click(only);
    await until(() => document().filter.shown === "");
  });

  test("says why a frame cannot be gone to", async () => {
    useWindow.setState({ notices: [] });
    const { button, says } = showDock();
    await says("hdlc.fcs-mismatch");
    // Another window closes the capture in the moment in which the button is pressed.
    const closing = ask("close", { document: document().id });
    fireEvent.click(button("first: 6"));
    await closing;
    await until(() => useWindow.getState().notices.length > 0);
    const { notices } = useWindow.getState();
    expect(notices).toMatchObject([
      { severity: "error", text: "The capture is not open any more." },
    ]);
  });
});

describe("the conversations panel", () => {
  test("shows who speaks to whom, and leads to the frames of the association", async () => {
    useWindow.setState({ dock: "conversations" });
    const { all, button, says } = showDock();
    await until(() => all("tbody tr").length === 1);
    // Client 16 (0x21) speaks to server 1/17 (0x02 0x23). Frames 3 and 4 are AARQ and AARE.
    const [line] = all("tbody tr");
    const cells = [...(line?.querySelectorAll("td") ?? [])].map(({ textContent }) => textContent);
    expect(cells[1]).toContain("16");
    expect(cells[2]).toContain("17");
    expect(cells[5]).toBe("14");
    fireEvent.click(button("0"));
    await says("AARE 4");
    fireEvent.click(button("AARQ 3"));
    await until(() => selected() === 3);
    fireEvent.click(button("last"));
    await until(() => selected() === 14);
    fireEvent.click(button("follow"));
    await until(() => document().filter.shown === "conversation == 0");
  });
});

describe("the explain panel", () => {
  test("explains the finding of the frame, then what is looked for, and goes back", async () => {
    useWindow.setState({ dock: "explain" });
    const { container, says, button } = showDock();
    await says("Select a frame");
    act(() => selectFrame(document().id, 6));
    await until(() => useFrameDetail.getState().detail?.row.number === 6);
    await says("Found in frame 6");
    await says("hdlc.fcs-mismatch");
    const search = container.querySelector("input");
    const form = container.querySelector("form");
    if (search === null || form === null) throw new Error("There is nothing to type into.");
    fireEvent.change(search, { target: { value: "1-0:1.8.0*255" } });
    fireEvent.submit(form);
    await says(/Active energy import/);
    fireEvent.change(search, { target: { value: "hdlc.fsc" } });
    fireEvent.submit(form);
    await says("Nothing is known of “hdlc.fsc”");
    const back = container.querySelector<HTMLElement>('[aria-label="Back"]');
    if (back === null) throw new Error("There is no way back.");
    fireEvent.click(back);
    await says(/Active energy import/);
    expect(button("Explain")).toBeDefined();
  });
});
