/** Frames written to files and terminals: text, JSON, CSV, XML, HTML. */
export {
  type ExportFormat,
  type ExportOptions,
  exportFormats,
  needsTree,
} from "./export-options.js";
export { FrameExporter } from "./frame-exporter.js";
