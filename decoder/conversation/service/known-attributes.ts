/** Attributes that clients ask for: they ask for the same ones again and again. */
import { equalBytes } from "../../core/bytes.js";
import type { AttributeDescriptor } from "../../xdlms/attribute-descriptor.js";
import { detach } from "../detach.js";
import { referToAttribute } from "../names/object-names.js";
import type { ObjectReference } from "../names/object-reference.js";

/** An attribute as a request that waits for its answer keeps it. */
export interface KnownAttribute {
  /** A copy, not a view into a frame. */
  readonly descriptor: AttributeDescriptor;
  /** The one reference to it. */
  readonly objects: readonly ObjectReference[];
}

/** A power of two; more than the attributes that are read in most captures. */
const places = 2048;

/**
 * Keeps a copy of each attribute once: one for every request would outlive many frames, and the
 * garbage collector would move them all. Memory is bounded: each attribute has its place, and takes
 * it from the one that was there before.
 */
export class KnownAttributes {
  readonly #known: (KnownAttribute | undefined)[] = new Array(places).fill(undefined);

  /** The attribute that the descriptor names. */
  of(descriptor: AttributeDescriptor): KnownAttribute {
    const place = placeOf(descriptor);
    const known = this.#known[place];
    if (known !== undefined && isSame(known.descriptor, descriptor)) return known;
    const copy = detach(descriptor);
    const added = { descriptor: copy, objects: [referToAttribute(copy)] };
    this.#known[place] = added;
    return added;
  }
}

function placeOf(descriptor: AttributeDescriptor): number {
  const name = descriptor["instance-id"];
  let hash = descriptor["class-id"] ^ (descriptor["attribute-id"] << 16);
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ (name[i] ?? 0), 0x0100_0193);
  return (hash ^ (hash >>> 15)) & (places - 1);
}

function isSame(one: AttributeDescriptor, other: AttributeDescriptor): boolean {
  if (one["class-id"] !== other["class-id"]) return false;
  if (one["attribute-id"] !== other["attribute-id"]) return false;
  return equalBytes(one["instance-id"], other["instance-id"]);
}
