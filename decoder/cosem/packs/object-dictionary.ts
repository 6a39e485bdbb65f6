/**
 * Names of objects, events and bits from everybody who knows any.
 *
 * Strategy: for an object the user's own lines win, then the packs that the user chose, then the
 * standard where it is specific, then the other packs, and what the standard can say of any code is
 * left. An event or a bit has but a number, and every country counts its own from 1: where the user
 * chose no pack and packs differ, all their meanings are told, each with who says so.
 */
import { KnownPlaces } from "../../core/known-places.js";
import { numberOfName } from "../../xdlms/logical-name.js";
import type { ObisName } from "../obis/obis-name.js";
import { packs as allPacks } from "./all-packs.js";
import { breadthOf } from "./obis-pattern.js";
import type { ObjectLine } from "./object-file.js";
import type { Pack } from "./pack.js";
import { type NumberedText, PackTables } from "./pack-tables.js";
import { PatternTable } from "./pattern-table.js";

export interface DictionarySources {
  /** What the standard says of a code: always something. */
  readonly standard: (code: Uint8Array) => ObisName;
  /** Users' lines; of two for the same code the first wins. */
  readonly objects?: readonly ObjectLine[];
  /** Packs that the user chose, the most important one first. */
  readonly packs?: readonly Pack[];
  /** Those to ask where nobody else knows: every other one unless given. */
  readonly otherPacks?: readonly Pack[];
}

export interface EventMeaning {
  readonly text: string;
  /** The packs that say so. */
  readonly by: string;
}

export class ObjectDictionary {
  readonly #standard: (code: Uint8Array) => ObisName;
  readonly #users: PatternTable<ObjectLine>;
  readonly #chosen: readonly PackTables[];
  readonly #others: readonly PackTables[];
  /** By class, 0 where none was given. */
  readonly #known = new KnownPlaces<ObisName>(4096);

  constructor({ standard, objects = [], packs = [], otherPacks = allPacks }: DictionarySources) {
    this.#standard = standard;
    this.#users = new PatternTable(objects);
    this.#chosen = packs.map((pack) => new PackTables(pack));
    this.#others = otherPacks
      .filter((pack) => !packs.includes(pack))
      .map((pack) => new PackTables(pack));
  }

  /** The name of an object, of the class if that is known. */
  find(code: Uint8Array, classId = 0): ObisName {
    if (code.length !== 6) return this.#work(code, classId);
    const number = numberOfName(code);
    const known = this.#known.find(number, classId);
    return known ?? this.#known.keep(number, classId, this.#work(code, classId));
  }

  /**
   * What an event of a log is. The log is named by its profile (0-0:99.98.e*255) or by the object of
   * its event code (0-0:96.11.e*255), which the companion specifications number alike.
   */
  findEvent(log: Uint8Array, event: number): EventMeaning | undefined {
    const profile = profileOfEventObject(log);
    const meanings = (tables: PackTables) =>
      pick(tables.events.find(log), event) ?? pick(tables.events.find(profile), event);
    return this.#agree(meanings);
  }

  /**
   * The bits of a register of alarms, errors or states; undefined where no pack knows any. Filters
   * (0-b:97.98.10-19*255) and descriptors (0-b:97.98.20-29*255) have the bits of their registers.
   */
  findBits(register: Uint8Array): ReadonlyMap<number, string> | undefined {
    const object = alarmRegisterOf(register);
    const numbers = new Set<number>();
    for (const tables of this.#tablesThat((t) => !t.bits.find(object).next().done)) {
      for (const { number } of tables.bits.find(object)) numbers.add(number);
    }
    if (numbers.size === 0) return undefined;
    const bits = new Map<number, string>();
    for (const number of [...numbers].sort((a, b) => a - b)) {
      const meaning = this.#agree((tables) => pick(tables.bits.find(object), number));
      if (meaning !== undefined) bits.set(number, meaning.text);
    }
    return bits;
  }

  #work(code: Uint8Array, classId: number): ObisName {
    const standard = this.#standard(code);
    const told =
      firstOf(this.#users, code, classId) ??
      firstOfPacks(this.#chosen, code, classId) ??
      (standard.isSpecific ? undefined : mostExact(this.#others, code, classId));
    return told === undefined ? standard : toName(told, code, standard);
  }

  /** Those to believe: the first chosen pack that knows, or else every other one that does. */
  #tablesThat(knows: (tables: PackTables) => boolean): readonly PackTables[] {
    const chosen = this.#chosen.find(knows);
    return chosen === undefined ? this.#others.filter(knows) : [chosen];
  }

  #agree(meaningOf: (tables: PackTables) => string | undefined): EventMeaning | undefined {
    const byText = new Map<string, string[]>();
    for (const tables of this.#tablesThat((t) => meaningOf(t) !== undefined)) {
      const text = meaningOf(tables) ?? "";
      byText.set(text, [...(byText.get(text) ?? []), tables.pack.name]);
    }
    const by = [...byText.values()].flat().join("; ");
    const [only, ...more] = byText.keys();
    if (only === undefined) return undefined;
    if (more.length === 0) return { text: only, by };
    const texts = [...byText].map(([text, names]) => `${text} (${names.join("; ")})`);
    return { text: texts.join(" or "), by };
  }
}

function pick(texts: Iterable<NumberedText>, number: number): string | undefined {
  for (const text of texts) if (text.number === number) return text.text;
  return undefined;
}

function firstOf(
  table: PatternTable<ObjectLine>,
  code: Uint8Array,
  classId: number,
): ObjectLine | undefined {
  for (const line of table.find(code)) {
    if (classId === 0 || line.classId === undefined || line.classId === classId) return line;
  }
  return undefined;
}

function firstOfPacks(
  packs: readonly PackTables[],
  code: Uint8Array,
  classId: number,
): ObjectLine | undefined {
  for (const tables of packs) {
    const line = firstOf(tables.objects, code, classId);
    if (line !== undefined) return line;
  }
  return undefined;
}

/** Nobody ranked these packs: the narrowest pattern of all is the best guess. */
function mostExact(
  packs: readonly PackTables[],
  code: Uint8Array,
  classId: number,
): ObjectLine | undefined {
  let best: ObjectLine | undefined;
  for (const tables of packs) {
    const line = firstOf(tables.objects, code, classId);
    if (line === undefined) continue;
    if (best === undefined || breadthOf(line.pattern) < breadthOf(best.pattern)) best = line;
  }
  return best;
}

/** What the line leaves open is as the standard has it: it is the same object. Its name is whole. */
function toName(line: ObjectLine, code: Uint8Array, standard: ObisName): ObisName {
  return {
    name: line.name.replace(/\{([A-F])\}/g, (_, group: string) =>
      String(code["ABCDEF".indexOf(group)]),
    ),
    isSpecific: true,
    by: line.origin,
    classId: line.classId ?? standard.classId,
    unit: line.unit ?? standard.unit,
    scaler: line.scaler ?? standard.scaler,
  };
}

function alarmRegisterOf(object: Uint8Array): Uint8Array {
  const [a = 0, b = 0, c, d, e = 0, f = 0] = object;
  const isOfAlarms = object.length === 6 && c === 97 && d === 98 && e >= 10 && e <= 29;
  return isOfAlarms ? Uint8Array.of(a, b, 97, 98, e % 10, f) : object;
}

function profileOfEventObject(log: Uint8Array): Uint8Array {
  const isEventObject = log.length === 6 && log[2] === 96 && log[3] === 11;
  return isEventObject ? Uint8Array.of(log[0] ?? 0, log[1] ?? 0, 99, 98, log[4] ?? 0, 255) : log;
}
