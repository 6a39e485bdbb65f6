import type { AssociationResponse } from "../acse/aare.js";
import type { AssociationRequest } from "../acse/aarq.js";
import type { Direction } from "../chunk.js";
import type { Dissection } from "../core/dissection.js";

/** What a frame tells of the system titles of its ends. */
export interface TitlesOfFrame {
  readonly client: Uint8Array | undefined;
  readonly server: Uint8Array | undefined;
  /** The frame asks for a new association. */
  readonly opens: boolean;
}

const systemTitleLength = 8;
const nothing: TitlesOfFrame = { client: undefined, server: undefined, opens: false };

/**
 * System titles on the wire: the AP titles of AARQ and AARE, and the title that a general
 * ciphering carries, which is its sender's.
 */
export function findTitles(
  { apdu, ciphering }: Dissection,
  direction: Direction | null,
): TitlesOfFrame {
  if (apdu?.name === "aarq") {
    const title = (apdu as AssociationRequest)["calling-ap-title"];
    return { client: asTitle(title), server: undefined, opens: true };
  }
  if (apdu?.name === "aare") {
    const title = (apdu as AssociationResponse)["responding-ap-title"];
    return { client: undefined, server: asTitle(title), opens: false };
  }
  if (ciphering?.service.startsWith("general-") !== true || direction === null) return nothing;
  const title = asTitle(ciphering["system-title"]);
  return direction === "client-to-server"
    ? { client: title, server: undefined, opens: false }
    : { client: undefined, server: title, opens: false };
}

function asTitle(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes?.length === systemTitleLength ? bytes : undefined;
}
