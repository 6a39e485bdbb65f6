import {
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { DetailNode, FrameDetail } from "../../analyzer/protocol/index.js";
import type { MenuPlace } from "../list/row-menu.js";
import { copyText } from "../state/clipboard.js";
import { type ByteRange, type FieldPath, hoverField, selectField } from "../state/selection.js";
import { tellFault } from "../state/window.js";
import { ByteLine, type ByteMark, byteRowHeight, isIn } from "./byte-line.js";
import { bytesOf, isPathWithin, nodeAt, outerOf, rangesIn, sourceTitle } from "./byte-links.js";
import { deepestFields, huesOf } from "./byte-map.js";
import { ByteMenu, hexOf } from "./byte-menu.js";
import { selectNode } from "./field-actions.js";
import { FieldLine } from "./field-line.js";
import { keyOf } from "./tree-rows.js";

const spareLines = 8;
const linesOfPage = 8;
const narrow = 480;

/** The bytes of one source, sixteen a line, eight where there is little room. */
export function ByteGrid({
  detail,
  source,
  selected,
  hovered,
  field,
  document,
}: {
  readonly detail: FrameDetail;
  readonly source: number;
  readonly selected: ByteRange | null;
  readonly hovered: FieldPath | null;
  readonly field: FieldPath | null;
  readonly document: string;
}) {
  const { tree, sources, problems } = detail;
  const view = sources[source];
  const bytes = useMemo(() => (view === undefined ? new Uint8Array() : bytesOf(view)), [view]);
  const { length } = bytes;
  const hues = useMemo(() => huesOf(tree, source, length), [tree, source, length]);
  const fields = useMemo(() => deepestFields(tree, source, length), [tree, source, length]);
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ top: 0, height: 0, width: 0 });
  const [cursor, setCursor] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  /** The byte whose field was picked last: picked again, it is the field around it that is meant. */
  const [picked, setPicked] = useState<number | null>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
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

  const perRow = size.width > 0 && size.width < narrow ? 8 : 16;
  const rowCount = Math.ceil(length / perRow);
  const selectedRanges = selected === null ? [] : rangesIn(sources, selected, source);
  const hoveredNode = hovered === null ? undefined : nodeAt(tree, hovered);
  const hoveredRanges = hoveredNode === undefined ? [] : rangesIn(sources, hoveredNode, source);
  const faults = problems.filter(
    (problem) => problem.source === source && problem.end > problem.start,
  );
  const selectedAs = selected?.source === source ? "here" : "through";
  const markOf = (at: number): ByteMark => ({
    selected: isIn(selectedRanges, at) ? selectedAs : undefined,
    hovered: isIn(hoveredRanges, at),
    severity: faults.find(({ start, end }) => start <= at && at < end)?.severity,
    hue: hues[at] ?? "var(--text)",
  });
  const labelOf = (at: number): string => {
    const path = fields[at] ?? null;
    const node = path === null ? undefined : nodeAt(tree, path);
    return spoken(at, bytes[at] ?? 0, node);
  };

  const firstSelected = selectedRanges[0]?.start;
  useEffect(() => {
    const element = box.current;
    if (element === null || firstSelected === undefined) return;
    const y = Math.floor(firstSelected / perRow) * byteRowHeight;
    if (y < element.scrollTop || y + byteRowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = Math.max(0, y - element.clientHeight / 3);
    }
  }, [firstSelected, perRow]);
  useEffect(() => {
    const element = box.current;
    if (element === null || cursor === null) return;
    const y = Math.floor(cursor / perRow) * byteRowHeight;
    if (y < element.scrollTop) element.scrollTop = y;
    else if (y + byteRowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = y + byteRowHeight - element.clientHeight;
  }, [cursor, perRow]);

  /** The deepest field at a byte; where that byte was picked already, the one around what is selected. */
  const pick = (at: number) => {
    setCursor(at);
    setAnchor(null);
    setPicked(at);
    const path = fields[at] ?? null;
    if (path === null) {
      selectField(document, null, { source, start: at, end: at + 1 });
      return;
    }
    const isAgain = picked === at && field !== null && isPathWithin(path, field);
    const target = isAgain ? outerOf(tree, field) : path;
    const node = nodeAt(tree, target);
    if (node !== undefined) selectNode(document, target, node);
  };
  const moveTo = (at: number, extend: boolean) => {
    if (length === 0) return;
    const next = Math.min(Math.max(0, at), length - 1);
    setCursor(next);
    setPicked(null);
    if (!extend) {
      setAnchor(null);
      hoverField(document, fields[next] ?? null);
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
      PageDown: perRow * linesOfPage,
      PageUp: -perRow * linesOfPage,
    };
    const step = steps[event.key];
    const isMod = event.ctrlKey || event.metaKey;
    if (isMod && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "c") {
      const [range] = selectedRanges;
      if (range === undefined) return;
      copyText(hexOf(detail, source, range)).catch(tellFault);
    } else if (isMod || event.altKey) return;
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      const cell = box.current?.querySelector(`#byte-${at}`)?.getBoundingClientRect();
      setMenu({ x: cell?.left ?? 0, y: cell?.bottom ?? 0 });
    } else if (step !== undefined) moveTo(at + step, event.shiftKey);
    else if (event.key === "Home") moveTo(at - (at % perRow), event.shiftKey);
    else if (event.key === "End") moveTo(at - (at % perRow) + perRow - 1, event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") pick(at);
    else return;
    event.preventDefault();
  };

  const first = Math.max(0, Math.floor(size.top / byteRowHeight) - spareLines);
  const last = Math.min(rowCount, Math.ceil((size.top + size.height) / byteRowHeight) + spareLines);
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
        labelOf={labelOf}
      />,
    );
  }
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
          if (cursor === null && length > 0) setCursor(firstSelected ?? 0);
        }}
        onPointerMove={(event) => {
          const byte = byteOf(event);
          const path = byte === null ? null : (fields[byte] ?? null);
          const isSame =
            path === null || hovered === null ? path === hovered : keyOf(path) === keyOf(hovered);
          if (!isSame) hoverField(document, path);
        }}
        onPointerLeave={() => hoverField(document, null)}
        onClick={(event) => {
          const byte = byteOf(event);
          if (byte === null) return;
          if (event.shiftKey) moveTo(byte, true);
          else pick(byte);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          const byte = byteOf(event);
          if (byte !== null && !isIn(selectedRanges, byte)) pick(byte);
          setMenu({ x: event.clientX, y: event.clientY });
        }}
      >
        <div role="rowgroup" style={{ height: rowCount * byteRowHeight, position: "relative" }}>
          {lines}
        </div>
      </div>
      <ByteMenu
        document={document}
        detail={detail}
        source={source}
        range={selectedRanges[0]}
        place={menu}
        onClose={() => setMenu(null)}
      />
      <FieldLine detail={detail} path={hovered ?? field} selected={selected} />
    </>
  );
}

/** The byte under the pointer. */
function byteOf({ target }: MouseEvent): number | null {
  if (!(target instanceof Element)) return null;
  const text = target.closest("[data-byte]")?.getAttribute("data-byte");
  return text === null || text === undefined ? null : Number(text);
}

function spoken(at: number, byte: number, node: DetailNode | undefined): string {
  const name = node === undefined ? "no field" : `field ${node.name}`;
  return `offset 0x${at.toString(16)}, byte ${byte.toString(16).padStart(2, "0")}, ${name}`;
}
