import "./detail-tree.css";
import { ChevronRight, CircleAlert, CircleX, Info } from "lucide-react";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { DetailNode, DocumentState, FrameDetail } from "../../analyzer/protocol/index.js";
import { goToFrame } from "../list/list-navigation.js";
import { type FieldPath, hoverField, selectField, useSelection } from "../state/selection.js";
import { nodeAt } from "./byte-links.js";
import { isGroupOpen, setOpen, useExpansion } from "./expansion.js";
import { FieldMenu, openFieldMenu } from "./field-menu.js";
import { hueOf } from "./layer-hue.js";
import { groupsIn, keyOf, type TreeRow, visibleTree } from "./tree-rows.js";

const rowHeight = 20;
const spare = 10;

/** The fields of a frame. */
export function DetailTree({
  document,
  detail,
}: {
  readonly document: DocumentState;
  readonly detail: FrameDetail;
}) {
  const { id } = document;
  const { tree } = detail;
  const expansion = useExpansion();
  const { field, hovered } = useSelection(id);
  const rows = useMemo(
    () => visibleTree(tree, (node, depth) => isGroupOpen(expansion, node, depth)),
    [tree, expansion],
  );
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  const selectedKey = field === null ? null : keyOf(field);
  const hoveredKey = hovered === null ? null : keyOf(hovered);
  const selectedIndex = rows.findIndex(({ key }) => key === selectedKey);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  // A field that was selected elsewhere: what it is in is opened, and it is scrolled to.
  useEffect(() => {
    if (field === null) return;
    const shut: string[] = [];
    for (let depth = 1; depth < field.length; depth++) {
      const node = nodeAt(tree, field.slice(0, depth));
      if (node !== undefined && !isGroupOpen(useExpansion.getState(), node, depth - 1))
        shut.push(node.field);
    }
    if (shut.length > 0) setOpen(shut, true);
  }, [field, tree]);
  useEffect(() => {
    const element = box.current;
    if (element === null || selectedIndex < 0) return;
    const start = selectedIndex * rowHeight;
    if (start < element.scrollTop) element.scrollTop = start;
    else if (start + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = start + rowHeight - element.clientHeight;
    }
  }, [selectedIndex]);

  const select = (row: TreeRow | undefined) => {
    if (row === undefined) return;
    const { source, start, end } = row.node;
    selectField(id, row.path, { source, start, end });
  };
  const toggle = ({ node, isOpen }: TreeRow) => {
    if (node.children.length > 0) setOpen([node.field], !isOpen);
  };
  const selectPath = (path: FieldPath) => select(rows.find(({ key }) => key === keyOf(path)));
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[selectedIndex];
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const isMod = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    if (isMod && event.key === "ArrowRight" && row !== undefined) setOpen(groupsIn(row.node), true);
    else if (isMod && event.key === "ArrowLeft" && row !== undefined)
      setOpen(groupsIn(row.node), false);
    else if (isMod) return;
    else if (event.key === "ArrowDown") select(rows[Math.min(selectedIndex + 1, rows.length - 1)]);
    else if (event.key === "ArrowUp") select(rows[Math.max(selectedIndex - 1, 0)]);
    else if (event.key === "PageDown")
      select(rows[Math.min(selectedIndex + page, rows.length - 1)]);
    else if (event.key === "PageUp") select(rows[Math.max(selectedIndex - page, 0)]);
    else if (event.key === "Home") select(rows[0]);
    else if (event.key === "End") select(rows.at(-1));
    else if (row === undefined) return;
    else if (event.key === "ArrowRight" && !row.isOpen) toggle(row);
    else if (event.key === "ArrowRight") selectPath([...row.path, 0]);
    else if (event.key === "ArrowLeft" && row.isOpen) toggle(row);
    else if (event.key === "ArrowLeft" || event.key === "Backspace")
      selectPath(row.path.slice(0, -1));
    else if (event.key === "Enter" || event.key === " ") {
      if (row.node.frame !== null) void goToFrame(id, row.node.frame);
      else toggle(row);
    } else if (event.key === "*") setOpen(groupsIn(row.node), true);
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      const line = box.current?.querySelector(`[data-key="${row.key}"]`)?.getBoundingClientRect();
      openFieldMenu({ x: (line?.left ?? 0) + 40, y: line?.bottom ?? 0 });
    } else return;
    event.preventDefault();
  };

  const first = Math.max(0, Math.floor(view.top / rowHeight) - spare);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / rowHeight) + spare);
  return (
    <div
      className="detail-tree"
      role="treegrid"
      aria-label="Fields"
      aria-rowcount={rows.length}
      aria-activedescendant={
        selectedIndex >= first && selectedIndex < last ? `field-${selectedKey}` : undefined
      }
      tabIndex={0}
      ref={box}
      onScroll={({ currentTarget }) =>
        setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })
      }
      onKeyDown={onKeyDown}
      onFocus={() => {
        if (field === null) select(rows[0]);
      }}
      onPointerLeave={() => hoverField(id, null)}
    >
      <div role="rowgroup" style={{ height: rows.length * rowHeight, position: "relative" }}>
        {rows.slice(first, last).map((row, index) => (
          <Line
            key={row.key}
            row={row}
            y={(first + index) * rowHeight}
            isSelected={row.key === selectedKey}
            isHovered={row.key === hoveredKey}
            onHover={() => hoverField(id, row.path)}
            onSelect={() => select(row)}
            onToggle={() => toggle(row)}
            onGo={(frame) => void goToFrame(id, frame)}
          />
        ))}
      </div>
      <FieldMenu document={document} detail={detail} />
    </div>
  );
}

const icons = { error: CircleX, warning: CircleAlert, note: Info, info: null } as const;

function Line({
  row,
  y,
  isSelected,
  isHovered,
  onHover,
  onSelect,
  onToggle,
  onGo,
}: {
  readonly row: TreeRow;
  readonly y: number;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  readonly onHover: () => void;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly onGo: (frame: number) => void;
}) {
  const { node, key, depth, isOpen, position, siblings } = row;
  const isGroup = node.children.length > 0;
  const Icon = node.severity === null ? null : icons[node.severity];
  return (
    <div
      id={`field-${key}`}
      data-key={key}
      role="row"
      aria-level={depth + 1}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isGroup ? isOpen : undefined}
      aria-selected={isSelected}
      className="detail-tree__row"
      data-selected={isSelected || undefined}
      data-hovered={isHovered || undefined}
      data-severity={node.severity ?? undefined}
      style={{ transform: `translateY(${y}px)`, paddingLeft: 4 + 14 * depth }}
      onPointerEnter={onHover}
      onPointerDown={(event) => {
        if (event.button === 0) onSelect();
      }}
      onDoubleClick={onToggle}
      onContextMenu={(event) => {
        event.preventDefault();
        onSelect();
        openFieldMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <span
        className="detail-tree__arrow"
        data-open={isOpen || undefined}
        aria-hidden="true"
        onPointerDown={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        {isGroup && <ChevronRight size={12} />}
      </span>
      <span
        role="gridcell"
        className="detail-tree__name"
        style={depth === 0 ? { color: hueOf(node.field) } : undefined}
      >
        {depth > 0 && (
          <span className="detail-tree__hue" style={{ background: hueOf(node.field) }} />
        )}
        {node.name}
      </span>
      <span
        role="gridcell"
        className="detail-tree__value"
        data-generated={node.generated || undefined}
      >
        {Icon !== null && node.severity !== null && (
          <span
            className="detail-tree__severity"
            data-severity={node.severity}
            role="img"
            aria-label={node.severity}
          >
            <Icon size={12} />
          </span>
        )}
        <Value node={node} />
        {node.frame !== null && (
          <button
            type="button"
            tabIndex={-1}
            className="link-button"
            onClick={() => {
              if (node.frame !== null) onGo(node.frame);
            }}
          >
            go there
          </button>
        )}
      </span>
    </div>
  );
}

/** The remark in brackets is quieter than the value. */
function Value({ node: { display, generated } }: { readonly node: DetailNode }) {
  const [, value, remark] = /^(.*?)( \[.*\])?$/s.exec(display) ?? [];
  return (
    <span>
      {generated && value !== "" ? `(${value})` : value}
      {remark !== undefined && <span className="detail-tree__remark">{remark}</span>}
    </span>
  );
}
