import "./find-bar.css";
import { ArrowDown, ArrowUp, CircleX, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { SearchQuery } from "../../analyzer/protocol/index.js";
import { focusList } from "../list/list-focus.js";
import { useActiveDocument } from "../state/analyzer.js";
import { tellFault, useWindow } from "../state/window.js";
import { outcomeText } from "./find-outcome.js";
import { cancelFind, changeQuery, closeFind, findNext, useFind } from "./find-store.js";

const kinds: readonly {
  readonly id: SearchQuery["kind"];
  readonly label: string;
  readonly hint: string;
}[] = [
  { id: "text", label: "Text", hint: "Words of a row, whatever the case" },
  { id: "hex", label: "Hex", hint: "7e a0 ?? 03, with ?? for any byte" },
  { id: "regex", label: "Regex", hint: "A regular expression over the words of a row" },
  { id: "filter", label: "Filter", hint: "A display filter: cosem.value > 230" },
];

/** Looks for rows, without hiding the others. Nothing while it is closed. */
export function FindBar() {
  const isOpen = useWindow(({ isFindOpen }) => isFindOpen);
  const document = useActiveDocument();
  if (!isOpen || document === undefined) return null;
  return <OpenFindBar document={document.id} />;
}

function OpenFindBar({ document }: { readonly document: string }) {
  const { query, call, searching, outcome, ticks } = useFind();
  const input = useRef<HTMLInputElement>(null);
  const [direction, setDirection] = useState<1 | -1>(1);
  const hint = kinds.find(({ id }) => id === query.kind)?.hint;
  const isWrong = outcome?.kind === "fault";

  // biome-ignore lint/correctness/useExhaustiveDependencies: each call is one, whatever its number.
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [call]);

  function find(to: 1 | -1) {
    setDirection(to);
    findNext(document, to).catch(tellFault);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") find(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      closeFind();
      focusList();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <search className="find-bar" aria-label="Find">
      <ToggleButtonGroup
        className="find-bar__kinds"
        aria-label="What to look for"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[query.kind]}
        onSelectionChange={(keys) => {
          const kind = kinds.find(({ id }) => keys.has(id))?.id;
          if (kind !== undefined) changeQuery({ kind });
          input.current?.focus();
        }}
      >
        {kinds.map(({ id, label }) => (
          <ToggleButton key={id} id={id} className="find-bar__kind">
            {label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <input
        ref={input}
        className={`find-bar__input${query.kind === "text" ? "" : " find-bar__input--exact"}`}
        aria-label="Find"
        aria-invalid={isWrong}
        aria-describedby="find-bar-outcome"
        spellCheck={false}
        autoComplete="off"
        placeholder={hint}
        value={query.text}
        onChange={({ target }) => changeQuery({ text: target.value })}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        className="find-bar__button"
        aria-label="Previous"
        title="Previous (Shift+Enter)"
        disabled={query.text.trim() === ""}
        onClick={() => find(-1)}
      >
        <ArrowUp aria-hidden="true" />
      </button>
      <button
        type="button"
        className="find-bar__button"
        aria-label="Next"
        title="Next (Enter)"
        disabled={query.text.trim() === ""}
        onClick={() => find(1)}
      >
        <ArrowDown aria-hidden="true" />
      </button>
      {searching !== null && searching.done > 0 && (
        <span className="find-bar__progress">
          <progress
            aria-label="Searching"
            value={searching.done}
            max={Math.max(1, searching.total ?? 1)}
          />
          <button type="button" className="find-bar__text-button" onClick={cancelFind}>
            Cancel
          </button>
        </span>
      )}
      <output
        id="find-bar-outcome"
        className={`find-bar__outcome${isWrong ? " find-bar__outcome--fault" : ""}`}
      >
        {isWrong && <CircleX aria-hidden="true" />}
        {outcomeText(outcome, ticks?.hits ?? null, direction)}
      </output>
      <button
        type="button"
        className="find-bar__button"
        aria-label="Close"
        title="Close (Esc)"
        onClick={() => {
          closeFind();
          focusList();
        }}
      >
        <X aria-hidden="true" />
      </button>
    </search>
  );
}
