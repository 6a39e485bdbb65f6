/** Frames written to files and terminals: text, JSON, CSV, XML, HTML. */
export { type ExportFormat, exportFormats } from "../protocol/export-format.js";
export { type ExportOptions, type FrameNotes, needsTree } from "./export-options.js";
export { FrameExporter } from "./frame-exporter.js";
