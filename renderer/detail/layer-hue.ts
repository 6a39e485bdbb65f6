import { layerOf } from "../../analyzer/protocol/index.js";

/** One hue a layer: `var(--layer-link)`; quiet for a field that belongs to none. */
export function hueOf(field: string): string {
  const layer = layerOf(field);
  return layer === null ? "var(--text-quiet)" : `var(--layer-${layer})`;
}
