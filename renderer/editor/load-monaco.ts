import { followTheme } from "./editor-theme.js";

/** Monaco, as monaco.ts gives it. */
export type Monaco = typeof import("./monaco.js");

let loading: Promise<Monaco> | null = null;

/**
 * Loads Monaco when it is first asked for; its colours follow the theme of the window from then on.
 * Rejects where it cannot be loaded.
 */
export function loadMonaco(): Promise<Monaco> {
  loading ??= load();
  return loading;
}

/** Monaco where it is loaded, or being so. */
export function monacoIfLoaded(): Promise<Monaco> | null {
  return loading;
}

async function load(): Promise<Monaco> {
  const [monaco] = await Promise.all([import("./monaco.js"), loadBytesFont()]);
  followTheme(monaco);
  return monaco;
}

/** Monaco measures characters once: the font must be there by then. Without it another one does. */
async function loadBytesFont(): Promise<void> {
  await document.fonts.load(`12px ${bytesFont()}`).catch(() => {});
}

/** The font of bytes, as the theme names it. */
export function bytesFont(): string {
  return getComputedStyle(document.documentElement).getPropertyValue("--font-bytes");
}
