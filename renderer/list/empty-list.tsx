import type { DocumentState } from "../../analyzer/protocol/index.js";
import { isOfCapture } from "../capture/close-document.js";
import { applyFilterFromMenu } from "../filter/filter-actions.js";
import { useAnalyzer } from "../state/analyzer.js";

const words: Readonly<Record<Exclude<DocumentState["status"], "live">, (name: string) => string>> =
  {
    loading: (name) => `Reading ${name}…`,
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
      ) : status === "live" ? (
        <Listening document={document} />
      ) : (
        <p>{words[status](name)}</p>
      )}
    </div>
  );
}

/** So many bytes hold a frame on most lines: where none is found in them, something is wrong. */
const manyBytes = 256;

function Listening({ document }: { readonly document: DocumentState }) {
  const bytes = useAnalyzer(({ capture }) =>
    capture !== null && isOfCapture(document, capture) ? capture.total.bytes : 0,
  );
  if (bytes < manyBytes) return <p>Capturing: no frame has come yet.</p>;
  return (
    <>
      <p>Capturing: {bytes.toLocaleString()} bytes have come, and no frame among them yet.</p>
      <p>If it stays so, the speed or the character format is wrong, or this is no DLMS.</p>
    </>
  );
}
