import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { closeDocument } from "../capture/close-document.js";
import { activate } from "../state/analyzer.js";
import { tellFault } from "../state/window.js";

/** The open documents. */
export function DocumentTabs({
  documents,
  active,
}: {
  readonly documents: readonly DocumentState[];
  readonly active: string | null;
}) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is to be seen then.
  useEffect(() => {
    const chosen = list.current?.querySelector('[aria-selected="true"]');
    chosen?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active, documents.length]);
  return (
    <nav className="tabs" aria-label="Open captures">
      <div ref={list} className="tabs__list" role="tablist" aria-label="Captures">
        {documents.map((document, place) => (
          <button
            key={document.id}
            type="button"
            role="tab"
            id={`document-${document.id}`}
            aria-selected={document.id === active}
            aria-controls="document"
            tabIndex={document.id === active ? 0 : -1}
            className="tabs__tab"
            title={document.name}
            onClick={() => activate(document.id)}
            onKeyDown={(event) => {
              const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
              const next = documents[(place + step + documents.length) % documents.length]?.id;
              if (event.key === "Delete") closeDocument(document).catch(tellFault);
              if (step === 0 || next === undefined) return;
              activate(next);
              requestAnimationFrame(() =>
                window.document.getElementById(`document-${next}`)?.focus(),
              );
            }}
          >
            {document.status === "live" && (
              <span
                className="tabs__live"
                role="img"
                aria-label="live: "
                title="Rows come as they are captured"
              />
            )}
            <span className="tabs__name">{document.name}</span>
            {document.severities.error > 0 && (
              <span className="tabs__errors" title="frames with errors">
                {document.severities.error}
              </span>
            )}
          </button>
        ))}
      </div>
      {active !== null && (
        <button
          type="button"
          className="icon-button"
          aria-label="Close the capture"
          onClick={() => {
            const document = documents.find(({ id }) => id === active);
            if (document !== undefined) closeDocument(document).catch(tellFault);
          }}
        >
          <X size={13} />
        </button>
      )}
    </nav>
  );
}
