import type { DocumentState } from "../../analyzer/protocol/index.js";
import { applyFilterFromMenu } from "../filter/filter-actions.js";

const words: Readonly<Record<DocumentState["status"], (name: string) => string>> = {
  loading: (name) => `Reading ${name}…`,
  live: () => "Capturing: no frame has come yet.",
  ready: (name) => `There is no frame in ${name}.`,
  failed: (name) => `${name} could not be read.`,
};

/** Why there is no row; nothing where there are some. */
export function EmptyList({ document }: { readonly document: DocumentState }) {
  const { id, shown, frames, filter, status, fault, name } = document;
  if (shown > 0) return null;
  return (
    <div className="empty-list" role="presentation">
      {status === "failed" && frames === 0 ? (
        <p>{fault ?? `${name} could not be read.`}</p>
      ) : filter.shown !== "" && frames > 0 ? (
        <>
          <p>
            None of {frames.toLocaleString()} frames fits <code>{filter.shown}</code>
          </p>
          <button type="button" onClick={() => applyFilterFromMenu(id, "")}>
            Show all frames
          </button>
        </>
      ) : (
        <p>{words[status](name)}</p>
      )}
    </div>
  );
}
