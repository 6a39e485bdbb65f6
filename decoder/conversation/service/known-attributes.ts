/** Attributes that clients ask for: they ask for the same ones again and again. */
import { KnownPlaces } from "../../core/known-places.js";
import type { AttributeDescriptor } from "../../xdlms/attribute-descriptor.js";
import { numberOfName } from "../../xdlms/logical-name.js";
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
  readonly #known = new KnownPlaces<KnownAttribute>(places);

  /** The attribute that the descriptor names. */
  of(descriptor: AttributeDescriptor): KnownAttribute {
    const name = numberOfName(descriptor["instance-id"]);
    const item = descriptor["class-id"] * 256 + (descriptor["attribute-id"] & 0xff);
    const known = this.#known.find(name, item);
    if (known !== undefined) return known;
    const copy = detach(descriptor);
    return this.#known.keep(name, item, { descriptor: copy, objects: [referToAttribute(copy)] });
  }
}
