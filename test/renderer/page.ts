/** The page with an engine in the process of the test, and captures open in it. */
import { join } from "node:path";
import { act } from "@testing-library/react";
import {
  type CaptureHost,
  createPortPair,
  type DocumentState,
  type Shell,
} from "../../analyzer/protocol/index.js";
import {
  activeDocument,
  ask,
  connectAnalyzer,
  useAnalyzer,
} from "../../renderer/state/analyzer.js";
import { useSelections } from "../../renderer/state/selection.js";
import { useWindow } from "../../renderer/state/window.js";
import { startOn, TestHost } from "../analyzer/session/engine-client.js";

/** The corpus of real captures, where it is there. */
export const corpus =
  process.env["OBISCOPE_CORPUS"] ?? join(import.meta.dirname, "../../../shared/corpus");
export const samples = join(import.meta.dirname, "../../captures/samples");

/** Gives every element a height: the tests' browser lays nothing out. 420 px are twenty rows. */
export function layOutElements(): void {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", {
    configurable: true,
    get: () => 420,
  });
}

/** Captures are not its own: what is noted about them is kept elsewhere, not beside them. */
class GuestHost extends TestHost {
  override async resolve(source: Parameters<TestHost["resolve"]>[0]) {
    return { ...(await super.resolve(source)), isOwn: false };
  }
}

/** Starts an engine and connects the stores of the page with it. Ends by itself with the test file. */
export async function connectPage(capture?: CaptureHost): Promise<void> {
  layOutElements();
  const host = new GuestHost();
  if (capture !== undefined) host.capture = capture;
  const engine = await startOn(host);
  const shell: Shell = {
    kind: "browser",
    platform: "linux",
    connect: async () => {
      const [mine, theirs] = createPortPair();
      engine.connect(theirs);
      return mine;
    },
    chooseFiles: null,
    chooseRecording: null,
    takeFiles: async () => [],
    listFolder: null,
    save: async () => false,
    setMenu: null,
    onCommand: () => {},
    onOpenFiles: () => {},
    setTitle: () => {},
    setTheme: () => {},
    keepAwake: null,
  };
  void connectAnalyzer(shell);
  await until(() => useAnalyzer.getState().settings !== null);
}

/** Opens a capture alone, and waits until it is read. */
export async function openAlone(path: string): Promise<DocumentState> {
  for (const { id } of useAnalyzer.getState().documents) await ask("close", { document: id });
  await until(() => useAnalyzer.getState().documents.length === 0);
  useSelections.setState({ byDocument: {} });
  useWindow.setState({ notices: [], isFindOpen: false });
  await ask("open", { sources: [{ kind: "path", path }], merge: false, options: {} });
  await untilQuiet();
  return document();
}

/** The document that is looked at. */
export function document(): DocumentState {
  const active = activeDocument();
  if (active === undefined) throw new Error("No document is open.");
  return active;
}

export async function untilQuiet(): Promise<void> {
  await until(() => {
    const active = activeDocument();
    return active?.status === "ready" && active.progress === null && active.filter.pending === null;
  });
}

/** Waits until something is so, and what is rendered follows the stores meanwhile. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (isSo()) return;
    await act(() => new Promise<void>((resolve) => setTimeout(resolve, 10)));
  }
  throw new Error("It did not come about within ten seconds.");
}
