import { numberOfName } from "../../xdlms/logical-name.js";
import { breadthOf, matchesPattern, type ObisPattern } from "./obis-pattern.js";

/** Entries by the codes that they are for; more exact patterns come before wider ones. */
export class PatternTable<Entry extends { readonly pattern: ObisPattern }> {
  readonly #exact = new Map<number, Entry[]>();
  readonly #wide: Entry[] = [];

  constructor(entries: Iterable<Entry>) {
    for (const entry of entries) this.#add(entry);
    // The sort is stable: of patterns as wide as each other the first one given wins.
    this.#wide.sort((a, b) => breadthOf(a.pattern) - breadthOf(b.pattern));
  }

  /** The entries for a code, the most exact first. */
  *find(code: Uint8Array): Generator<Entry> {
    if (code.length !== 6) return;
    yield* this.#exact.get(numberOfName(code)) ?? [];
    for (const entry of this.#wide) if (matchesPattern(entry.pattern, code)) yield entry;
  }

  #add(entry: Entry): void {
    if (breadthOf(entry.pattern) !== 1) {
      this.#wide.push(entry);
      return;
    }
    const code = numberOfName(entry.pattern.least);
    const others = this.#exact.get(code);
    if (others === undefined) this.#exact.set(code, [entry]);
    else others.push(entry);
  }
}
