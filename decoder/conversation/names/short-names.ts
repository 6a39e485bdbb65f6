/**
 * Learns from the trace which objects of the meter the short names belong to: from the lists that
 * its Association SN gives, and from logical names that were read.
 */
import { equalBytes } from "../../core/bytes.js";
import type { ShortNameObject } from "../../core/context.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { classNotKnown, findShortName } from "../../cosem/short-name.js";
import { formatLogicalName, isPlausibleLogicalName } from "../../xdlms/logical-name.js";
import type { AnsweredRequest } from "../answered-request.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { type AnsweredValue, pairValues } from "./answered-values.js";
import { readLogicalName, readObjectList } from "./object-list.js";
import type { ObjectReference } from "./object-reference.js";

const D = defineDiagnostics("short-name", {
  learnt: {
    severity: "info",
    group: "protocol",
    message: "The answer says which objects the short names belong to",
    clause: "IEC 62056-6-2, Association SN",
  },
  "base-assumed": {
    severity: "info",
    group: "assumption",
    message:
      "The value looks like a logical name, so the short name is taken for the base name of that object",
    check: "Does the object list of the meter, attribute 2 of Association SN, say the same?",
  },
  contradiction: {
    severity: "warning",
    group: "protocol",
    message: "A short name belongs to another object than an earlier answer said",
    clause: "IEC 62056-6-2, Association SN",
    check: "Is it another meter or another firmware since then, or is the object list wrong?",
  },
  "reserved-base": {
    severity: "warning",
    group: "protocol",
    message: "A base name that the standard reserves belongs to an object of another class",
    clause: "IEC 62056-6-2, Reserved base_names for special COSEM objects",
    check: "Is the object list of the meter wrong?",
  },
});

const associationShortName = 12;
/** The bases that clients rely on, and the classes that may be there. */
const classesAtBase: ReadonlyMap<number, readonly number[]> = new Map([
  [0xfa00, [associationShortName]],
  [0xfc00, [17]],
  // Data, Register, Extended register: each has the logical device name as its attribute 2.
  [0xfd00, [1, 3, 4]],
]);
/** Base names end with three bits of zero: attributes and methods stand in steps of 8. */
const baseStep = 8;
const listedContradictions = 3;

/** The short names of one server, as the frames of one conversation teach them. */
export class ShortNameMap {
  #objects: readonly ShortNameObject[] = Object.freeze([]);

  /**
   * Takes note of an answer; `answered` is the request that it answers. Returns what is known after
   * the frame, ascending by base and without the names that the standard fixes: the same array as
   * before where the frame has taught nothing. Damaged frames teach nothing.
   */
  observe(
    frame: ObservedFrame,
    answered: AnsweredRequest | undefined,
    sink: FindingSink,
  ): readonly ShortNameObject[] {
    if (frame.damaged || frame.apdu === undefined || answered === undefined) return this.#objects;
    if (!teachesNames(answered.objects)) return this.#objects;
    for (const answer of pairValues(frame.apdu, answered.objects)) {
      if (answer.object.classId === associationShortName) this.#readList(frame, answer, sink);
      if (answer.object.shortName !== undefined) this.#readName(frame, answer, sink);
    }
    return this.#objects;
  }

  #readList(frame: ObservedFrame, { value }: AnsweredValue, sink: FindingSink): void {
    const listed = readObjectList(value, frame.number);
    if (listed.length === 0) return;
    const byBase = new Map(this.#objects.map((object) => [object.baseName, object]));
    const contradictions: string[] = [];
    let taught = 0;
    for (const object of listed) {
      const known = byBase.get(object.baseName);
      if (known !== undefined && isSame(known, object)) continue;
      if (known === undefined) reportReserved(object, sink);
      else if (contradicts(known, object)) contradictions.push(describeChange(known, object));
      byBase.set(object.baseName, object);
      taught += 1;
    }
    if (taught === 0) return;
    this.#objects = withoutRefuted([...byBase.values()]);
    sink.report(D.learnt, `${countObjects(listed.length)}, ${taught} of them new`, "apdu");
    if (contradictions.length > 0) reportContradictions(contradictions, sink);
  }

  /** What a read of attribute 1 has brought, or of a name that nothing is known of. */
  #readName(frame: ObservedFrame, { object, value }: AnsweredValue, sink: FindingSink): void {
    const { shortName } = object;
    const logicalName = readLogicalName(value);
    if (shortName === undefined || logicalName === undefined || shortName % baseStep !== 0) return;
    // What earlier frames have taught, and not what was known when the request was seen.
    const meaning = findShortName(shortName, this.#objects);
    if (meaning === undefined) {
      if (!isPlausibleLogicalName(logicalName)) return;
      this.#set({
        baseName: shortName,
        classId: classNotKnown,
        version: undefined,
        logicalName,
        frame: frame.number,
      });
      const name = `${formatShortName(shortName)} is ${formatLogicalName(logicalName)}`;
      sink.report(D["base-assumed"], name, "apdu");
      return;
    }
    const known = meaning.object;
    if (known.baseName !== shortName || equalBytes(known.logicalName, logicalName)) return;
    const taught = { ...known, logicalName, frame: frame.number };
    // The standard fixes the classes of its base names; which instance it is, the meter tells.
    if (known.frame !== 0) reportContradictions([describeChange(known, taught)], sink);
    this.#set(taught);
  }

  #set(object: ShortNameObject): void {
    const others = this.#objects.filter(({ baseName }) => baseName !== object.baseName);
    this.#objects = ascending([...others, object]);
  }
}

/** Whether the values of these can say anything of short names: with logical names nearly none can. */
function teachesNames(objects: readonly ObjectReference[]): boolean {
  for (const { classId, shortName } of objects) {
    if (classId === associationShortName || shortName !== undefined) return true;
  }
  return false;
}

function ascending(objects: readonly ShortNameObject[]): readonly ShortNameObject[] {
  return Object.freeze([...objects].sort((a, b) => a.baseName - b.baseName));
}

/** Drops assumed objects whose base has turned out to be a part of one that is known. */
function withoutRefuted(objects: readonly ShortNameObject[]): readonly ShortNameObject[] {
  const known = ascending(objects.filter(({ classId }) => classId !== classNotKnown));
  const assumed = objects.filter(
    ({ classId, baseName }) =>
      classId === classNotKnown && findShortName(baseName, known) === undefined,
  );
  return assumed.length === 0 ? known : ascending([...known, ...assumed]);
}

function isSame(a: ShortNameObject, b: ShortNameObject): boolean {
  return (
    a.classId === b.classId && a.version === b.version && equalBytes(a.logicalName, b.logicalName)
  );
}

/** What was only assumed, or is only said more exactly now, contradicts nothing. */
function contradicts(known: ShortNameObject, object: ShortNameObject): boolean {
  if (known.classId === classNotKnown) return false;
  return known.classId !== object.classId || !equalBytes(known.logicalName, object.logicalName);
}

function reportReserved(object: ShortNameObject, sink: FindingSink): void {
  const { baseName, classId } = object;
  const classes = classesAtBase.get(baseName);
  if (classes === undefined || classes.includes(classId)) return;
  const detail = `${formatShortName(baseName)} is ${describeObject(object)}, and is reserved for class ${classes[0]}`;
  sink.report(D["reserved-base"], detail, "apdu");
}

function reportContradictions(changes: readonly string[], sink: FindingSink): void {
  const more = changes.length - listedContradictions;
  const rest = more > 0 ? `; and ${more} more` : "";
  const detail = `${changes.slice(0, listedContradictions).join("; ")}${rest}`;
  sink.report(D.contradiction, detail, "apdu");
}

function describeChange(known: ShortNameObject, object: ShortNameObject): string {
  const name = formatShortName(object.baseName);
  return `${name} was ${describeObject(known)} in frame ${known.frame} and is ${describeObject(object)} now`;
}

function describeObject({ logicalName, classId }: ShortNameObject): string {
  const name = formatLogicalName(logicalName);
  return classId === classNotKnown ? name : `${name} class ${classId}`;
}

function countObjects(count: number): string {
  return count === 1 ? "1 object" : `${count} objects`;
}

function formatShortName(name: number): string {
  return `0x${name.toString(16).padStart(4, "0")}`;
}
