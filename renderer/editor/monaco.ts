/**
 * Monaco with the features that this application has use for. Only `loadMonaco` imports this file, so
 * that the window comes up without it.
 *
 * Left out with intent: what takes the application's own keys (F1, F8, Ctrl+M, Ctrl+G), and colours
 * of links and words that would say something else than the colours of fields.
 */
// The completion list: its feature of this name brings only what shows completions in the line.
import "monaco-editor/editor/contrib/suggest/browser/suggestController.js";
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
import "monaco-editor/features/wordOperations/register";
import "monaco-editor/languages/definitions/xml/register";
import {
  editor,
  KeyCode,
  KeyMod,
  languages,
  MarkerSeverity,
  Range,
  Uri,
} from "monaco-editor/editor";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import { jsonConfiguration, jsonTokens } from "./json-language.js";

export { editor, KeyCode, KeyMod, languages, MarkerSeverity, Range, Uri };

// What explains marks in hovers also takes the application's keys for the next and the last frame.
editor.addKeybindingRules(
  [KeyCode.F8, KeyMod.Shift | KeyCode.F8].map((keybinding) => ({ keybinding, command: null })),
);

languages.register({ id: "json" });
languages.setLanguageConfiguration("json", jsonConfiguration);
languages.setMonarchTokensProvider("json", jsonTokens);

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
