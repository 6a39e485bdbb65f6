/** What is selected: a frame, and a field or bytes in it; and where one has been before. */
import { create } from "zustand";

/** Bytes of a source of the selected frame. */
export interface ByteRange {
  readonly source: number;
  readonly start: number;
  readonly end: number;
}

/** A field of the tree by the places of it and of those that hold it: `[2, 0, 1]`. */
export type FieldPath = readonly number[];

export interface Selection {
  /** Number of the frame that is looked at; null for none. */
  readonly frame: number | null;
  /** Nobody has chosen the frame: it is the first row, which is looked at until somebody does. */
  readonly byItself: boolean;
  /** All that are selected in the list, ascending; the frame that is looked at among them. */
  readonly frames: readonly number[];
  readonly field: FieldPath | null;
  /** Under the pointer, in the tree or in the bytes. */
  readonly hovered: FieldPath | null;
  readonly bytes: ByteRange | null;
  readonly past: readonly number[];
  readonly future: readonly number[];
}

const none: Selection = {
  frame: null,
  byItself: false,
  frames: [],
  field: null,
  hovered: null,
  bytes: null,
  past: [],
  future: [],
};

interface Selections {
  readonly byDocument: Readonly<Record<string, Selection>>;
}

export const useSelections = create<Selections>()(() => ({ byDocument: {} }));

/** What is selected in a document. */
export function useSelection(document: string | undefined): Selection {
  return useSelections(({ byDocument }) =>
    document === undefined ? none : (byDocument[document] ?? none),
  );
}

/** The same, outside of components. */
export function selectionOf(document: string): Selection {
  return useSelections.getState().byDocument[document] ?? none;
}

function change(document: string, next: (selection: Selection) => Partial<Selection>): void {
  useSelections.setState(({ byDocument }) => {
    const before = byDocument[document] ?? none;
    return { byDocument: { ...byDocument, [document]: { ...before, ...next(before) } } };
  });
}

const rememberedFrames = 100;

/**
 * Looks at another frame. `isJump`: from elsewhere than the neighbouring row, so that one can go back.
 * `frames`: what is selected with it. `byItself`: it is nobody's choice.
 */
export function selectFrame(
  document: string,
  frame: number,
  {
    isJump = false,
    frames = [frame],
    byItself = false,
  }: { isJump?: boolean; frames?: readonly number[]; byItself?: boolean } = {},
): void {
  change(document, ({ frame: before, past }) => ({
    frame,
    byItself,
    frames,
    field: frame === before ? selectionOf(document).field : null,
    hovered: null,
    bytes: frame === before ? selectionOf(document).bytes : null,
    ...(isJump && before !== null && before !== frame
      ? { past: [...past.slice(-rememberedFrames), before], future: [] }
      : {}),
  }));
}

/** Selects a field, its bytes lit with it; null for none. */
export function selectField(
  document: string,
  field: FieldPath | null,
  bytes: ByteRange | null,
): void {
  change(document, () => ({ field, bytes, byItself: false }));
}

/**
 * The frame that steps and searches go on from; 0 for none, so that they begin with the first row. The
 * same where nobody has chosen the frame: what is looked for may be that one.
 */
export function searchStart(document: string): number {
  const { frame, byItself } = selectionOf(document);
  return byItself ? 0 : (frame ?? 0);
}

export function hoverField(document: string, hovered: FieldPath | null): void {
  if (selectionOf(document).hovered === hovered) return;
  change(document, () => ({ hovered }));
}

/** Back to the frame of before the last jump; false where there is none. */
export function goBack(document: string): boolean {
  const { past, frame, future } = selectionOf(document);
  const target = past.at(-1);
  if (target === undefined) return false;
  selectFrame(document, target);
  change(document, () => ({
    past: past.slice(0, -1),
    future: frame === null ? future : [frame, ...future],
  }));
  return true;
}

export function goForward(document: string): boolean {
  const { past, frame, future } = selectionOf(document);
  const [target, ...rest] = future;
  if (target === undefined) return false;
  selectFrame(document, target);
  change(document, () => ({ past: frame === null ? past : [...past, frame], future: rest }));
  return true;
}

export function forgetDocument(document: string): void {
  useSelections.setState(({ byDocument }) => {
    const { [document]: _, ...others } = byDocument;
    return { byDocument: others };
  });
}
