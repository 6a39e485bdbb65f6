/**
 * Monaco with the features that this application has use for. Only `loadMonaco` imports this file, so
 * that the window comes up without it.
 *
 * Left out with intent: what takes the application's own keys (F1, F8, Ctrl+M, Ctrl+G), and colours
 * of links and words that would say something else than the colours of fields.
 */
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/codeEditor/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/contextmenu/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/folding/register";
import "monaco-editor/features/format/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/placeholderText/register";
import "monaco-editor/features/readOnlyMessage/register";
import "monaco-editor/features/smartSelect/register";
import "monaco-editor/features/snippet/register";
import "monaco-editor/features/suggest/register";
import "monaco-editor/features/wordOperations/register";
import "monaco-editor/languages/definitions/xml/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import JsonWorker from "monaco-editor/languages/features/json/json.worker?worker";

export {
  editor,
  KeyCode,
  KeyMod,
  languages,
  MarkerSeverity,
  Range,
  Selection,
  Uri,
} from "monaco-editor/editor";
/** What the JSON language knows: schemas, and which of its features are on. */
export { jsonDefaults } from "monaco-editor/languages/features/json/register";

self.MonacoEnvironment = {
  getWorker: (_, label) => (label === "json" ? new JsonWorker() : new EditorWorker()),
};
