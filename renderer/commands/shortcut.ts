/** Keys as the command table spells them: `Mod+Shift+V`. `Mod` is Cmd on a Mac and Ctrl elsewhere. */

export type Platform = "mac" | "windows" | "linux";

/** What of a keyboard event counts. */
export interface KeyStroke {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

interface Parsed {
  readonly mod: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
}

function parse(shortcut: string): Parsed {
  // The plus sign can be the key itself: `Mod++`.
  const parts = shortcut.endsWith("++")
    ? [...shortcut.slice(0, -2).split("+"), "+"]
    : shortcut.split("+");
  const key = parts.pop() ?? "";
  return {
    mod: parts.includes("Mod"),
    ctrl: parts.includes("Ctrl"),
    alt: parts.includes("Alt"),
    shift: parts.includes("Shift"),
    key,
  };
}

/** Whether a stroke is that shortcut. */
export function isStroke(stroke: KeyStroke, shortcut: string, platform: Platform): boolean {
  const { mod, ctrl, alt, shift, key } = parse(shortcut);
  const isMac = platform === "mac";
  if (stroke.metaKey !== (mod && isMac)) return false;
  if (stroke.ctrlKey !== (ctrl || (mod && !isMac))) return false;
  if (stroke.altKey !== alt) return false;
  // A sign that needs Shift on some keyboards is meant as it is written.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && stroke.shiftKey !== shift) return false;
  if (stroke.key.toLowerCase() === key.toLowerCase()) return true;
  // Alt makes other letters of letters on some systems: there the key counts by its place.
  return /^[A-Z]$/.test(key) && stroke.code === `Key${key}`;
}

const signs: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/** Arrows are words but on a Mac: not every font has them. */
const names: Readonly<Record<string, string>> = {
  ArrowUp: "Up",
  ArrowDown: "Down",
  ArrowLeft: "Left",
  ArrowRight: "Right",
  Escape: "Esc",
  Delete: "Del",
};

/** As menus show it: `Ctrl+Shift+V`, `⇧⌘V`. */
export function describeShortcut(shortcut: string, platform: Platform): string {
  const { mod, ctrl, alt, shift, key } = parse(shortcut);
  const name = names[key] ?? key;
  if (platform === "mac") {
    const sign = signs[key] ?? name;
    return `${ctrl ? "⌃" : ""}${alt ? "⌥" : ""}${shift ? "⇧" : ""}${mod ? "⌘" : ""}${sign}`;
  }
  const modifiers = [mod || ctrl ? "Ctrl" : "", alt ? "Alt" : "", shift ? "Shift" : ""];
  return [...modifiers.filter((word) => word !== ""), name].join("+");
}

const accelerators: Readonly<Record<string, string>> = {
  ArrowUp: "Up",
  ArrowDown: "Down",
  ArrowLeft: "Left",
  ArrowRight: "Right",
  "+": "Plus",
};

/** As Electron spells it: `CmdOrCtrl+Shift+V`. */
export function acceleratorOf(shortcut: string): string {
  const { mod, ctrl, alt, shift, key } = parse(shortcut);
  const modifiers = [
    mod ? "CmdOrCtrl" : "",
    ctrl ? "Ctrl" : "",
    alt ? "Alt" : "",
    shift ? "Shift" : "",
  ];
  return [...modifiers.filter((word) => word !== ""), accelerators[key] ?? key].join("+");
}
