/** Opens captures, and says what could not be opened. */
import type { SourceReference } from "../../analyzer/protocol/index.js";
import { findShell } from "../shell.js";
import { activate, ask, useAnalyzer } from "./analyzer.js";
import { changeSettings } from "./settings.js";
import { tellFault } from "./window.js";

const rememberedFiles = 12;

/** Opens each by itself, or all merged by time; looks at the last one. */
export async function openSources(
  sources: readonly SourceReference[],
  { merge = false }: { readonly merge?: boolean } = {},
): Promise<void> {
  if (sources.length === 0) return;
  try {
    const { documents } = await ask("open", { sources: [...sources], merge, options: {} });
    const last = documents.at(-1);
    if (last !== undefined) activate(last);
    remember(sources);
  } catch (error) {
    tellFault(error);
  }
}

/** Opens files that were dropped on the window or chosen in it. */
export async function openFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  try {
    await openSources(await findShell().takeFiles(files));
  } catch (error) {
    tellFault(error);
  }
}

/** Only what lies on a disk can be opened again another day. */
function remember(sources: readonly SourceReference[]): void {
  const { settings } = useAnalyzer.getState();
  if (settings === null) return;
  const opened = sources.flatMap((source) =>
    source.kind === "path"
      ? [{ name: source.path.split(/[\\/]/).at(-1) ?? source.path, path: source.path }]
      : [],
  );
  if (opened.length === 0) return;
  const others = settings.recentFiles.filter(
    ({ path }) => !opened.some((one) => one.path === path),
  );
  changeSettings({ recentFiles: [...opened.toReversed(), ...others].slice(0, rememberedFiles) });
}

/** Opens a file of before. */
export async function openRecent(path: string): Promise<void> {
  await openSources([{ kind: "path", path }]);
}
