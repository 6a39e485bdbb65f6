/** The registries as a page in Markdown: one table for each prefix. */

export interface ReferenceTable<Entry> {
  readonly title: string;
  /** The public name of an entry; what stands before its first dot is the prefix. */
  readonly nameOf: (entry: Entry) => string;
  readonly columns: readonly (readonly [head: string, cell: (entry: Entry) => string])[];
}

/** Writes the page; entries come sorted by name. */
export function writeReferencePage<Entry>(
  entries: readonly Entry[],
  { title, nameOf, columns }: ReferenceTable<Entry>,
): string {
  const byPrefix = new Map<string, Entry[]>();
  for (const entry of entries) {
    const [prefix = ""] = nameOf(entry).split(".");
    const known = byPrefix.get(prefix);
    if (known === undefined) byPrefix.set(prefix, [entry]);
    else known.push(entry);
  }
  const lines = [`# ${title}`];
  for (const [prefix, members] of byPrefix) {
    lines.push("", `## ${prefix}`, "");
    lines.push(row(columns.map(([head]) => head)), row(columns.map(() => "---")));
    for (const member of members) lines.push(row(columns.map(([, cell]) => cell(member))));
  }
  return `${lines.join("\n")}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escapeCell).join(" | ")} |`;
}

/** A bar would end the cell, and a less-than sign begin a tag. */
function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
