/** What other keys have done to ciphered APDUs: how each stood before, and how it stands now. */
import type { CaptureIndex } from "../capture-index.js";
import type { CipheringNote } from "../ciphering-notes.js";
import type { KeyEffect } from "../protocol/index.js";
import { kindOfStatus } from "./counts.js";

/** Of a row: no ciphered APDU, or what became of it. */
const verdicts = { none: 0, authenticated: 1, opened: 2, noKey: 3, failed: 4 } as const;

export const noEffect: KeyEffect = {
  ciphered: 0,
  reread: 0,
  opened: 0,
  closed: 0,
  authenticated: 0,
  refused: 0,
  noKey: 0,
  failed: 0,
};

/** How the rows of an index stand: a byte for each, to be compared with when its keys are others. */
export function noteVerdicts({ columns, length }: CaptureIndex): Uint8Array {
  const noted = new Uint8Array(length);
  const verdictAt = createLookup(columns);
  for (let row = 0; row < length; row++) noted[row] = verdictAt(row);
  return noted;
}

/** Few notes stand in millions of rows. */
function createLookup(columns: CaptureIndex["columns"]): (row: number) => number {
  const known: number[] = [];
  return (row) => {
    const number = columns.cipheringNumber(row);
    const verdict = known[number] ?? verdictOf(columns.ciphering(row));
    known[number] = verdict;
    return verdict;
  };
}

/** Compares the rows of before with what they are now. `reread`: how many were read again. */
export function compareVerdicts(
  before: Uint8Array,
  index: CaptureIndex,
  reread: number,
): KeyEffect {
  const effect = { ...noEffect, reread };
  const verdictAt = createLookup(index.columns);
  for (const [row, was] of before.entries()) {
    const is = verdictAt(row);
    if (is === verdicts.none) continue;
    effect.ciphered += 1;
    if (is === verdicts.noKey) effect.noKey += 1;
    if (is === verdicts.failed) effect.failed += 1;
    if (isOpen(is) && !isOpen(was)) effect.opened += 1;
    if (isOpen(was) && !isOpen(is)) effect.closed += 1;
    if (was === verdicts.opened && is === verdicts.authenticated) effect.authenticated += 1;
    if (was === verdicts.noKey && is === verdicts.failed) effect.refused += 1;
  }
  return effect;
}

/** What it was in all documents. */
export function addEffects(effects: readonly KeyEffect[]): KeyEffect {
  return effects.reduce(
    (sum, effect) => ({
      ciphered: sum.ciphered + effect.ciphered,
      reread: sum.reread + effect.reread,
      opened: sum.opened + effect.opened,
      closed: sum.closed + effect.closed,
      authenticated: sum.authenticated + effect.authenticated,
      refused: sum.refused + effect.refused,
      noKey: sum.noKey + effect.noKey,
      failed: sum.failed + effect.failed,
    }),
    noEffect,
  );
}

function verdictOf(note: CipheringNote | undefined): number {
  if (note === undefined) return verdicts.none;
  const kind = kindOfStatus(note.status);
  if (kind === null) return verdicts.none;
  return kind === "opened" && note.authenticated ? verdicts.authenticated : verdicts[kind];
}

function isOpen(verdict: number): boolean {
  return verdict === verdicts.authenticated || verdict === verdicts.opened;
}
