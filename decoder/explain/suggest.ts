/** The nearest names to a topic that nothing is known of. */
import { listDiagnostics } from "../core/diagnostics.js";
import { listFields } from "../core/fields.js";
import { findUnit, listUnits } from "../cosem/units.js";
import { listClasses, listItemNames } from "./class-names.js";
import { listValueNames } from "./enumerations.js";
import { longestTopic } from "./explain.js";
import { nameKey } from "./name-key.js";

interface Candidate {
  readonly name: string;
  readonly key: string;
  /** What follows the last dot: people leave the format out. */
  readonly lastKey: string;
}

let candidates: readonly Candidate[] | undefined;

/** Names like `topic`, the nearest first, at most five. Each of them has an explanation. */
export function suggest(topic: string): string[] {
  const key = nameKey(topic);
  if (key === "" || key.length > longestTopic) return [];
  if (/^\d{1,3}$/.test(key)) return findUnit(Number(key)) === undefined ? [] : [`unit ${key}`];
  candidates ??= listCandidates();
  const near: { readonly name: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    const distance = distanceTo(candidate, key);
    if (distance !== undefined) near.push({ name: candidate.name, distance });
  }
  near.sort(
    (a, b) =>
      a.distance - b.distance || a.name.length - b.name.length || (a.name < b.name ? -1 : 1),
  );
  return near.slice(0, 5).map(({ name }) => name);
}

function listCandidates(): Candidate[] {
  const names = [
    ...listFields().map(({ id }) => id),
    ...listDiagnostics().map(({ code }) => code),
    ...listClasses().map(({ name }) => name),
    ...listItemNames(),
    ...listUnits().flatMap(({ symbol, name }) => [symbol, name]),
    ...listValueNames(),
  ];
  const prefixes = names.flatMap((name) => /^[^.\s]+(?=\.)/.exec(name) ?? []);
  const byKey = new Map<string, Candidate>();
  for (const name of [...names, ...prefixes]) {
    const key = nameKey(name);
    if (key === "" || byKey.has(key)) continue;
    byKey.set(key, { name, key, lastKey: key.slice(key.lastIndexOf(".") + 1) });
  }
  return [...byKey.values()];
}

/** How far they are apart, in typing errors and what is worth as much; undefined where too far. */
function distanceTo({ key, lastKey }: Candidate, asked: string): number | undefined {
  const most = Math.min(3, Math.floor(asked.length / 3));
  let best = editDistance(asked, key, most);
  if (lastKey !== key) best = least(best, editDistance(asked, lastKey, most), 0.5);
  if (asked.length >= 3 && (key.startsWith(asked) || lastKey.startsWith(asked))) {
    best = least(best, 0, 1.5);
  }
  if (key.endsWith(`.${asked}`)) best = least(best, 0, 0.5);
  if (asked.startsWith(`${key}.`)) best = least(best, 0, 2.5);
  if (asked.length >= 4 && ` ${key} `.includes(` ${asked} `)) best = least(best, 0, 2.5);
  return best;
}

function least(best: number | undefined, other: number | undefined, penalty: number) {
  if (other === undefined) return best;
  return Math.min(best ?? Number.POSITIVE_INFINITY, other + penalty);
}

/** Letters to insert, delete or replace; undefined for more than `most`. */
function editDistance(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    if (Math.min(...row) > most) return undefined;
    above = row;
  }
  const distance = above[b.length] ?? 0;
  return distance <= most ? distance : undefined;
}
