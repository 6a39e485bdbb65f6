/** Client and server of a frame, as its link layer names them. */
import type { Direction } from "../chunk.js";
import type { ServerAddress } from "../frame.js";
import type { LinkFrame } from "../link/link-frame.js";
import { findParties, type Parties, toServerAddress } from "./parties.js";

/** Client and server of a frame: null while the direction is not known. */
export interface Addresses {
  readonly client: number | null;
  readonly server: ServerAddress | null;
}

export const noAddresses: Addresses = Object.freeze({ client: null, server: null });

/** Client and server of a frame, by its addresses; null while the direction is not known. */
export function addressesOf(frame: LinkFrame, direction: Direction | null): Addresses {
  const parties = findParties(frame);
  return parties === undefined ? addresses(undefined, null) : addresses(parties, direction);
}

/** The same by both ends; null while one of them or the direction is not known. */
export function addresses(parties: Parties | undefined, direction: Direction | null): Addresses {
  if (parties === undefined || direction === null) return noAddresses;
  const toServer = direction === "client-to-server";
  return {
    client: (toServer ? parties.source : parties.destination).upper,
    server: toServerAddress(toServer ? parties.destination : parties.source),
  };
}
