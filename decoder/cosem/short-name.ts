/** Short names: which attribute or method of which object a variable name means. */
import type { ShortNameObject } from "../core/context.js";
import { fixedShortNames } from "./fixed-short-names.js";
import { findShortNameLayouts, type ShortNameLayout } from "./short-name-offsets.js";

/** What a short name means. */
export interface ShortNameMeaning {
  readonly object: ShortNameObject;
  /** `unknown`: the name belongs to the object, but what stands there is not known. */
  readonly kind: "attribute" | "method" | "unknown";
  /** Number of the attribute or method; undefined where the kind is unknown. */
  readonly id: number | undefined;
}

/** The `classId` of an object of which only base and logical name are known: no class has it. */
export const classNotKnown = 0;

/** Short names of neighbouring attributes, and of neighbouring methods, differ by this. */
const step = 8;

/**
 * What a short name means, by the objects that are known (ascending by base) and those with fixed
 * bases: a part of the object with the greatest base not above the name. Undefined where there is
 * no such object, or where its class does not reach so far.
 */
export function findShortName(
  name: number,
  shortNames: readonly ShortNameObject[],
): ShortNameMeaning | undefined {
  const known = findBelow(name, shortNames);
  const fixed = findBelow(name, fixedShortNames);
  const object =
    known === undefined || (fixed !== undefined && fixed.baseName > known.baseName) ? fixed : known;
  return object === undefined ? undefined : findMeaning(object, name - object.baseName);
}

/** The object with the greatest base not above the name. */
function findBelow(
  name: number,
  ascending: readonly ShortNameObject[],
): ShortNameObject | undefined {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle]?.baseName ?? 0) <= name) low = middle + 1;
    else high = middle;
  }
  return ascending[low - 1];
}

function findMeaning(object: ShortNameObject, offset: number): ShortNameMeaning | undefined {
  if (offset % step !== 0) return undefined;
  const layouts = findShortNameLayouts(object.classId, object.version);
  // Attribute 1 is the logical name, and there is no class without an attribute 2.
  if (layouts.length === 0) return placeOf(object, offset, logicalNameAndOne);
  const meanings = layouts.flatMap((layout) => placeOf(object, offset, layout) ?? []);
  const sure = meanings.filter(({ kind }) => kind !== "unknown");
  const [first] = sure;
  if (first === undefined) return meanings[0];
  const agreed = sure.every(({ kind, id }) => kind === first.kind && id === first.id);
  return agreed ? first : { object, kind: "unknown", id: undefined };
}

const logicalNameAndOne: ShortNameLayout = { attributes: 2, firstMethod: 2 * step, methods: 0 };

function placeOf(
  object: ShortNameObject,
  offset: number,
  { attributes, firstMethod, methods }: ShortNameLayout,
): ShortNameMeaning | undefined {
  const attribute = offset / step + 1;
  if (attribute <= attributes) return { object, kind: "attribute", id: attribute };
  if (offset < firstMethod) return { object, kind: "unknown", id: undefined };
  const method = (offset - firstMethod) / step + 1;
  return method <= methods ? { object, kind: "method", id: method } : undefined;
}
