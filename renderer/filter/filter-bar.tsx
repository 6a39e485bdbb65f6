import "./filter-bar.css";
import {
  Bookmark,
  CircleAlert,
  CircleCheck,
  CircleX,
  Filter,
  History,
  LoaderCircle,
  X,
} from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from "react-aria-components";
import type { Completions, DocumentState, ExpressionCheck } from "../../analyzer/protocol/index.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { changeProfile, profileOf } from "../state/settings.js";
import { tell } from "../state/window.js";
import {
  adoptFilter,
  applyFilter,
  changeDraft,
  useFilterDraft,
  useFilterStates,
} from "./filter-state.js";

const nothing: Completions = { start: 0, end: 0, items: [] };

/** The display filter of a document. */
export function FilterBar({ document }: { readonly document: DocumentState }) {
  const { id } = document;
  const { text, check } = useFilterDraft(id);
  const focusSerial = useFilterStates((state) => state.focusSerial);
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const [completions, setCompletions] = useState(nothing);
  const [chosen, setChosen] = useState(0);
  const request = useRef(0);

  useEffect(
    () => adoptFilter(id, document.filter.pending ?? document.filter.shown),
    [id, document.filter],
  );
  useEffect(() => {
    if (focusSerial === 0) return;
    const field = input.current;
    field?.focus();
    if (useFilterStates.getState().focusOn === "all") field?.select();
    else field?.setSelectionRange(field.value.length, field.value.length);
  }, [focusSerial]);

  const complete = (value: string, caret: number) => {
    request.current += 1;
    const own = request.current;
    ask("complete-filter", { text: value, caret }).then(
      (next) => {
        if (own !== request.current) return;
        setCompletions(next);
        setChosen(0);
      },
      () => {},
    );
  };
  const closeList = () => {
    request.current += 1;
    setCompletions(nothing);
  };
  const take = (index: number) => {
    const item = completions.items[index];
    if (item === undefined) return;
    const gap = item.kind === "value" ? "" : " ";
    const next = text.slice(0, completions.start) + item.text + gap + text.slice(completions.end);
    const caret = completions.start + item.text.length + gap.length;
    changeDraft(id, next);
    requestAnimationFrame(() => input.current?.setSelectionRange(caret, caret));
    complete(next, caret);
  };
  const apply = () => {
    closeList();
    void applyFilter(id, text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { items } = completions;
    const isOpen = items.length > 0;
    if (event.key === "ArrowDown" && isOpen) setChosen((chosen + 1) % items.length);
    else if (event.key === "ArrowUp" && isOpen)
      setChosen((chosen + items.length - 1) % items.length);
    else if (event.key === "ArrowDown")
      complete(text, input.current?.selectionStart ?? text.length);
    else if (event.key === "Tab" && isOpen && !event.shiftKey) take(chosen);
    else if (event.key === "Enter") apply();
    else if (event.key === "Escape" && isOpen) closeList();
    else if (event.key === "Escape") changeDraft(id, document.filter.shown);
    else return;
    event.preventDefault();
  };

  const { error = null, warnings = [] } = check ?? {};
  const notice = error ?? warnings[0] ?? null;
  const isApplied = text.trim() === (document.filter.pending ?? document.filter.shown).trim();
  const listId = "filter-bar-list";
  return (
    <div className="filter-bar" data-state={stateOf(text, check)}>
      <StateMark text={text} check={check} />
      <div className="filter-bar__field">
        <div className="filter-bar__mirror" ref={mirror} aria-hidden="true">
          {error === null ? text : <Underlined text={text} start={error.start} end={error.end} />}
        </div>
        <input
          ref={input}
          className="filter-bar__input"
          aria-label="Display filter"
          aria-invalid={error !== null}
          aria-describedby={notice === null ? undefined : "filter-bar-notice"}
          role="combobox"
          aria-expanded={completions.items.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={completions.items.length > 0 ? `${listId}-${chosen}` : undefined}
          placeholder="Display filter: hdlc && latency > 200ms"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={({ target }) => {
            changeDraft(id, target.value);
            complete(target.value, target.selectionStart ?? target.value.length);
          }}
          onScroll={({ currentTarget }) => {
            if (mirror.current !== null) mirror.current.scrollLeft = currentTarget.scrollLeft;
          }}
          onKeyDown={onKeyDown}
          onBlur={closeList}
        />
        {completions.items.length > 0 && (
          <CompletionList id={listId} completions={completions} chosen={chosen} onTake={take} />
        )}
        {notice !== null && completions.items.length === 0 && (
          <div className="filter-bar__notice" id="filter-bar-notice" role="status">
            {notice.message}
          </div>
        )}
      </div>
      <FilterProgress document={document} />
      {text !== "" && (
        <Button
          className="icon-button"
          aria-label="Clear the filter"
          onPress={() => {
            changeDraft(id, "");
            void applyFilter(id, "");
          }}
        >
          <X size={14} />
        </Button>
      )}
      <Button className="button" isDisabled={isApplied || error !== null} onPress={apply}>
        Apply
      </Button>
      <FilterMenu document={document} text={text} isValid={error === null} />
    </div>
  );
}

type BarState = "empty" | "good" | "odd" | "wrong" | "checking";

function stateOf(text: string, check: ExpressionCheck | null): BarState {
  if (text.trim() === "") return "empty";
  if (check === null) return "checking";
  if (check.error !== null) return "wrong";
  return check.warnings.length > 0 ? "odd" : "good";
}

const words: Readonly<Record<BarState, string>> = {
  empty: "No filter",
  good: "The filter is understood",
  odd: "The filter is understood, but looks odd",
  wrong: "The filter cannot be understood",
  checking: "The filter is being read",
};

function StateMark({
  text,
  check,
}: {
  readonly text: string;
  readonly check: ExpressionCheck | null;
}) {
  const state = stateOf(text, check);
  const icons = {
    empty: Filter,
    good: CircleCheck,
    odd: CircleAlert,
    wrong: CircleX,
    checking: Filter,
  };
  const Icon = icons[state];
  return (
    <span className="filter-bar__state" title={words[state]} role="img" aria-label={words[state]}>
      <Icon size={14} />
    </span>
  );
}

function Underlined({
  text,
  start,
  end,
}: {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}) {
  return (
    <>
      {text.slice(0, start)}
      <span className="filter-bar__wrong">{end > start ? text.slice(start, end) : " "}</span>
      {text.slice(Math.max(start, end))}
    </>
  );
}

function CompletionList({
  id,
  completions,
  chosen,
  onTake,
}: {
  readonly id: string;
  readonly completions: Completions;
  readonly chosen: number;
  readonly onTake: (index: number) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <div className="filter-bar__list" id={id} role="listbox" aria-label="Completions" ref={list}>
      {completions.items.map((item, index) => (
        <div
          key={`${item.kind} ${item.text}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          tabIndex={-1}
          className="filter-bar__item"
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(index);
          }}
        >
          <span className="filter-bar__item-text">{item.text}</span>
          <span className="filter-bar__item-detail">{item.detail}</span>
          <span className="filter-bar__item-meaning">{item.meaning}</span>
        </div>
      ))}
    </div>
  );
}

function FilterProgress({ document }: { readonly document: DocumentState }) {
  const { progress } = document;
  if (progress?.what !== "filtering") return null;
  const share =
    progress.total === null || progress.total === 0 ? 0 : progress.done / progress.total;
  return (
    <span className="filter-bar__progress">
      <LoaderCircle size={14} className="spinning" aria-hidden="true" />
      <span>{Math.floor(100 * share)} % looked at</span>
      <Button
        className="link-button"
        onPress={() => void ask("cancel-filter", { document: document.id })}
      >
        Cancel
      </Button>
    </span>
  );
}

function FilterMenu({
  document,
  text,
  isValid,
}: {
  readonly document: DocumentState;
  readonly text: string;
  readonly isValid: boolean;
}) {
  const settings = useAnalyzer((state) => state.settings);
  const saved = profileOf(settings)?.savedFilters ?? [];
  const recent = settings?.recentFilters ?? [];
  const isSaved = saved.some((filter) => filter.text === text.trim());
  const choose = (filter: string) => {
    changeDraft(document.id, filter);
    void applyFilter(document.id, filter);
  };
  const save = () => {
    changeProfile({ savedFilters: [...saved, { name: text.trim(), text: text.trim() }] });
    tell("The filter is saved in the profile.");
  };
  const remove = () =>
    changeProfile({ savedFilters: saved.filter((filter) => filter.text !== text.trim()) });
  return (
    <MenuTrigger>
      <Button className="icon-button" aria-label="Saved and recent filters">
        <Bookmark size={14} />
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <Menu
          className="menu"
          aria-label="Saved and recent filters"
          disabledKeys={text.trim() === "" || !isValid ? ["save"] : []}
          onAction={(key) => {
            if (key === "save") (isSaved ? remove : save)();
            else choose(String(key).replace(/^(saved|recent) \d+ /, ""));
          }}
        >
          <MenuItem id="save" className="menu__item">
            {isSaved ? "Remove this filter from the saved ones" : "Save this filter"}
          </MenuItem>
          <Separator className="menu__line" />
          {saved.map((filter, place) => (
            <MenuItem
              id={`saved ${place} ${filter.text}`}
              key={`${filter.name} ${filter.text}`}
              className="menu__item"
              textValue={filter.name}
            >
              <Bookmark size={13} aria-hidden="true" />
              <span className="menu__label">{filter.name}</span>
              {filter.name !== filter.text && <code className="menu__code">{filter.text}</code>}
            </MenuItem>
          ))}
          {recent.length > 0 && <Separator className="menu__line" />}
          {recent.map((filter, place) => (
            <MenuItem
              id={`recent ${place} ${filter}`}
              key={filter}
              className="menu__item"
              textValue={filter}
            >
              <History size={13} aria-hidden="true" />
              <code className="menu__code">{filter}</code>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
