/** Who is the client of a link, proven without the LLC header. */
import type { Direction } from "../../chunk.js";
import type { HdlcAddress } from "../../link/hdlc/address.js";
import type { Hdlc } from "../../link/hdlc/hdlc.js";

const commands: ReadonlySet<string> = new Set(["SNRM", "DISC"]);
const answers: ReadonlySet<string> = new Set(["UA", "DM", "FRMR"]);

/**
 * Learns the addresses of both ends from frames that only one of them sends, and from the size of
 * addresses: that of a client has one byte always (IEC 62056-46, MAC addressing).
 */
export class HdlcRoles {
  #client: number | undefined;
  #server: number | undefined;

  /** The direction that this frame and those before it prove; undefined where nothing does. */
  prove(hdlc: Hdlc): Direction | undefined {
    const { destination, source, control } = hdlc;
    if (destination === undefined || source === undefined || control === undefined) {
      return undefined;
    }
    // Pushes to nobody or to all say nothing of who answers whom.
    if (isGroupAddress(destination) || isGroupAddress(source)) return undefined;
    const proven = directionOfType(control.type) ?? directionOfSizes(destination, source);
    const from = addressKey(source);
    const to = addressKey(destination);
    if (proven !== undefined) {
      const toServer = proven === "client-to-server";
      this.#client = toServer ? from : to;
      this.#server = toServer ? to : from;
      return proven;
    }
    if (this.#client === this.#server) return undefined;
    if (from === this.#client && to === this.#server) return "client-to-server";
    return from === this.#server && to === this.#client ? "server-to-client" : undefined;
  }
}

/** Whether it is the address of no station or of all stations. */
export function isGroupAddress({ upper, lower, length }: HdlcAddress): boolean {
  const highest = length === 4 ? 0x3fff : 0x7f;
  return upper === 0 || upper === highest || lower === highest;
}

function directionOfType(type: string): Direction | undefined {
  if (commands.has(type)) return "client-to-server";
  return answers.has(type) ? "server-to-client" : undefined;
}

function directionOfSizes(destination: HdlcAddress, source: HdlcAddress): Direction | undefined {
  if (destination.length > 1 && source.length === 1) return "client-to-server";
  return source.length > 1 && destination.length === 1 ? "server-to-client" : undefined;
}

/** Both parts have at most 14 bits; no lower one is another address than a lower one of 0. */
function addressKey({ upper, lower = -1 }: HdlcAddress): number {
  return upper * 2 ** 15 + lower + 1;
}
