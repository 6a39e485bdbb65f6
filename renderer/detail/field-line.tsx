import type { DetailNode, FrameDetail } from "../../analyzer/protocol/index.js";
import type { ByteRange, FieldPath } from "../state/selection.js";
import { bitText, labelsOf, nodeAt } from "./byte-links.js";

/** Where one is, in a line: the path, the value, its bits, and how many bytes they are. */
export function FieldLine({
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
      <span className="hex-view__path">{labelsOf(tree, path).join(" › ")}</span>
      {node.display !== "" && <code className="hex-view__value">{node.display}</code>}
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
