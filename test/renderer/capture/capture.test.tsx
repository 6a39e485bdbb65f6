// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import {
  type CaptureRequest,
  type CaptureState,
  ProtocolError,
} from "../../../analyzer/protocol/index.js";
import { CaptureDialog } from "../../../renderer/capture/capture-dialog.js";
import { closeDocument } from "../../../renderer/capture/close-document.js";
import { FollowPill } from "../../../renderer/capture/follow-pill.js";
import { LineMonitor } from "../../../renderer/capture/line-monitor.js";
import { UnfinishedRecordings } from "../../../renderer/capture/unfinished-recordings.js";
import { useCaptureNews } from "../../../renderer/capture/use-capture-news.js";
import { changeListView, scrollTo } from "../../../renderer/list/list-view.js";
import { useAnalyzer } from "../../../renderer/state/analyzer.js";
import { useWindow } from "../../../renderer/state/window.js";
import { noCapture } from "../../analyzer/host/no-capture.js";
import { growingDocument } from "../growing-document.js";
import { connectPage, until } from "../page.js";

const started: CaptureRequest[] = [];
const dismissed: string[] = [];
let refusal = "";

const keepAwake = vi.fn();

beforeAll(async () => {
  await connectPage({
    ...noCapture(),
    ports: async () => ({
      ports: [
        { path: "/dev/ttyUSB0", description: "FTDI FT232R" },
        { path: "/dev/ttyUSB1", description: null },
      ],
      note: null,
      folder: "/home/me/recordings",
    }),
    start: async (request) => {
      started.push(request);
      throw new ProtocolError({ code: "cannot-capture", message: refusal });
    },
    unfinished: async () => [
      { path: "/r/night.pcapng", files: [], name: "night.pcapng", size: 7, since: null },
    ],
    dismiss: async (path) => void dismissed.push(path),
  });
  vi.stubGlobal("obiscopeShell", { platform: "linux", chooseRecording: null, keepAwake });
});
beforeEach(() => started.splice(0));
afterEach(() => {
  cleanup();
  act(() => {
    useAnalyzer.setState({ capture: null });
    useWindow.setState({ notices: [], dialog: null });
  });
});

const running: CaptureState = {
  id: 1,
  phase: "open",
  severity: "information",
  message: "Listening on /dev/ttyUSB0.",
  line: "/dev/ttyUSB0 (Serial line, 9600 8N1)",
  file: "/r/capture-1.pcapng",
  isRecorded: true,
  since: 0,
  total: { bytes: 123_456, packets: 900, errors: 2 },
  perSecond: { bytes: 1152, packets: 9, errors: 0 },
  request: { tap: { kind: "serial", port: "/dev/ttyUSB0" }, file: null, ring: null },
};
const tell = (change: Partial<CaptureState>) =>
  act(() => useAnalyzer.setState({ capture: { ...running, ...change } }));

const live = growingDocument(100, {
  name: "capture-1.pcapng",
  sources: [{ kind: "path", path: "/r/capture-1.pcapng" }],
  status: "live",
});

test("the dialog offers the ports that there are, and says what is missing and what was refused", async () => {
  render(<CaptureDialog />);
  await until(() => screen.queryByRole("option", { name: "/dev/ttyUSB0 – FTDI FT232R" }) !== null);
  expect(screen.getByText("/home/me/recordings")).toBeDefined();
  const start = screen.getByRole("button", { name: "Start" });
  fireEvent.click(start);
  expect(screen.getByText("Choose the port of the line.")).toBeDefined();
  expect(started).toEqual([]);

  refusal = "/dev/ttyUSB0 may not be opened: add yourself to the group dialout.";
  fireEvent.change(screen.getByRole("combobox", { name: "Port" }), {
    target: { value: "/dev/ttyUSB0" },
  });
  expect(screen.queryByText("Choose the port of the line.")).toBeNull();
  fireEvent.change(screen.getByRole("combobox", { name: "Line" }), {
    target: { value: "optical" },
  });
  expect(screen.getByText(/^Begins as IEC 62056-21/)).toBeDefined();
  fireEvent.click(start);
  await until(() => screen.queryByText(refusal) !== null);
  expect(started).toEqual([
    { tap: { kind: "serial", port: "/dev/ttyUSB0", preset: "optical" }, file: null, ring: null },
  ]);
  // What was chosen is there the next time.
  cleanup();
  render(<CaptureDialog />);
  const port = () => screen.getByRole<HTMLSelectElement>("combobox", { name: "Port" });
  await until(() => port().value === "/dev/ttyUSB0");
  expect(screen.getByRole<HTMLSelectElement>("combobox", { name: "Line" }).value).toBe("optical");
});

test("the status bar says how the line is: in figures, and in words where it is not well", () => {
  const { container } = render(<LineMonitor />);
  expect(container.textContent).toBe("");
  tell({});
  expect(container.textContent).toContain(
    "Capturing/dev/ttyUSB01.2 kB/s0 errors/scapture-1.pcapng",
  );
  expect(screen.getByRole("button").title).toContain("123 kB, 2 line errors");
  const gone = "Port /dev/ttyUSB0 went away; it is opened again as soon as it is back.";
  tell({ phase: "waiting", severity: "warning", message: gone });
  expect(screen.getByRole("status").textContent).toBe(`Waiting${gone}`);
  tell({ phase: "ended", message: "The capture was stopped." });
  expect(container.textContent).toBe("Capture stoppedcapture-1.pcapng");
});

function News() {
  useCaptureNews();
  return null;
}

test("a capture that fails says so once, and the computer is awake as long as one runs", () => {
  render(<News />);
  tell({});
  expect(keepAwake.mock.lastCall).toEqual([true]);
  const message = "The disk is full; make room, then record again.";
  tell({ phase: "ended", severity: "error", message });
  tell({ phase: "ended", severity: "error", message });
  expect(useWindow.getState().notices).toMatchObject([{ text: message, severity: "error" }]);
  expect(keepAwake.mock.lastCall).toEqual([false]);
  // One that a person has stopped is no news.
  tell({ id: 2 });
  tell({ id: 2, phase: "ended" });
  expect(useWindow.getState().notices).toHaveLength(1);
});

test("the pill counts what came since the list stopped following, and leads back", () => {
  const extent = (rows: number) => ({ rows, rowHeight: 21, height: 420 });
  act(() => changeListView("live", { extent: extent(100), top: 80 * 21 }));
  const { rerender } = render(<FollowPill document={live} />);
  expect(screen.queryByRole("button")).toBeNull();
  act(() => scrollTo("live", 70 * 21));
  expect(screen.getByRole("button").textContent).toBe("Paused");
  const grow = (shown: number) => {
    act(() => changeListView("live", { extent: extent(shown) }));
    rerender(<FollowPill document={{ ...live, frames: shown, shown }} />);
  };
  grow(101);
  expect(screen.getByRole("button").textContent).toBe("1 new frame");
  grow(1334);
  expect(screen.getByRole("button").textContent).toBe("1,234 new frames");
  fireEvent.click(screen.getByRole("button"));
  expect(screen.queryByRole("button")).toBeNull();
  act(() => scrollTo("live", 0));
  expect(screen.getByRole("button").textContent).toBe("Paused");
});

test("a recording that was cut off is offered until one says no", async () => {
  render(<UnfinishedRecordings />);
  await until(() => screen.queryByText(/night\.pcapng was cut off/) !== null);
  fireEvent.click(screen.getByRole("button", { name: "Do not show it again" }));
  await until(() => dismissed.length > 0);
  expect(dismissed).toEqual(["/r/night.pcapng"]);
  expect(screen.queryByText(/night\.pcapng/)).toBeNull();
});

test("closing asks where the capture runs, and only for its own document", async () => {
  tell({});
  await closeDocument(live);
  expect(useWindow.getState().dialog).toBe("close-capture");
  useWindow.setState({ dialog: null });
  // The engine of the test has neither: that it is asked is seen by what it answers.
  const other = { ...live, id: "other", sources: [] };
  await expect(closeDocument(other)).rejects.toMatchObject({ code: "no-such-document" });
  tell({ phase: "ended" });
  await expect(closeDocument(live)).rejects.toMatchObject({ code: "no-such-document" });
  expect(useWindow.getState().dialog).toBeNull();
});
