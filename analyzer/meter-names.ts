/** Which meter a frame is of: by its system title, else by what it calls itself, else by its address. */
import type { Frame } from "../decoder/index.js";
import { type Reading, readHexText, toHex } from "../decoder/index.js";

/** Identifiers that meters tell: logical device name, then device and metering point ids. */
const identifiers: readonly (readonly [c: number, d: number, e: number])[] = [
  [42, 0, 0],
  [96, 1, 0],
  [96, 1, 1],
];

interface Names {
  title: string | undefined;
  /** By their rank in `identifiers`. */
  readonly told: (string | undefined)[];
  address: string;
}

/** Keeps what the frames of each conversation have shown of their meter. */
export class MeterNames {
  readonly #byConversation = new Map<number, Names>();

  /** Takes a frame and its readings into account; returns the meter as far as it is known. */
  observe(frame: Frame, readings: readonly Reading[]): string {
    const { conversation, ciphering, direction, known } = frame;
    const names = this.#names(conversation ?? -1);
    const sender = direction === "client-to-server" ? undefined : ciphering?.["system-title"];
    const title = sender ?? known.serverSystemTitle?.value;
    if (title !== undefined) names.title = toHex(title);
    names.address = addressOf(frame) ?? names.address;
    for (const reading of readings) note(names.told, reading);
    return nameOf(names);
  }

  /** What is known of a conversation's meter by now. */
  of(conversation: number | null): string {
    return nameOf(this.#names(conversation ?? -1));
  }

  #names(conversation: number): Names {
    let names = this.#byConversation.get(conversation);
    if (names === undefined) {
      names = { title: undefined, told: [], address: "" };
      this.#byConversation.set(conversation, names);
    }
    return names;
  }
}

function nameOf({ title, told, address }: Names): string {
  return title ?? told.find((name) => name !== undefined) ?? address;
}

function note(told: (string | undefined)[], { logicalName, data, attribute }: Reading): void {
  if (attribute !== 2 || (logicalName[0] !== 0 && logicalName[0] !== 1)) return;
  const rank = identifiers.findIndex(
    ([c, d, e]) => logicalName[2] === c && logicalName[3] === d && logicalName[4] === e,
  );
  if (rank < 0 || logicalName[1] !== 0) return;
  const text = readText(data.value);
  if (text !== undefined) told[rank] = text;
}

/** Printable characters of a string, or of bytes. */
function readText(value: unknown): string | undefined {
  const text = value instanceof Uint8Array ? String.fromCharCode(...value.subarray(0, 65)) : value;
  if (typeof text !== "string" || text.length > 64) return undefined;
  const decoded = readHexText(text);
  if (decoded !== undefined) return decoded;
  return /^[\x21-\x7e][\x20-\x7e]*$/.test(text) ? text : undefined;
}

/** The server's address, with that of the packet where there is one: `192.0.2.1 1/17`. */
function addressOf({ server, link, direction }: Frame): string | undefined {
  const ip = (link["ipv4"] ?? link["ipv6"]) as
    | { source?: string; destination?: string }
    | undefined;
  const host = direction === "client-to-server" ? ip?.destination : ip?.source;
  if (server === null) return host;
  const address =
    server.lower === undefined ? `${server.upper}` : `${server.upper}/${server.lower}`;
  return host === undefined ? `server ${address}` : `${host} ${address}`;
}
