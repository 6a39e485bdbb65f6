/** What the shells need: captures decoded, keys loaded, frames presented. */
export { CaptureOpenError } from "../captures/open.js";
export type { HdlcDirectionView } from "../decoder/conversation/link/hdlc-station.js";
export type { ServerAddress } from "../decoder/frame.js";
export {
  compareSeverity,
  type DecodeAs,
  type DiagnosticDefinition,
  type Explanation,
  type ExplanationKind,
  explain,
  type Frame,
  formatLogicalName,
  type GivenColumns,
  KeyFileError,
  type KeySet,
  keySetFromOptions,
  listDiagnostics,
  nameOfReading,
  type ObjectDefinition,
  ObjectFileError,
  type ObjectNames,
  parseLogicalName,
  type Severity,
  suggest,
  TextBuffer,
  type TextOptions,
  type Timestamp,
  toHex,
} from "../decoder/index.js";
export { toPrintable } from "../decoder/present/printable.js";
export { formatShortTime, formatTimestamp } from "../decoder/present/time.js";
export type { AssociationRecord, ProofRecord } from "./association-records.js";
export { type MeterObject, readCaptureObjects } from "./capture-objects.js";
export { type ReadingRow, readCaptureReadings } from "./capture-readings.js";
export { DecodeAsError, framings, parseDecodeAs } from "./decode-as.js";
export { type DecodeCaptureOptions, decodeCapture } from "./decode-capture.js";
export { decodeLive } from "./decode-live.js";
export {
  type ExportFormat,
  exportFormats,
  FrameExporter,
  type FrameNotes,
  needsTree,
} from "./export/index.js";
export type { FilterField } from "./filter/filter-field.js";
export { listFilterFields } from "./filter/filter-fields.js";
export type { CaptureProcess, CaptureSupervisor } from "./host/capture-supervisor.js";
export type { ChildOptions } from "./host/engine-child.js";
export type { EngineProcess, ShellHost } from "./host/engine-supervisor.js";
export type { RecordingFolder } from "./host/recording-folder.js";
export { loadKeyFile, readKeyText } from "./keys.js";
export { nodePrimitives } from "./node-primitives.js";
export { loadObjectNames } from "./object-names.js";
export { type OfferedFile, type Port, type PortListener, ProtocolError } from "./protocol/index.js";
export type { CaptureProgress } from "./read-capture.js";
export type { CaptureInput } from "./read-merged.js";
export { summarizeFile } from "./summarize-file.js";
export type {
  CaptureSummary,
  ConversationSummary,
  TimeSpan,
} from "./summary.js";
export type { KeysSummary } from "./summary-keys.js";
export type { ProblemSummary, SeverityCounts } from "./summary-problems.js";
export type { ProcessSummary } from "./summary-processes.js";
export type { LatencySummary, ServiceSummary } from "./summary-services.js";
