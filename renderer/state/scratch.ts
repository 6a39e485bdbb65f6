/** The scratch sheet: a text that is decoded while it is typed, and kept while the window is open. */
import { create } from "zustand";

interface ScratchState {
  /** Whether the sheet is looked at in place of the document's list. */
  readonly isShown: boolean;
  readonly text: string;
  /** Its document, once there is one. */
  readonly document: string | null;
}

export const useScratch = create<ScratchState>()(() => ({
  isShown: false,
  text: "",
  document: null,
}));

/** Looks at the sheet; `text` is put into it. */
export function showScratch(text?: string): void {
  useScratch.setState(text === undefined ? { isShown: true } : { isShown: true, text });
}

export function hideScratch(): void {
  useScratch.setState({ isShown: false });
}
