/** Who sends a frame, as far as one can guess; whoever uses a guess says so. */
import type { Direction } from "../chunk.js";
import type { LinkFrame } from "../link/link-frame.js";
import type { Parties } from "./parties.js";

/** A direction that nothing proves, and why it is believed. */
export interface DirectionGuess {
  readonly direction: Direction;
  readonly reason: string;
}

/** The direction that the addresses suggest, or else the ports; null where neither does. */
export function guessDirection(frame: LinkFrame, parties: Parties): DirectionGuess | null {
  return assumeDirection(parties) ?? assumeByPort(frame);
}

/**
 * Where nothing else tells: server SAP 1 is the management logical device and client SAP 16 the
 * public client (IEC 62056-5-3, reserved SAPs).
 */
function assumeDirection({ source, destination }: Parties): DirectionGuess | null {
  const looksLikeClient = (end: Parties["source"]) => end.upper === 16 && end.lower === undefined;
  const looksLikeServer = (end: Parties["source"]) => end.upper === 1;
  const reason = "taken from the addresses that clients (16) and servers (1) usually have";
  if (looksLikeClient(source) !== looksLikeClient(destination)) {
    const direction = looksLikeClient(source) ? "client-to-server" : "server-to-client";
    return { direction, reason };
  }
  if (looksLikeServer(source) !== looksLikeServer(destination)) {
    const direction = looksLikeServer(source) ? "server-to-client" : "client-to-server";
    return { direction, reason };
  }
  return null;
}

/** Servers listen on the port of DLMS; heads of pushes do so too, so that it is but a guess. */
function assumeByPort({ flow, fromFirst }: LinkFrame): DirectionGuess | null {
  if (fromFirst === null) return null;
  const [, first, second] = flow.split(" ");
  const isFirst = first?.endsWith(":4059") === true;
  const isSecond = second?.endsWith(":4059") === true;
  if (isFirst === isSecond) return null;
  const direction = fromFirst === isFirst ? "server-to-client" : "client-to-server";
  return { direction, reason: "the end with port 4059 is taken for the server" };
}
