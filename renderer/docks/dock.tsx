import "./dock.css";
import { X } from "lucide-react";
import { Button } from "react-aria-components";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { type Dock as DockName, openDock } from "../state/window.js";
import { FrameTextPanel } from "../viewer/frame-text-panel.js";
import { ConversationsPanel } from "./conversations-panel.js";
import { ExplainPanel } from "./explain-panel.js";
import { ProblemsPanel } from "./problems-panel.js";

const docks: readonly (readonly [name: DockName, title: string])[] = [
  ["problems", "Problems"],
  ["conversations", "Conversations"],
  ["explain", "Explain"],
  ["text", "JSON and XML"],
];

/** The panel below: one of several, chosen by its tab. */
export function Dock({
  document,
  dock,
}: {
  readonly document: DocumentState;
  readonly dock: DockName;
}) {
  return (
    <section className="dock" aria-label="Panels">
      <div className="dock__head">
        <div className="dock__tabs" role="tablist" aria-label="Panels">
          {docks.map(([name, title], place) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`dock-${name}`}
              aria-selected={name === dock}
              aria-controls="dock-body"
              tabIndex={name === dock ? 0 : -1}
              className="dock__tab"
              onClick={() => openDock(name)}
              onKeyDown={(event) => {
                const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
                const next = docks[(place + step + docks.length) % docks.length]?.[0];
                if (step === 0 || next === undefined) return;
                openDock(next);
                requestAnimationFrame(() =>
                  window.document.getElementById(`dock-${next}`)?.focus(),
                );
              }}
            >
              {title}
            </button>
          ))}
        </div>
        <span className="dock__gap" />
        <Button className="icon-button" aria-label="Close the panel" onPress={() => openDock(null)}>
          <X size={14} />
        </Button>
      </div>
      <div className="dock__body" id="dock-body" role="tabpanel" aria-labelledby={`dock-${dock}`}>
        {dock === "problems" && <ProblemsPanel key={document.id} document={document} />}
        {dock === "conversations" && <ConversationsPanel key={document.id} document={document} />}
        {dock === "explain" && <ExplainPanel key={document.id} document={document} />}
        {dock === "text" && <FrameTextPanel key={document.id} document={document} />}
      </div>
    </section>
  );
}
