/** What the window shows beside the document: docks, dialogs, words for the user. */
import { create } from "zustand";

/** Panels under the list and the tree. */
export type Dock = "problems" | "conversations" | "explain" | "text";
export type Dialog =
  | "keys"
  | "key-file"
  | "settings"
  | "columns"
  | "colour-rules"
  | "decode-as"
  | "comment"
  | "export"
  | "palette"
  | "about"
  | "shortcuts"
  | "go-to-frame"
  | "open-folder"
  | "capture"
  | "close-capture";

/** Something that the user should read; it stays until it is dismissed or replaced. */
export interface Notice {
  readonly id: number;
  readonly severity: "info" | "error";
  readonly text: string;
  /** A way on: `Undo`. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface WindowState {
  readonly dock: Dock | null;
  readonly dialog: Dialog | null;
  readonly isFindOpen: boolean;
  /** The page asks for files by itself, since the shell has no dialog. */
  readonly isChoosing: boolean;
  /** What the explain panel speaks of: a field, a diagnostic, an OBIS code; null: the selected field. */
  readonly topic: string | null;
  readonly notices: readonly Notice[];
}

export const useWindow = create<WindowState>()(() => ({
  dock: null,
  dialog: null,
  isFindOpen: false,
  isChoosing: false,
  topic: null,
  notices: [],
}));

export const openDialog = (dialog: Dialog): void => useWindow.setState({ dialog });
export const closeDialog = (): void => useWindow.setState({ dialog: null });
export const openDock = (dock: Dock | null): void => useWindow.setState({ dock });

/** Opens a dock, or closes it where it is open. */
export function toggleDock(dock: Dock): void {
  useWindow.setState((state) => ({ dock: state.dock === dock ? null : dock }));
}

/** Explains a topic in the explain panel. */
export function explainTopic(topic: string): void {
  useWindow.setState({ dock: "explain", topic });
}

let nextNotice = 1;

/** Tells the user something. */
export function tell(
  text: string,
  severity: Notice["severity"] = "info",
  action?: Notice["action"],
): void {
  const notice: Notice = {
    id: nextNotice,
    severity,
    text,
    ...(action === undefined ? {} : { action }),
  };
  nextNotice += 1;
  useWindow.setState(({ notices }) => ({
    notices: [...notices.filter((one) => one.text !== text).slice(-3), notice],
  }));
}

/** Tells what went wrong; what the user has cancelled is no news. */
export function tellFault(error: unknown): void {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "cancelled" || code === "restarted") return;
  tell(error instanceof Error ? error.message : String(error), "error");
}

export function dismiss(id: number): void {
  useWindow.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
