/** What the shells need: captures decoded, keys loaded, frames presented. */
export { CaptureOpenError } from "../captures/open.js";
export {
  compareSeverity,
  type DecodeAs,
  type Field,
  type Frame,
  type Framing,
  KeyFileError,
  type KeySet,
  keySetFromOptions,
  listFields,
  type Severity,
  TextBuffer,
  type TextOptions,
  writeFrame,
  writeFrameText,
} from "../decoder/index.js";
export {
  type CaptureProgress,
  type DecodeCaptureOptions,
  decodeCapture,
} from "./decode-capture.js";
export { loadKeyFile } from "./keys.js";
export { nodePrimitives } from "./node-primitives.js";
