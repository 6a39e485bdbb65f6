/** What keys have done, in words. */
import type { KeyEffect } from "../../analyzer/protocol/index.js";

/** Of key sets that were added: what they have opened, or why nothing. */
export function addedWords(added: number, effect: KeyEffect, documents: number): string {
  if (added === 0) return "These keys are there already.";
  return `Key sets added: ${added}. ${openedWords(effect, documents)}`;
}

/** Of a key file that took the place of all keys. */
export function replacedWords(sets: number, effect: KeyEffect): string {
  const are = sets === 1 ? "There is one key set now." : `There are ${count(sets)} key sets now.`;
  return [are, ...changes(effect)].join(" ");
}

function openedWords(effect: KeyEffect, documents: number): string {
  const { ciphered, reread, refused, noKey, failed } = effect;
  const closed = noKey + failed;
  const done = changes(effect);
  if (done.length > 0)
    return [...done, ...(closed > 0 ? [`${stay(closed)} closed.`] : [])].join(" ");
  if (documents === 0) return "They are tried on what you open.";
  if (ciphered === 0) return "Nothing that is open is ciphered.";
  if (closed === 0) return "All that is ciphered was open already.";
  if (reread === 0)
    return "They open nothing: no ciphered APDU is of a meter with this system title.";
  if (refused > 0) {
    const match =
      refused === 1 ? "the tag of 1 APDU does" : `the tags of ${count(refused)} APDUs do`;
    return `They open nothing: ${match} not match them.`;
  }
  const are = closed === 1 ? "is" : "are";
  return `They open nothing: the ${apdus(closed)} that ${are} closed ${are} of another meter, or made with other keys.`;
}

function changes({ opened, closed, authenticated }: KeyEffect): readonly string[] {
  return [
    ...(opened > 0 ? [`${were(opened)} opened by them.`] : []),
    ...(closed > 0 ? [`${were(closed)} closed again.`] : []),
    ...(authenticated > 0
      ? [
          `The ${authenticated === 1 ? "tag" : "tags"} of ${apdus(authenticated)} could be verified.`,
        ]
      : []),
  ];
}

const count = (number: number) => number.toLocaleString("en");
const apdus = (number: number) => `${count(number)} ${number === 1 ? "APDU" : "APDUs"}`;
const were = (number: number) => `${apdus(number)} ${number === 1 ? "was" : "were"}`;
const stay = (number: number) => `${count(number)} ${number === 1 ? "stays" : "stay"}`;
