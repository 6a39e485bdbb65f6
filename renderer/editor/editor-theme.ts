/** Monaco's colours: those of the window, worked out anew whenever the window looks otherwise. */
import type { Monaco } from "./load-monaco.js";

export const themeName = "obiscope";

/** Monaco's names of colours, and our tokens for them. */
const colours: Readonly<Record<string, string>> = {
  "editor.background": "--surface",
  "editor.foreground": "--text",
  "editorLineNumber.foreground": "--text-faint",
  "editorLineNumber.activeForeground": "--text",
  "editorCursor.foreground": "--text",
  "editor.selectionBackground": "--accent-surface",
  "editor.inactiveSelectionBackground": "--surface-sunken",
  "editor.selectionHighlightBackground": "--surface-sunken",
  "editor.lineHighlightBackground": "--surface-raised",
  "editor.lineHighlightBorder": "--surface-raised",
  "editor.hoverHighlightBackground": "--surface-hover",
  "editor.findMatchBackground": "--accent-surface",
  "editor.findMatchHighlightBackground": "--warning-surface",
  "editor.placeholder.foreground": "--text-quiet",
  "editorBracketMatch.background": "--surface-sunken",
  "editorBracketMatch.border": "--border-strong",
  // One hue has one meaning here; which bracket goes with which, the caret shows.
  "editorBracketHighlight.foreground1": "--text-quiet",
  "editorBracketHighlight.foreground2": "--text-quiet",
  "editorBracketHighlight.foreground3": "--text-quiet",
  "editorBracketHighlight.unexpectedBracket.foreground": "--error",
  "editorIndentGuide.background1": "--border",
  "editorIndentGuide.activeBackground1": "--border-strong",
  "editorWhitespace.foreground": "--border-strong",
  "editorGutter.background": "--surface",
  "editorOverviewRuler.border": "--border",
  "editorError.foreground": "--error",
  "editorWarning.foreground": "--warning",
  "editorInfo.foreground": "--note",
  "editorHint.foreground": "--info",
  "editorWidget.background": "--surface-raised",
  "editorWidget.foreground": "--text",
  "editorWidget.border": "--border-strong",
  "editorHoverWidget.background": "--surface-raised",
  "editorHoverWidget.foreground": "--text",
  "editorHoverWidget.border": "--border-strong",
  "editorHoverWidget.statusBarBackground": "--surface-sunken",
  "editorSuggestWidget.background": "--surface-raised",
  "editorSuggestWidget.foreground": "--text",
  "editorSuggestWidget.border": "--border-strong",
  "editorSuggestWidget.selectedBackground": "--accent-surface",
  "editorSuggestWidget.selectedForeground": "--text",
  "editorSuggestWidget.highlightForeground": "--accent",
  "editorSuggestWidget.focusHighlightForeground": "--accent",
  "list.hoverBackground": "--surface-hover",
  "list.activeSelectionBackground": "--accent-surface",
  "list.activeSelectionForeground": "--text",
  "list.focusBackground": "--accent-surface",
  "menu.background": "--surface-raised",
  "menu.foreground": "--text",
  "menu.border": "--border-strong",
  "menu.selectionBackground": "--accent-surface",
  "menu.selectionForeground": "--text",
  "menu.separatorBackground": "--border",
  "input.background": "--surface",
  "input.foreground": "--text",
  "input.border": "--border-strong",
  "input.placeholderForeground": "--text-quiet",
  "inputOption.activeBackground": "--accent-surface",
  "inputOption.activeForeground": "--text",
  "inputOption.activeBorder": "--accent",
  "scrollbarSlider.background": "--border",
  "scrollbarSlider.hoverBackground": "--border-strong",
  "scrollbarSlider.activeBackground": "--border-strong",
  "textLink.foreground": "--accent",
  "textLink.activeForeground": "--accent",
  "textCodeBlock.background": "--surface-sunken",
  focusBorder: "--focus",
  foreground: "--text",
  descriptionForeground: "--text-quiet",
  errorForeground: "--error",
  "icon.foreground": "--text-quiet",
};

/** Words of the languages, and the tokens for their colours. */
const words: readonly (readonly [token: string, colour: string])[] = [
  ["", "--text"],
  ["comment", "--text-quiet"],
  ["delimiter", "--text-quiet"],
  ["delimiter.bracket.json", "--text-quiet"],
  ["delimiter.array.json", "--text-quiet"],
  ["string", "--layer-cosem"],
  ["string.key.json", "--layer-link"],
  ["string.value.json", "--layer-cosem"],
  ["number", "--layer-xdlms"],
  ["keyword", "--layer-llc"],
  ["keyword.json", "--layer-llc"],
  ["tag", "--layer-link"],
  ["metatag", "--text-quiet"],
  ["attribute.name", "--layer-llc"],
  ["attribute.value", "--layer-cosem"],
];

/** Gives the editors the colours of the window, now and after every change of them. */
export function followTheme(monaco: Monaco): void {
  const apply = () => {
    monaco.editor.defineTheme(themeName, themeOf(document.documentElement));
    monaco.editor.setTheme(themeName);
  };
  apply();
  // The choice in the settings, and that of the system.
  new MutationObserver(apply).observe(document.documentElement, {
    attributeFilter: ["data-theme"],
  });
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    window.matchMedia(query).addEventListener("change", apply);
  }
}

type ThemeData = Parameters<Monaco["editor"]["defineTheme"]>[1];

function themeOf(root: HTMLElement): ThemeData {
  const isForced = window.matchMedia("(forced-colors: active)").matches;
  const probe = root.ownerDocument.createElement("span");
  probe.hidden = true;
  root.append(probe);
  const hexOf = (token: string): string => {
    // Forced colours take the place of every colour but those that the system names.
    probe.style.color = isForced ? systemColour(token) : `var(${token})`;
    return toHex(getComputedStyle(probe).color);
  };
  const theme: ThemeData = {
    base: baseOf(hexOf("--surface"), isForced),
    inherit: true,
    colors: Object.fromEntries(
      Object.entries(colours).map(([name, token]) => [name, hexOf(token)]),
    ),
    rules: words.map(([token, colour]) => ({ token, foreground: hexOf(colour).slice(1) })),
  };
  probe.remove();
  return theme;
}

/** What of the system's colours a token stands for. */
function systemColour(token: string): string {
  if (token === "--accent-surface") return "Highlight";
  if (token.startsWith("--surface")) return "Canvas";
  return "CanvasText";
}

function baseOf(surface: string, isForced: boolean): ThemeData["base"] {
  const channels = [1, 3, 5].map((at) => Number.parseInt(surface.slice(at, at + 2), 16));
  const isDark = channels.reduce((sum, channel) => sum + channel, 0) < 3 * 128;
  if (isForced) return isDark ? "hc-black" : "hc-light";
  return isDark ? "vs-dark" : "vs";
}

/** `rgb(214, 231, 251)` as `#d6e7fb`. */
function toHex(colour: string): string {
  const channels = colour.match(/[\d.]+/g)?.slice(0, 3) ?? ["0", "0", "0"];
  return `#${channels.map((channel) => Math.round(Number(channel)).toString(16).padStart(2, "0")).join("")}`;
}
