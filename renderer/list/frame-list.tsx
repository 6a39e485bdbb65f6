import "./frame-list.css";
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { DocumentState, Row, Settings } from "../../analyzer/protocol/index.js";
import { prepareFilter } from "../filter/filter-state.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { selectFrame, selectionOf, useSelection } from "../state/selection.js";
import { profileOf } from "../state/settings.js";
import { fieldsOf, shownColumns } from "./columns.js";
import { FrameRow } from "./frame-row.js";
import { gutterMark } from "./gutter.js";
import { ListHeader } from "./list-header.js";
import { ListScrollBar } from "./list-scroll-bar.js";
import { changePlace, moveBy, moveTo, placeIn, provideRows, useListViews } from "./list-view.js";
import { RowCache } from "./row-cache.js";
import { openRowMenu, RowMenu } from "./row-menu.js";
import { centre, reveal, visibleRows, within } from "./scroll-model.js";

/** The list of frames of a document, of any length. */
export function FrameList({ document }: { readonly document: DocumentState }) {
  const { id, shown, generation } = document;
  const settings = useAnalyzer((state) => state.settings);
  const profile = profileOf(settings);
  const columns = useMemo(() => shownColumns(profile?.columns ?? []), [profile?.columns]);
  const fields = useMemo(() => fieldsOf(profile?.columns ?? []), [profile?.columns]);
  const selection = useSelection(id);
  const place = useListViews(({ byDocument }) => byDocument[id]);
  const wanted = useListViews((state) => state.wanted);
  const body = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const rowHeight = settings?.density === "comfortable" ? 24 : 21;
  const [, redraw] = useState(0);

  const cache = useMemo(
    () =>
      new RowCache(
        ({ start, count, signal }) =>
          ask("rows", { document: id, start, count, columns: fields }, { signal }),
        () => redraw((count) => count + 1),
      ),
    [id, fields],
  );
  cache.update(generation, shown);
  const model = { rows: shown, rowHeight, height };
  const top = within(model, place?.top ?? 0);
  const { first, last, offset } = visibleRows(model, top);

  useEffect(() => {
    cache.want(first - 32, last + 32);
  });
  useEffect(() => {
    provideRows((document, at) => (document === id ? cache.get(at) : undefined));
    return () => provideRows(() => undefined);
  }, [id, cache]);
  useLayoutEffect(() => {
    const element = body.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    setHeight(element.clientHeight);
    return () => observer.disconnect();
  }, []);
  // A place that somebody wants to see.
  const seen = useRef(0);
  useEffect(() => {
    if (wanted === null || wanted.document !== id || wanted.serial === seen.current || height === 0)
      return;
    seen.current = wanted.serial;
    const now = { rows: shown, rowHeight, height };
    const at = placeIn(id).top;
    const isSeen = reveal(now, at, wanted.place) === at;
    const next =
      wanted.isJump && !isSeen ? centre(now, wanted.place) : reveal(now, at, wanted.place);
    changePlace(id, { top: next });
  }, [wanted, id, shown, rowHeight, height]);
  // Under another filter the selected frame stands elsewhere.
  const shownFilter = document.filter.shown;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the filter that moves the rows.
  useEffect(() => {
    const { frame } = selectionOf(id);
    if (frame === null) return;
    ask("locate", { document: id, number: frame }).then(
      (found) => {
        if (found === null) return;
        const isThere = found.number === frame;
        changePlace(id, { cursor: isThere ? found.index : null });
        if (isThere)
          useListViews.setState(({ wanted: before }) => ({
            wanted: {
              document: id,
              place: found.index,
              isJump: true,
              serial: (before?.serial ?? 0) + 1,
            },
          }));
      },
      () => {},
    );
  }, [id, shownFilter]);

  const scrollTo = useCallback((next: number) => changePlace(id, { top: next }), [id]);
  const scrollBy = (pixels: number) => {
    const now = { rows: shown, rowHeight, height };
    scrollTo(within(now, placeIn(id).top + pixels));
  };
  const pageRows = Math.max(1, Math.floor(height / rowHeight) - 1);

  const selectAt = (
    at: number,
    event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean },
  ) => {
    const row = cache.get(at);
    if (row === undefined) return;
    const { frame, frames } = selectionOf(id);
    changePlace(id, { cursor: at });
    if (event.shiftKey && frame !== null) {
      void selectRange(id, frame, row.number);
    } else if (event.ctrlKey || event.metaKey) {
      const others = frames.includes(row.number)
        ? frames.filter((number) => number !== row.number)
        : [...frames, row.number].sort((a, b) => a - b);
      selectFrame(id, row.number, { frames: others.length === 0 ? [row.number] : others });
    } else selectFrame(id, row.number);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isMenu = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
    if (event.key === "ArrowDown") void moveBy(id, 1, shown);
    else if (event.key === "ArrowUp") void moveBy(id, -1, shown);
    else if (event.key === "PageDown") void moveBy(id, pageRows, shown);
    else if (event.key === "PageUp") void moveBy(id, -pageRows, shown);
    else if (event.key === "Home" && shown > 0) void moveTo(id, 0);
    else if (event.key === "End" && shown > 0) void moveTo(id, shown - 1);
    else if (isMenu && body.current !== null) {
      const { left, top: edge } = body.current.getBoundingClientRect();
      const cursor = placeIn(id).cursor ?? first;
      openRowMenu({ x: left + 80, y: edge + (cursor - first) * rowHeight + offset + rowHeight });
    } else if (/^[a-z]$/.test(event.key)) {
      // Just type: the letter begins a filter.
      prepareFilter(id, event.key);
      event.preventDefault();
      return;
    } else return;
    event.preventDefault();
  };

  const selectedRow = findRow(cache, place?.cursor ?? null, selection.frame);
  const isSelected = useMemo(() => new Set(selection.frames), [selection.frames]);
  const rows = [];
  for (let at = first; at < last; at++) {
    const row = cache.get(at);
    rows.push(
      <FrameRow
        key={at % 256}
        id={`frame-${at}`}
        place={at}
        row={row}
        y={offset + (at - first) * rowHeight}
        columns={columns}
        timeFormat={settings?.timeFormat ?? "clock"}
        isCurrent={row !== undefined && row.number === selection.frame}
        isSelected={row !== undefined && isSelected.has(row.number)}
        mark={row === undefined ? null : gutterMark(row.number, selectedRow)}
        tint={tintOf(row, profile?.colourRules ?? [])}
      />,
    );
  }
  const activePlace = place?.cursor ?? null;
  return (
    <div
      className="frame-list"
      role="grid"
      aria-label="Frames"
      aria-rowcount={shown + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-activedescendant={
        activePlace !== null && activePlace >= first && activePlace < last
          ? `frame-${activePlace}`
          : undefined
      }
      tabIndex={0}
      onKeyDown={onKeyDown}
      style={{ "--list-row": `${rowHeight}px` } as React.CSSProperties}
    >
      <ListHeader columns={columns} />
      <div className="frame-list__window">
        <div
          className="frame-list__body"
          role="rowgroup"
          ref={body}
          onWheel={(event) =>
            scrollBy(event.deltaMode === 1 ? event.deltaY * rowHeight : event.deltaY)
          }
          onPointerDown={(event: PointerEvent<HTMLDivElement>) => {
            if (event.button !== 0) return;
            const { top: edge } = event.currentTarget.getBoundingClientRect();
            selectAt(Math.floor((event.clientY - edge + top) / rowHeight), event);
          }}
          onContextMenu={(event) => {
            event.preventDefault();
            const { top: edge } = event.currentTarget.getBoundingClientRect();
            const at = Math.floor((event.clientY - edge + top) / rowHeight);
            const row = cache.get(at);
            if (row !== undefined && !isSelected.has(row.number)) selectAt(at, noKeys);
            openRowMenu({ x: event.clientX, y: event.clientY });
          }}
        >
          {rows}
          {shown === 0 && <EmptyList document={document} />}
        </div>
        <ListScrollBar model={model} top={top} onScroll={scrollTo} document={id} />
      </div>
      <RowMenu document={document} />
    </div>
  );
}

const noKeys = { shiftKey: false, ctrlKey: false, metaKey: false };

function findRow(cache: RowCache, cursor: number | null, frame: number | null): Row | undefined {
  if (cursor === null || frame === null) return undefined;
  const row = cache.get(cursor);
  return row?.number === frame ? row : undefined;
}

function tintOf(
  row: Row | undefined,
  rules: readonly { readonly colour: string }[],
): string | undefined {
  return row === undefined || row.colour === null ? undefined : rules[row.colour]?.colour;
}

const longestRange = 100_000;

/** All frames that are shown between two. */
async function selectRange(document: string, from: number, to: number): Promise<void> {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const start = (await ask("locate", { document, number: first }))?.index ?? 0;
  const end = (await ask("locate", { document, number: last }))?.index ?? start;
  const frames: number[] = [];
  for (let place = start; place <= Math.min(end, start + longestRange); place += 1000) {
    const count = Math.min(1000, end - place + 1);
    const { rows } = await ask("rows", { document, start: place, count, columns: [] });
    frames.push(...rows.map(({ number }) => number));
  }
  selectFrame(document, to, { frames });
}

function EmptyList({ document }: { readonly document: DocumentState }) {
  const { status, filter, fault, frames } = document;
  if (status === "failed") return <p className="frame-list__empty">{fault}</p>;
  if (status === "loading") return <p className="frame-list__empty">Reading…</p>;
  if (filter.shown !== "" && frames > 0) {
    return <p className="frame-list__empty">No frame of {frames} fits the filter.</p>;
  }
  return <p className="frame-list__empty">The capture has no frames.</p>;
}

export type TimeFormat = Settings["timeFormat"];
