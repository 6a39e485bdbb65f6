// biome-ignore-all lint/a11y/useSemanticElements: rows of a table cannot be laid out from a moving base.
import "./frame-list.css";
import { type MouseEvent, useEffect, useMemo, useRef, useState } from "react";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { useActiveDocument, useAnalyzer } from "../state/analyzer.js";
import { profileOf } from "../state/settings.js";
import { ColumnMenu } from "./column-menu.js";
import { EmptyList } from "./empty-list.js";
import { gridTemplate, shownColumns, smallestWidth } from "./list-columns.js";
import { ListHeader } from "./list-header.js";
import { onListKey } from "./list-keys.js";
import { moveTo, toggleRow } from "./list-navigation.js";
import { rowId } from "./list-row.js";
import { ListRows } from "./list-rows-view.js";
import { ListScrollbar } from "./list-scrollbar.js";
import { useListView } from "./list-view.js";
import { type MenuPlace, RowMenu } from "./row-menu.js";
import { visibleRange } from "./scroll-model.js";
import { useFirstFrame } from "./use-first-frame.js";
import { useListFocus } from "./use-list-focus.js";
import { useListPlace } from "./use-list-place.js";
import { useListSize } from "./use-list-size.js";
import { useListWheel } from "./use-list-wheel.js";

interface FrameListProps {
  /** While the document grows and its end is seen, the end stays in view: for what is being captured. */
  readonly followsGrowth?: boolean;
  /** Where there is no room for all: the columns that are shown of those that the profile shows. */
  readonly only?: readonly string[] | undefined;
}

/** The frames of the active document: as many as there are, a screenful of them in the page. */
export function FrameList({ followsGrowth = false, only }: FrameListProps) {
  const document = useActiveDocument();
  if (document === undefined) return null;
  return (
    <DocumentList key={document.id} document={document} followsGrowth={followsGrowth} only={only} />
  );
}

interface DocumentListProps {
  readonly document: DocumentState;
  readonly followsGrowth: boolean;
  readonly only: readonly string[] | undefined;
}

function DocumentList({ document, followsGrowth, only }: DocumentListProps) {
  const list = useRef<HTMLElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const profile = useAnalyzer(({ settings }) => profileOf(settings));
  const columns = useMemo(() => {
    const shown = shownColumns(profile);
    return only === undefined ? shown : shown.filter(({ id }) => only.includes(id));
  }, [profile, only]);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [columnMenu, setColumnMenu] = useState<MenuPlace | null>(null);
  const { cursor, top, extent } = useListView(document.id);

  const { first, end } = visibleRange(extent, top);
  const isCursorSeen = cursor !== null && cursor.index >= first && cursor.index < end;

  useListSize(document, body, followsGrowth);
  useListWheel(document.id, list);
  useListPlace(document);
  useFirstFrame(document);
  useListFocus(grid);

  // The menu belongs to the row that it was opened on.
  useEffect(() => {
    if (cursor === null) setMenu(null);
  }, [cursor]);

  function onMouseDown(event: MouseEvent) {
    const index = indexAt(event.target);
    if (index === null || event.button === 1) return;
    grid.current?.focus();
    event.preventDefault();
    if (event.button === 2 && isSelected(event.target)) return;
    if (event.ctrlKey || event.metaKey) toggleRow(document, index);
    else moveTo(document, index, { extend: event.shiftKey });
  }

  function onContextMenu(event: MouseEvent) {
    event.preventDefault();
    if (indexAt(event.target) !== null) setMenu({ x: event.clientX, y: event.clientY });
  }

  return (
    <section ref={list} className="frame-list" aria-label="Frames">
      <div
        ref={grid}
        className="frame-list__grid"
        role="grid"
        aria-label={`Frames of ${document.name}`}
        aria-multiselectable="true"
        aria-rowcount={document.shown + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={isCursorSeen ? rowId(document.id, cursor.index) : undefined}
        tabIndex={0}
        style={{
          ["--frame-list-width" as string]: `${smallestWidth(columns)}px`,
          ["--frame-list-columns" as string]: gridTemplate(columns),
        }}
        onKeyDown={(event) => {
          if (event.target !== grid.current) return;
          const row = grid.current.querySelector(".frame-row--cursor");
          if (isMenuKey(event) && row !== null) {
            const { left, bottom } = row.getBoundingClientRect();
            event.preventDefault();
            setMenu({ x: Math.max(left, 0) + 120, y: bottom });
          } else onListKey(document, event);
        }}
        onMouseDown={onMouseDown}
        onContextMenu={onContextMenu}
      >
        <ListHeader columns={columns} profile={profile} onMenu={setColumnMenu} />
        <div ref={body} className="frame-list__body" role="rowgroup">
          <ListRows document={document} columns={columns} profile={profile} />
        </div>
        <EmptyList document={document} />
      </div>
      <ListScrollbar document={document} top={top} extent={extent} />
      <ColumnMenu profile={profile} place={columnMenu} onClose={() => setColumnMenu(null)} />
      <RowMenu
        document={document}
        place={menu}
        onClose={() => {
          setMenu(null);
          grid.current?.focus();
        }}
      />
    </section>
  );
}

function indexAt(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest("[data-index]") : null;
  const index = Number(row?.getAttribute("data-index") ?? Number.NaN);
  return Number.isNaN(index) ? null : index;
}

function isSelected(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[aria-selected="true"]') !== null;
}

function isMenuKey({ key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }) {
  return key === "ContextMenu" || (key === "F10" && shiftKey);
}
