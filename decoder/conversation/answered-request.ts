import type { Apdu } from "../xdlms/apdu-value.js";
import type { ObjectReference } from "./names/object-reference.js";

/** The request that a frame answers. */
export interface AnsweredRequest {
  /** Number of its frame. */
  readonly frame: number;
  /** Its name: `get-request-normal`, `aarq`, `SNRM`; of one that stayed ciphered `glo-get-request`. */
  readonly name: string;
  /** Nanoseconds from the first byte of the request to that of the answer. */
  readonly latency: number | undefined;
  /**
   * The request as it was read, without a view into the bytes of its frame; undefined for link
   * commands, and where an answer to a long request comes again after others.
   */
  readonly apdu: Apdu | undefined;
  /**
   * What it asks for, in order. Of a request for the next block, what the first request of the
   * transfer asked for.
   */
  readonly objects: readonly ObjectReference[];
  /** The frame whose request names them. */
  readonly namedBy: number;
  /** That request; undefined where `apdu` is, too. */
  readonly naming: Apdu | undefined;
}
