import "./hex-view.css";
import { useEffect, useState } from "react";
import type { DocumentState, FrameDetail } from "../../analyzer/protocol/index.js";
import { useSelection } from "../state/selection.js";
import { ByteGrid } from "./byte-grid.js";
import { nodeAt, sourceTitle } from "./byte-links.js";

/** The bytes of a frame, and of what was made from them. */
export function HexView({
  document,
  detail,
}: {
  readonly document: DocumentState;
  readonly detail: FrameDetail;
}) {
  const { id } = document;
  const { sources, tree } = detail;
  const { field, hovered, bytes: selected } = useSelection(id);
  const [tab, setTab] = useState(0);
  // What is selected elsewhere brings its source forward.
  useEffect(() => {
    if (selected !== null) setTab(selected.source);
  }, [selected]);
  const source = sources[tab] ?? sources[0];
  const hoveredNode = hovered === null ? undefined : nodeAt(tree, hovered);
  if (source === undefined) return null;
  return (
    <div className="hex-view">
      {sources.length > 1 && (
        <div className="hex-view__tabs" role="tablist" aria-label="Bytes">
          {sources.map((one) => (
            <button
              key={one.id}
              type="button"
              role="tab"
              id={`bytes-tab-${one.id}`}
              aria-selected={one.id === source.id}
              aria-controls="bytes"
              tabIndex={one.id === source.id ? 0 : -1}
              className="hex-view__tab"
              data-kind={one.kind}
              onClick={() => setTab(one.id)}
              onKeyDown={(event) => {
                const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
                if (step === 0) return;
                const next = (one.id + step + sources.length) % sources.length;
                setTab(next);
                window.document.getElementById(`bytes-tab-${next}`)?.focus();
              }}
            >
              {sourceTitle(one)} <span className="hex-view__count">{one.bytes.length / 2}</span>
              {hoveredNode?.source === one.id && one.id !== source.id && (
                <span className="hex-view__dot" title="the field stands here" />
              )}
            </button>
          ))}
        </div>
      )}
      <ByteGrid
        key={`${detail.row.number} ${source.id}`}
        detail={detail}
        source={source.id}
        selected={selected}
        hovered={hovered}
        field={field}
        document={id}
      />
    </div>
  );
}
