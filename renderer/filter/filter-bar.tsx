import "./filter-bar.css";
import { AlertTriangle, ArrowRight, CircleCheck, CircleX, ListFilter, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { focusList } from "../list/list-focus.js";
import { useActiveDocument } from "../state/analyzer.js";
import { CompletionList, completionId } from "./completion-list.js";
import { cancelFilter, useFilterCall } from "./filter-actions.js";
import {
  isPopupShown,
  messageOf,
  underlined,
  type Verdict,
  verdictOf,
  verdictText,
} from "./filter-state.js";
import { RecentFilters } from "./recent-filters.js";
import { SavedFilters } from "./saved-filters.js";
import { useFilterBar } from "./use-filter-bar.js";

/** The display filter of the active document. */
export function FilterBar() {
  const document = useActiveDocument();
  if (document === undefined) return null;
  return <DocumentFilter key={document.id} document={document} />;
}

function DocumentFilter({ document }: { readonly document: DocumentState }) {
  const { state, dispatch, apply } = useFilterBar(document);
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const id = useId();
  const { call, text: called } = useFilterCall();
  const firstCall = useRef(call);
  const { text, caret, choice } = state;
  const verdict = verdictOf(state);
  const message = messageOf(state);
  const isOpen = isPopupShown(state);

  useEffect(() => {
    // Calls of before this bar was there are none for it.
    if (call === firstCall.current) return;
    firstCall.current = call;
    input.current?.focus();
    if (called === null) input.current?.select();
    else dispatch({ kind: "typed", text: called, caret: called.length });
  }, [call, called, dispatch]);

  // The browser puts the caret at the end of a text that was set; a completion may end before that.
  useEffect(() => {
    const element = input.current;
    if (element === null || element.value !== text) return;
    if (globalThis.document.activeElement === element && element.selectionStart !== caret) {
      element.setSelectionRange(caret, caret);
    }
  }, [text, caret]);

  function scrollMirror() {
    if (mirror.current !== null) mirror.current.scrollLeft = input.current?.scrollLeft ?? 0;
  }
  useEffect(scrollMirror);

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.altKey) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        dispatch({ kind: "chose", direction: event.key === "ArrowDown" ? 1 : -1 });
        break;
      case " ":
        if (!event.ctrlKey) return;
        dispatch({ kind: "opened" });
        break;
      case "Tab": {
        // Where a choice is open, Tab takes it, as in every editor; else it moves on.
        if (!isOpen || event.shiftKey || choice === null) return;
        dispatch({ kind: "accepted", place: choice });
        break;
      }
      case "Enter":
        if (isOpen && choice !== null) dispatch({ kind: "accepted", place: choice });
        else apply(text);
        break;
      case "Escape":
        if (!state.isOpen && text === state.applied) focusList();
        dispatch({ kind: "escaped" });
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <search className="filter-bar" data-verdict={verdict}>
      <label className="filter-bar__verdict" htmlFor={`${id}-input`} title={verdictText(state)}>
        {verdictIcons[verdict]}
        <span className="filter-bar__hidden">Display filter</span>
      </label>
      <div className="filter-bar__field">
        <div className="filter-bar__mirror" aria-hidden="true" ref={mirror}>
          {underlined(state).map(({ text: part, fault }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place.
            <span key={place} className={fault === null ? "" : `filter-bar__fault--${fault}`}>
              {part}
            </span>
          ))}
        </div>
        <input
          ref={input}
          id={`${id}-input`}
          className="filter-bar__input"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={`${id}-completions`}
          aria-activedescendant={
            isOpen && choice !== null ? completionId(`${id}-completions`, choice) : undefined
          }
          aria-invalid={verdict === "wrong"}
          aria-describedby={`${id}-message`}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder='Filter: xdlms.service == "get-response" && latency > 200ms'
          value={text}
          onChange={({ target }) => {
            const at = target.selectionStart ?? target.value.length;
            dispatch({ kind: "typed", text: target.value, caret: at });
          }}
          onSelect={({ currentTarget }) => {
            const { selectionStart: at, value } = currentTarget;
            if (at !== null) dispatch({ kind: "caret-moved", text: value, caret: at });
          }}
          onScroll={scrollMirror}
          onKeyDown={onKeyDown}
          onBlur={() => dispatch({ kind: "closed" })}
        />
        <div className="filter-bar__below">
          <p
            className="filter-bar__message"
            id={`${id}-message`}
            aria-live="polite"
            hidden={message === null}
          >
            {verdictIcons[verdict]}
            {message}
            {verdict === "wrong" && document.filter.shown !== "" && (
              <span className="filter-bar__kept"> The rows of {document.filter.shown} stay.</span>
            )}
          </p>
          <CompletionList
            id={`${id}-completions`}
            items={isOpen ? (state.completions?.items ?? []) : []}
            choice={choice}
            onAccept={(place) => dispatch({ kind: "accepted", place })}
          />
        </div>
      </div>
      <FilterProgress document={document} />
      {(text !== "" || document.filter.shown !== "") && (
        <button
          type="button"
          className="filter-bar__button"
          aria-label="Clear the filter"
          title="Clear the filter"
          onClick={() => {
            dispatch({ kind: "typed", text: "", caret: 0 });
            apply("");
            input.current?.focus();
          }}
        >
          <X aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        className="filter-bar__button"
        aria-label="Apply the filter"
        title="Apply the filter (Enter)"
        disabled={verdict === "wrong" || text.trim() === state.applied}
        onClick={() => apply(text)}
      >
        <ArrowRight aria-hidden="true" />
      </button>
      <RecentFilters
        onChoose={(recent) => {
          dispatch({ kind: "typed", text: recent, caret: recent.length });
          apply(recent);
        }}
      />
      <SavedFilters
        text={text}
        canSave={verdict === "good" || verdict === "doubtful"}
        onChoose={(saved) => {
          dispatch({ kind: "typed", text: saved, caret: saved.length });
          apply(saved);
        }}
      />
    </search>
  );
}

const verdictIcons: Readonly<Record<Verdict, ReactNode>> = {
  empty: <ListFilter aria-hidden="true" />,
  checking: <ListFilter aria-hidden="true" />,
  good: <CircleCheck aria-hidden="true" />,
  doubtful: <AlertTriangle aria-hidden="true" />,
  wrong: <CircleX aria-hidden="true" />,
};

/** How far the evaluation is, and how many rows fit. */
function FilterProgress({ document }: { readonly document: DocumentState }) {
  const { filter, progress, shown, frames, id } = document;
  if (filter.pending !== null) {
    const isKnown = progress?.what === "filtering" && progress.total !== null;
    return (
      <span className="filter-bar__progress">
        <progress
          aria-label="Filtering"
          max={isKnown ? Math.max(1, progress.total ?? 1) : undefined}
          value={isKnown ? progress.done : undefined}
        />
        <button type="button" className="filter-bar__text-button" onClick={() => cancelFilter(id)}>
          Cancel
        </button>
      </span>
    );
  }
  if (filter.shown === "") return null;
  return (
    <span className="filter-bar__count" role="status">
      {shown.toLocaleString()} of {frames.toLocaleString()}
    </span>
  );
}
