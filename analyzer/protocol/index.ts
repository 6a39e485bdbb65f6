/** The contract between the analyzer and its clients. Runs unchanged in a browser and in Node. */

export type { Severity } from "../../decoder/core/diagnostics.js";
// From the table alone: a window that edits a key file needs no decoder.
export {
  bytesOf,
  type KeyFileMember,
  keyFileMembers,
  keySides,
  type SecuritySuite,
  securitySuites,
} from "../../decoder/security/key-file-format.js";
export type { AnalyzerEvent, Answer, Place } from "./answers.js";
export type {
  CapturePorts,
  CaptureRequest,
  CaptureState,
  SerialPortView,
  TapSettings,
  UnfinishedRecording,
} from "./capture.js";
export { AnalyzerClient, type RequestOptions } from "./client.js";
export type {
  CipheredCount,
  DocumentState,
  Progress,
  ReadingOptions,
} from "./document.js";
export type { CaptureHost, EngineHost, EngineSession, ResolvedSource } from "./engine-host.js";
export type { ExportFormat } from "./export-format.js";
export type {
  ByteSourceView,
  CipheringVerdict,
  DetailNode,
  FrameDetail,
  ProblemView,
} from "./frame-detail.js";
export { LastingPort } from "./lasting-port.js";
export { type Layer, layerOf } from "./layer.js";
export { ProtocolError } from "./messages.js";
export type * from "./panels.js";
export { createPortPair, type Port, type PortListener } from "./port.js";
export type { Method, Request } from "./requests.js";
export type { MomentView, Row, RowWindow } from "./row.js";
export type * from "./scratch.js";
export type { ColourRule, ColumnSetting, Profile, Settings } from "./settings.js";
export type { Shell, ShellMenu, ShellMenuItem } from "./shell.js";
export type { OfferedFile, SourceReference } from "./source-reference.js";
