import { tell } from "./window.js";

/** Copies a text, and says so. Rejects where the browser does not allow it. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  tell("Copied.");
}
