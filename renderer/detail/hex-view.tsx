import "./hex-view.css";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { DetailNode, DocumentState, FrameDetail } from "../../analyzer/protocol/index.js";
import { copyText } from "../state/clipboard.js";
import {
  type ByteRange,
  type FieldPath,
  hoverField,
  selectField,
  useSelection,
} from "../state/selection.js";
import { tellFault } from "../state/window.js";
import {
  bitText,
  bytesOf,
  deepestAt,
  labelsOf,
  nodeAt,
  rangesIn,
  sourceTitle,
} from "./byte-links.js";
import { hueOf } from "./layer-hue.js";
import { keyOf } from "./tree-rows.js";

const rowHeight = 20;
const spare = 8;

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
        hovered={hoveredNode}
        hoveredPath={hovered}
        field={field}
        document={id}
      />
    </div>
  );
}

interface ByteMark {
  readonly selected: boolean;
  readonly hovered: boolean;
  readonly severity: string | undefined;
  readonly hue: string;
}

function ByteGrid({
  detail,
  source,
  selected,
  hovered,
  hoveredPath,
  field,
  document,
}: {
  readonly detail: FrameDetail;
  readonly source: number;
  readonly selected: ByteRange | null;
  readonly hovered: DetailNode | undefined;
  readonly hoveredPath: FieldPath | null;
  readonly field: FieldPath | null;
  readonly document: string;
}) {
  const { tree, sources, problems } = detail;
  const view = sources[source];
  const bytes = useMemo(() => (view === undefined ? new Uint8Array() : bytesOf(view)), [view]);
  const hues = useMemo(() => huesOf(tree, source, bytes.length), [tree, source, bytes.length]);
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ top: 0, height: 0, width: 0 });
  const [cursor, setCursor] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () =>
      setSize({ top: element.scrollTop, height: element.clientHeight, width: element.clientWidth });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  const perRow = size.width > 0 && size.width < 480 ? 8 : 16;
  const rowCount = Math.ceil(bytes.length / perRow);
  const selectedRanges = selected === null ? [] : rangesIn(sources, selected, source);
  const hoveredRanges = hovered === undefined ? [] : rangesIn(sources, hovered, source);
  const faults = problems.filter(
    (problem) => problem.source === source && problem.end > problem.start,
  );
  const markOf = (at: number): ByteMark => ({
    selected: isIn(selectedRanges, at),
    hovered: isIn(hoveredRanges, at),
    severity: faults.find(({ start, end }) => start <= at && at < end)?.severity,
    hue: hues[at] ?? "var(--text)",
  });
  const firstSelected = selectedRanges[0]?.start;
  useEffect(() => {
    const element = box.current;
    if (element === null || firstSelected === undefined) return;
    const y = Math.floor(firstSelected / perRow) * rowHeight;
    if (y < element.scrollTop || y + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = Math.max(0, y - element.clientHeight / 3);
    }
  }, [firstSelected, perRow]);

  /** The deepest field at a byte; where it is selected already, the one around it. */
  const pick = (at: number) => {
    setCursor(at);
    const path = deepestAt(tree, source, at);
    if (path === null) {
      selectField(document, null, { source, start: at, end: at + 1 });
      return;
    }
    const isWithin = field !== null && keyOf(path).startsWith(keyOf(field));
    const outer = isWithin && field !== null ? outerOf(tree, field) : path;
    const node = nodeAt(tree, outer);
    if (node !== undefined)
      selectField(document, outer, { source: node.source, start: node.start, end: node.end });
  };
  const moveTo = (at: number, extend: boolean) => {
    const next = Math.min(Math.max(0, at), bytes.length - 1);
    setCursor(next);
    if (!extend) {
      setAnchor(null);
      hoverField(document, deepestAt(tree, source, next));
      return;
    }
    const from = anchor ?? cursor ?? next;
    setAnchor(from);
    const [start, last] = [Math.min(from, next), Math.max(from, next)];
    selectField(document, null, { source, start, end: last + 1 });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = cursor ?? 0;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: perRow,
      ArrowUp: -perRow,
      PageDown: perRow * 8,
      PageUp: -perRow * 8,
    };
    const step = steps[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c") {
      const range = selectedRanges[0];
      if (range === undefined) return;
      copyText(view?.bytes.slice(2 * range.start, 2 * range.end) ?? "").catch(tellFault);
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (step !== undefined) moveTo(at + step, event.shiftKey);
    else if (event.key === "Home") moveTo(at - (at % perRow), event.shiftKey);
    else if (event.key === "End") moveTo(at - (at % perRow) + perRow - 1, event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") pick(at);
    else return;
    event.preventDefault();
  };

  const first = Math.max(0, Math.floor(size.top / rowHeight) - spare);
  const last = Math.min(rowCount, Math.ceil((size.top + size.height) / rowHeight) + spare);
  const lines = [];
  for (let line = first; line < last; line++) {
    lines.push(
      <ByteLine
        key={line}
        line={line}
        perRow={perRow}
        bytes={bytes}
        markOf={markOf}
        cursor={cursor}
        labelOf={(at) => spoken(detail, source, at, bytes[at] ?? 0)}
      />,
    );
  }
  const at = (event: { target: EventTarget }): number | null => {
    const text = (event.target as HTMLElement).closest<HTMLElement>("[data-byte]")?.dataset["byte"];
    return text === undefined ? null : Number(text);
  };
  return (
    <>
      <div
        className="hex-view__grid"
        id="bytes"
        role="grid"
        aria-label={view === undefined ? "Bytes" : `Bytes: ${sourceTitle(view)}`}
        aria-rowcount={rowCount}
        aria-activedescendant={cursor === null ? undefined : `byte-${cursor}`}
        tabIndex={0}
        ref={box}
        onScroll={({ currentTarget }) =>
          setSize((before) => ({ ...before, top: currentTarget.scrollTop }))
        }
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (cursor === null && bytes.length > 0) setCursor(firstSelected ?? 0);
        }}
        onPointerMove={(event) => {
          const byte = at(event);
          const path = byte === null ? null : deepestAt(tree, source, byte);
          if (
            path === null
              ? hoveredPath !== null
              : hoveredPath === null || keyOf(path) !== keyOf(hoveredPath)
          ) {
            hoverField(document, path);
          }
        }}
        onPointerLeave={() => hoverField(document, null)}
        onClick={(event) => {
          const byte = at(event);
          if (byte === null) return;
          if (event.shiftKey) moveTo(byte, true);
          else pick(byte);
        }}
      >
        <div role="rowgroup" style={{ height: rowCount * rowHeight, position: "relative" }}>
          {lines}
        </div>
      </div>
      <FieldLine detail={detail} path={hoveredPath ?? field} selected={selected} />
    </>
  );
}

function ByteLine({
  line,
  perRow,
  bytes,
  markOf,
  cursor,
  labelOf,
}: {
  readonly line: number;
  readonly perRow: number;
  readonly bytes: Uint8Array;
  readonly markOf: (at: number) => ByteMark;
  readonly cursor: number | null;
  readonly labelOf: (at: number) => string;
}) {
  const start = line * perRow;
  const places = Array.from(
    { length: Math.min(perRow, bytes.length - start) },
    (_, i) => start + i,
  );
  return (
    <div
      className="hex-view__line"
      role="row"
      aria-rowindex={line + 1}
      style={{ transform: `translateY(${line * rowHeight}px)` }}
    >
      <span className="hex-view__offset" aria-hidden="true">
        {start.toString(16).padStart(4, "0")}
      </span>
      <span className="hex-view__bytes">
        {places.map((at) => {
          const mark = markOf(at);
          return (
            <span
              key={at}
              id={`byte-${at}`}
              data-byte={at}
              role="gridcell"
              aria-label={labelOf(at)}
              className="hex-view__byte"
              data-selected={mark.selected || undefined}
              data-hovered={mark.hovered || undefined}
              data-severity={mark.severity}
              data-cursor={at === cursor || undefined}
              data-middle={at - start === 8 || undefined}
              style={{ color: mark.hue }}
            >
              {(bytes[at] ?? 0).toString(16).padStart(2, "0")}
            </span>
          );
        })}
      </span>
      <span className="hex-view__text" aria-hidden="true">
        {places.map((at) => {
          const byte = bytes[at] ?? 0;
          const mark = markOf(at);
          return (
            <span
              key={at}
              data-byte={at}
              data-selected={mark.selected || undefined}
              data-hovered={mark.hovered || undefined}
              className="hex-view__character"
            >
              {byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·"}
            </span>
          );
        })}
      </span>
    </div>
  );
}

function isIn(ranges: readonly ByteRange[], at: number): boolean {
  return ranges.some(({ start, end }) => start <= at && at < end);
}

/** The next field around one that has more bytes than it; the field itself where there is none. */
function outerOf(tree: readonly DetailNode[], path: FieldPath): FieldPath {
  const inner = nodeAt(tree, path);
  for (let length = path.length - 1; length > 0; length--) {
    const outer = nodeAt(tree, path.slice(0, length));
    if (outer === undefined || inner === undefined) break;
    if (outer.source === inner.source && outer.end - outer.start > inner.end - inner.start)
      return path.slice(0, length);
  }
  return path;
}

/** The hue of each byte: that of the layer of its deepest field. */
function huesOf(tree: readonly DetailNode[], source: number, length: number): readonly string[] {
  const hues = new Array<string>(length).fill("var(--text)");
  const visit = (nodes: readonly DetailNode[]): void => {
    for (const node of nodes) {
      if (node.source === source && !node.generated) {
        hues.fill(hueOf(node.field), node.start, Math.min(node.end, length));
      }
      visit(node.children);
    }
  };
  visit(tree);
  return hues;
}

function spoken({ tree }: FrameDetail, source: number, at: number, byte: number): string {
  const path = deepestAt(tree, source, at);
  const name = path === null ? "no field" : (nodeAt(tree, path)?.name ?? "no field");
  return `offset ${at}, byte ${byte.toString(16).padStart(2, "0")}, ${name}`;
}

/** Where one is, in a line: the path, the value, its bits, and how many bytes they are. */
function FieldLine({
  detail: { tree, sources },
  path,
  selected,
}: {
  readonly detail: FrameDetail;
  readonly path: FieldPath | null;
  readonly selected: ByteRange | null;
}) {
  const node = path === null ? undefined : nodeAt(tree, path);
  if (node === undefined || path === null) {
    const count = selected === null ? 0 : selected.end - selected.start;
    return (
      <div className="hex-view__field">
        {count > 0 ? `${count} bytes are selected` : "Point at a byte or a field"}
      </div>
    );
  }
  const count = node.end - node.start;
  return (
    <div className="hex-view__field">
      <code>{node.field}</code>
      <span>{labelsOf(tree, path).join(" › ")}</span>
      {node.display !== "" && <code>{node.display}</code>}
      {node.mask !== 0 && <code>{bitsOf(node, sources[node.source]?.bytes ?? "")}</code>}
      <span className="hex-view__count">
        {count} {count === 1 ? "byte" : "bytes"}
      </span>
    </div>
  );
}

const mostMaskedBytes = 4;

function bitsOf({ start, end, mask }: DetailNode, hex: string): string {
  const count = Math.min(end - start, mostMaskedBytes);
  const value = Number.parseInt(hex.slice(2 * (end - count), 2 * end), 16);
  return bitText(mask, value, count);
}
