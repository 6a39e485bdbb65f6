/** What transfers in blocks began with: requests and blocks after the first do not repeat it. */
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { GetRequest } from "../../xdlms/get.js";
import { detach } from "../detach.js";
import type { ObjectReference } from "../names/object-reference.js";
import type { Selection } from "./data-values.js";

/** A SET in blocks. */
interface WriteTransfer {
  readonly objects: readonly ObjectReference[];
  readonly selections: readonly Selection[];
}

/** All of one attribute. */
const wholeAttribute: readonly Selection[] = Object.freeze([undefined]);

/** Every request may be the first of a transfer: the usual ones cost but a store in an array. */
export class DataTransfers {
  /** Of GET by invoke-id, which is below 16; that of READ, which has none, stands behind. */
  readonly #reads: (readonly Selection[] | undefined)[] = [];
  readonly #writes: (WriteTransfer | undefined)[] = [];

  /** A request for values names these parts of its attributes. */
  beginRead(apdu: Apdu, selections: readonly Selection[]): void {
    const isWhole = selections.length === 1 && selections[0] === undefined;
    this.#reads[slotOf(apdu)] = isWhole ? wholeAttribute : selections.map(detach);
  }

  /** What the request began with that an answer, or a request for the next block, belongs to. */
  ofRead(apdu: Apdu): readonly Selection[] | undefined {
    return this.#reads[slotOf(apdu)];
  }

  beginWrite(
    apdu: Apdu,
    objects: readonly ObjectReference[],
    selections: readonly Selection[],
  ): void {
    this.#writes[slotOf(apdu)] = {
      objects: objects.map(detach),
      selections: selections.map(detach),
    };
  }

  ofWrite(apdu: Apdu): WriteTransfer | undefined {
    return this.#writes[slotOf(apdu)];
  }
}

const slotWithoutInvokeId = 16;

/** Request and answers of a transfer have the same. */
function slotOf(apdu: Apdu): number {
  const { "invoke-id-and-priority": invoked } = apdu as Partial<GetRequest>;
  return invoked?.["invoke-id"] ?? slotWithoutInvokeId;
}
