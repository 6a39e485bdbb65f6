/** What a person does around the page, which every shell does in its own way. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

export interface ShellHands {
  /** Opens captures, as if they were chosen or dropped. */
  open(paths: readonly string[]): Promise<void>;
  /** The text that was copied last. */
  clipboard(): Promise<string>;
  /** Does what ends in a file that is saved; the name that was offered for it, and what it has. */
  save(press: () => Promise<unknown>): Promise<{ readonly name: string; readonly text: string }>;
}

export function browserHands(page: Page): ShellHands {
  return {
    open: (paths) => page.getByTestId("file-chooser").setInputFiles([...paths]),
    clipboard: () => page.evaluate<string>("navigator.clipboard.readText()"),
    save: async (press) => {
      const [download] = await Promise.all([page.waitForEvent("download"), press()]);
      const text = readFileSync(await download.path(), "utf8");
      return { name: download.suggestedFilename(), text };
    },
  };
}
