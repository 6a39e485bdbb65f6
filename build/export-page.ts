/**
 * Makes analyzer/export/page-parts.ts: script and style of an exported page, as texts in a module. So
 * they are there wherever the analyzer runs, from its sources and in every bundle, and no file has to be
 * found at run time. `npx tsx build/export-page.ts` writes it; a test compares what is there with what
 * this makes.
 */
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const folder = new URL("../analyzer/export/", import.meta.url);
const target = new URL("page-parts.ts", folder);

export async function makePageParts(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["page.ts", "page.css"].map((name) => new URL(`page/${name}`, folder).pathname),
    outdir: "out",
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    write: false,
    logLevel: "warning",
  });
  const textOf = (extension: string) =>
    outputFiles.find(({ path }) => path.endsWith(extension))?.text.trim() ?? "";
  return `// Made of page/page.ts and page/page.css by build/export-page.ts.

export const pageScript = ${literal(textOf(".js"))};

export const pageStyle = ${literal(textOf(".css"))};
`;
}

/** What is there now. */
export function readPageParts(): Promise<string> {
  return readFile(target, "utf8");
}

function literal(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, "\\$&")}\``;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await writeFile(target, await makePageParts());
}
