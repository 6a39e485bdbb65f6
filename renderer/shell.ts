import type { Shell } from "../analyzer/protocol/index.js";

declare global {
  interface Window {
    obiscopeShell?: Shell;
  }
}

/** The shell that the page runs in. Throws where it was opened without one. */
export function findShell(): Shell {
  const shell = window.obiscopeShell;
  if (shell === undefined) throw new Error("This page is opened by Obiscope, not by itself.");
  return shell;
}
