/** The selected frame with its tree, fetched when the selection or the rows change. */
import { useEffect } from "react";
import { create } from "zustand";
import { type FrameDetail, ProtocolError } from "../../analyzer/protocol/index.js";
import { ask, useActiveDocument } from "./analyzer.js";
import { useSelection } from "./selection.js";

interface DetailState {
  readonly document: string | null;
  /** The frame before stays until the next one is here, so that nothing flickers. */
  readonly detail: FrameDetail | null;
  readonly fault: string | null;
}

export const useFrameDetail = create<DetailState>()(() => ({
  document: null,
  detail: null,
  fault: null,
}));

/** Keeps the detail in step with the selection. One component of the window calls it. */
export function useDetailLoading(): void {
  const document = useActiveDocument();
  const id = document?.id;
  const generation = document?.generation;
  const { frame } = useSelection(id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows of the same frame are news.
  useEffect(() => {
    if (id === undefined || frame === null) {
      useFrameDetail.setState({ document: id ?? null, detail: null, fault: null });
      return;
    }
    // What is selected in this document are no places in the tree of another one.
    if (useFrameDetail.getState().document !== id)
      useFrameDetail.setState({ document: id, detail: null, fault: null });
    const abort = new AbortController();
    ask("frame", { document: id, number: frame }, { signal: abort.signal }).then(
      (detail) => useFrameDetail.setState({ document: id, detail, fault: null }),
      (error: unknown) => {
        if (error instanceof ProtocolError && error.code === "cancelled") return;
        const fault = error instanceof Error ? error.message : String(error);
        useFrameDetail.setState({ document: id, detail: null, fault });
      },
    );
    return () => abort.abort();
  }, [id, frame, generation]);
}
