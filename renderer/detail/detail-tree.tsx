import "./detail-tree.css";
import { ChevronRight, CircleAlert, CircleX, Info } from "lucide-react";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { DetailNode, DocumentState, FrameDetail } from "../../analyzer/protocol/index.js";
import { goToFrame } from "../list/list-navigation.js";
import type { MenuPlace } from "../list/row-menu.js";
import { hoverField, useSelection } from "../state/selection.js";
import { tellFault } from "../state/window.js";
import { nodeAt } from "./byte-links.js";
import { isGroupOpen, setOpen, useExpansion } from "./expansion.js";
import { copyField, selectNode } from "./field-actions.js";
import { FieldMenu } from "./field-menu.js";
import { hueOf } from "./layer-hue.js";
import { stepOf, type TreeStep, toggled } from "./tree-keys.js";
import { keyOf, type TreeRow, visibleTree } from "./tree-rows.js";

const rowHeight = 20;
const spare = 10;
/** Names end at one place however deep they stand, as long as there is room. */
const nameWidth = 250;
const stepWidth = 14;
const mostFindings = 8;

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
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const selectedKey = field === null ? null : keyOf(field);
  const hoveredKey = hovered === null ? null : keyOf(hovered);
  const selectedNode = field === null ? undefined : nodeAt(tree, field);
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

  const run = (step: TreeStep, line: DOMRect | undefined) => {
    switch (step.kind) {
      case "select": {
        const node = nodeAt(tree, step.path);
        if (node !== undefined) selectNode(id, step.path, node);
        return;
      }
      case "open":
      case "close":
        setOpen(step.fields, step.kind === "open");
        if (step.path !== null) run({ kind: "select", path: step.path }, line);
        return;
      case "go":
        goToFrame(id, step.frame).catch(tellFault);
        return;
      case "copy":
        if (selectedNode !== undefined)
          copyField({ document, detail, node: selectedNode }, "value").catch(tellFault);
        return;
      case "menu":
        setMenu({ x: (line?.left ?? 0) + 40, y: line?.bottom ?? 0 });
        return;
    }
  };
  const toggle = (row: TreeRow) => {
    if (row.node.children.length > 0) run(toggled(row, field), undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return;
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const stroke = {
      key: event.key,
      isMod: event.ctrlKey || event.metaKey,
      isShift: event.shiftKey,
    };
    const step = stepOf(stroke, tree, rows, selectedIndex, page);
    if (step === null) return;
    event.preventDefault();
    const line = box.current?.querySelector(`[data-key="${selectedKey}"]`);
    run(step, line?.getBoundingClientRect());
  };

  const first = Math.max(0, Math.floor(view.top / rowHeight) - spare);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / rowHeight) + spare);
  return (
    <>
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
          const [row] = rows;
          if (field === null && row !== undefined) selectNode(id, row.path, row.node);
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
              findings={findingsIn(detail, row)}
              onHover={() => hoverField(id, row.path)}
              onSelect={() => selectNode(id, row.path, row.node)}
              onToggle={() => toggle(row)}
              onGo={(frame) => run({ kind: "go", frame }, undefined)}
              onMenu={setMenu}
            />
          ))}
        </div>
      </div>
      <FieldMenu document={document} place={menu} onClose={() => setMenu(null)} />
    </>
  );
}

/** What is wrong in the bytes of a row, in words. */
function findingsIn({ problems }: FrameDetail, { node }: TreeRow): string {
  if (node.severity === null) return "";
  const messages = problems
    .filter(
      ({ severity, source, start, end }) =>
        severity !== "info" && source === node.source && node.start <= start && end <= node.end,
    )
    .map(({ message }) => message);
  return messages.slice(0, mostFindings).join("\n");
}

const icons = { error: CircleX, warning: CircleAlert, note: Info, info: null } as const;

function Line({
  row,
  y,
  isSelected,
  isHovered,
  findings,
  onHover,
  onSelect,
  onToggle,
  onGo,
  onMenu,
}: {
  readonly row: TreeRow;
  readonly y: number;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  readonly findings: string;
  readonly onHover: () => void;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly onGo: (frame: number) => void;
  readonly onMenu: (place: MenuPlace) => void;
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
      style={{ transform: `translateY(${y}px)`, paddingLeft: 4 + stepWidth * depth }}
      onPointerEnter={onHover}
      onPointerDown={(event) => {
        if (event.button === 0) onSelect();
      }}
      onDoubleClick={onToggle}
      onContextMenu={(event) => {
        event.preventDefault();
        onSelect();
        onMenu({ x: event.clientX, y: event.clientY });
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
        style={{
          minWidth: Math.max(0, nameWidth - stepWidth * depth),
          color: depth === 0 ? hueOf(node.field) : undefined,
        }}
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
            title={findings}
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
