import "./find-bar.css";
import { ArrowDown, ArrowUp, LoaderCircle, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import type { DocumentState, SearchQuery } from "../../analyzer/protocol/index.js";
import { useWindow } from "../state/window.js";
import { changeQuery, clearFound, findNext, stopFinding, useFindState } from "./find-state.js";

const kinds: readonly (readonly [kind: SearchQuery["kind"], label: string, example: string])[] = [
  ["text", "Text", "a word of the line, a finding or a comment"],
  ["hex", "Bytes", "7e a0 ?? 03"],
  ["regex", "Expression", "^get-.* 1-0:1\\.8"],
  ["filter", "Filter", "latency > 1s"],
];

/** Looks for the next frame that fits. */
export function FindBar({ document }: { readonly document: DocumentState }) {
  const { query, words, hits, isWrong, isLooking } = useFindState();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const close = () => {
    clearFound();
    useWindow.setState({ isFindOpen: false });
  };
  const example = kinds.find(([kind]) => kind === query.kind)?.[2] ?? "";
  return (
    <search className="find-bar" aria-label="Find frames">
      <select
        className="select"
        aria-label="What to look for"
        value={query.kind}
        onChange={({ target }) =>
          changeQuery({ ...query, kind: target.value as SearchQuery["kind"] })
        }
      >
        {kinds.map(([kind, label]) => (
          <option key={kind} value={kind}>
            {label}
          </option>
        ))}
      </select>
      <input
        ref={input}
        className="text-field find-bar__input"
        aria-label="Find"
        aria-invalid={isWrong}
        placeholder={example}
        spellCheck={false}
        value={query.text}
        onChange={({ target }) => changeQuery({ ...query, text: target.value })}
        onKeyDown={(event) => {
          if (event.key === "Enter") void findNext(document.id, event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") close();
          else return;
          event.preventDefault();
        }}
      />
      <Button
        className="icon-button"
        aria-label="Previous hit"
        onPress={() => void findNext(document.id, -1)}
      >
        <ArrowUp size={14} />
      </Button>
      <Button
        className="icon-button"
        aria-label="Next hit"
        onPress={() => void findNext(document.id, 1)}
      >
        <ArrowDown size={14} />
      </Button>
      {isLooking && (
        <>
          <LoaderCircle size={14} className="spinning" aria-hidden="true" />
          <Button className="link-button" onPress={stopFinding}>
            Cancel
          </Button>
        </>
      )}
      <span className="find-bar__words" role="status" data-wrong={isWrong || undefined}>
        {isLooking && words === ""
          ? "Looking…"
          : [hits === null ? "" : `${hits} found.`, words].join(" ")}
      </span>
      <Button className="icon-button" aria-label="Close find" onPress={close}>
        <X size={14} />
      </Button>
    </search>
  );
}
