/**
 * JSON for Monaco: its colours and its brackets. Monaco's own knowledge of JSON lives in a worker, and
 * loads every feature of the editor with it, those that were left out with intent among them.
 */
import type { languages } from "monaco-editor/editor";

export const jsonConfiguration: languages.LanguageConfiguration = {
  brackets: [
    ["{", "}"],
    ["[", "]"],
  ],
  autoClosingPairs: [
    { open: "{", close: "}", notIn: ["string"] },
    { open: "[", close: "]", notIn: ["string"] },
    { open: '"', close: '"', notIn: ["string"] },
  ],
  wordPattern: /[\w.-]+/,
};

export const jsonTokens: languages.IMonarchLanguage = {
  tokenPostfix: ".json",
  tokenizer: {
    root: [
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, "string.key"],
      [/"(?:[^"\\]|\\.)*"?/, "string.value"],
      [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, "number"],
      [/\b(?:true|false|null)\b/, "keyword"],
      [/[{}[\],:]/, "delimiter"],
    ],
  },
};
