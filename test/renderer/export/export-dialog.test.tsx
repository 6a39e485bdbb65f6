// @vitest-environment happy-dom
import { join } from "node:path";
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Shell } from "../../../analyzer/protocol/index.js";
import { Dialogs } from "../../../renderer/app/dialogs.js";
import { fileCommands } from "../../../renderer/commands/file-commands.js";
import { applyFilter } from "../../../renderer/filter/filter-actions.js";
import { selectFrame, selectionOf } from "../../../renderer/state/selection.js";
import { useWindow } from "../../../renderer/state/window.js";
import { connectPage, document, openAlone, samples, until, untilQuiet } from "../page.js";

const save = vi.fn<Shell["save"]>();

beforeAll(async () => {
  await connectPage();
  vi.stubGlobal("obiscopeShell", { save });
});
beforeEach(async () => {
  save.mockReset().mockResolvedValue(true);
  await openAlone(join(samples, "hdlc-session.txt"));
});
afterEach(() => {
  cleanup();
  useWindow.setState({ dialog: null });
});

/** Opens the dialog as menus and shortcuts do. */
async function openExport() {
  const command = fileCommands.find(({ id }) => id === "file.export");
  const context = { document: document(), selection: selectionOf(document().id) };
  expect(command?.isEnabled(context)).toBe(true);
  const { getByRole, findByRole, queryByRole } = render(<Dialogs />);
  await act(async () => command?.run(context));
  await findByRole("dialog");
  const radio = (name: RegExp) => getByRole("radio", { name }) as HTMLInputElement;
  const run = async () => {
    await act(async () => fireEvent.click(getByRole("button", { name: "Export" })));
  };
  return { radio, run, getByRole, queryByRole };
}

const notices = () => useWindow.getState().notices.map(({ text }) => text);

describe("the export dialog", () => {
  test("offers what is shown first, and hands the file to the shell", async () => {
    const { radio, run, queryByRole } = await openExport();
    expect(radio(/^All frames/).checked).toBe(true);
    expect(radio(/^Marked/).disabled).toBe(true);
    expect(radio(/^HTML/).checked).toBe(true);
    await run();
    await until(() => useWindow.getState().dialog === null);
    expect(save).toHaveBeenCalledWith(expect.any(String), "hdlc-session.html");
    expect(notices()).toEqual(["Exported 14 frames: hdlc-session.html"]);
    expect(queryByRole("dialog")).toBe(null);
  });

  test("exports what is selected, in the format that is chosen", async () => {
    await act(async () => selectFrame(document().id, 5, { frames: [5, 6, 8] }));
    const { radio, run } = await openExport();
    expect(radio(/^Selected/).checked).toBe(true);
    fireEvent.click(radio(/^CSV/));
    await run();
    await until(() => save.mock.calls.length > 0);
    expect(save).toHaveBeenCalledWith(expect.any(String), "hdlc-session.csv");
    await until(() => notices().length > 0);
    expect(notices()).toEqual(["Exported 3 frames: hdlc-session.csv"]);
  });

  test("counts what a filter shows; says nothing when the user thinks better of it", async () => {
    await act(() => applyFilter(document().id, "hdlc.control.send-sequence == 1"));
    await until(() => document().shown === 4);
    await untilQuiet();
    save.mockResolvedValue(false);
    const { radio, run } = await openExport();
    expect(radio(/^Frames that the filter shows 4/).checked).toBe(true);
    await run();
    await until(() => useWindow.getState().dialog === null);
    expect(save).toHaveBeenCalled();
    expect(notices()).toEqual([]);
  });

  test("shows what went wrong, and stays", async () => {
    save.mockRejectedValue(new Error("/mnt/full.html cannot be written (ENOSPC)."));
    const { run, getByRole } = await openExport();
    await run();
    await until(() => getByRole("status").textContent?.includes("ENOSPC") === true);
    expect(getByRole("status").textContent).toBe("/mnt/full.html cannot be written (ENOSPC).");
    expect(useWindow.getState().dialog).toBe("export");
  });
});
