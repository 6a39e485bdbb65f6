/**
 * Keeps the conversations of one capture apart and remembers what each of them has shown: who is
 * the client, and what the association agreed on.
 *
 * Strategy: `enter` is called before a frame is dissected and answers with what all frames before
 * it have taught; `learn` is called with the result. Both strictly in the order of the capture.
 */
import type { Direction } from "../chunk.js";
import { equalBytes } from "../core/bytes.js";
import { type AssociationState, type Learnt, noAssociation } from "../core/context.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import type { Dissection } from "../core/dissection.js";
import type { ServerAddress } from "../frame.js";
import type { LinkFrame, StreamNotice } from "../link/link-frame.js";
import { directionOfTag } from "./direction-of-apdu.js";
import { findParties, type Parties, toServerAddress } from "./parties.js";
import { findTitles } from "./titles.js";

const D = defineDiagnostics("conversation", {
  "direction-assumed": {
    severity: "info",
    group: "assumption",
    message:
      "Who sent the frame is not in its bytes; it was taken from the addresses that clients and servers usually have",
  },
});

/** What is known of a frame before it is dissected. */
export interface FrameRole {
  /** From 0; null where nobody is named. */
  readonly conversation: number | null;
  readonly direction: Direction | null;
  readonly client: number | null;
  readonly server: ServerAddress | null;
  readonly association: AssociationState;
  readonly notices: readonly StreamNotice[];
}

interface Conversation {
  readonly number: number;
  association: AssociationState;
  /** Which end of the pair is the client, once a frame has shown it. */
  clientEnd: string | undefined;
}

interface Roles {
  readonly conversation: Conversation;
  readonly role: FrameRole;
}

export class Conversations {
  readonly #byPair = new Map<string, Conversation>();
  /** Titles of meters by their address, for the next association with the same one. */
  readonly #titleOfServer = new Map<string, Learnt<Uint8Array>>();
  #current: Roles | undefined;

  /** The place of the next frame of the capture. */
  enter(frame: LinkFrame): FrameRole {
    const parties = findParties(frame);
    const proven = parties?.direction ?? directionOfTag(apduTag(frame));
    if (parties === undefined) return this.#enterUnaddressed(frame, proven);
    const source = endKey(parties.source);
    const destination = endKey(parties.destination);
    const pair = source < destination ? `${source} ${destination}` : `${destination} ${source}`;
    const conversation = this.#conversation(`${frame.interface}|${frame.flow}|${pair}`);
    let direction = proven;
    const notices: StreamNotice[] = [];
    if (direction === null && conversation.clientEnd !== undefined && source !== destination) {
      direction = source === conversation.clientEnd ? "client-to-server" : "server-to-client";
    }
    if (direction === null && frame.mark !== null) direction = frame.mark;
    if (direction === null) {
      direction = assumeDirection(parties);
      if (direction !== null) notices.push({ definition: D["direction-assumed"] });
    }
    if (proven !== null) {
      conversation.clientEnd = proven === "client-to-server" ? source : destination;
    }
    return this.#settle(conversation, {
      conversation: conversation.number,
      direction,
      ...addresses(parties, direction),
      association: conversation.association,
      notices,
    });
  }

  /** Takes note of what the frame that was entered last has shown. */
  learn(frame: LinkFrame, frameNumber: number, dissection: Dissection): void {
    const current = this.#current;
    if (current === undefined) return;
    const { conversation, role } = current;
    let state = conversation.association;
    const learnt = <Value>(value: Value): Learnt<Value> => ({ value, frame: frameNumber });
    const { client, server, opens } = findTitles(dissection, role.direction);
    if (opens) {
      const known = this.#titleOfServer.get(serverKey(frame, role));
      state = { ...noAssociation, serverSystemTitle: state.serverSystemTitle ?? known };
    }
    // General ciphering repeats the title in every frame: the first has taught it.
    if (isNews(client, state.clientSystemTitle)) {
      state = { ...state, clientSystemTitle: learnt(client) };
    }
    if (isNews(server, state.serverSystemTitle)) {
      state = { ...state, serverSystemTitle: learnt(server) };
      this.#titleOfServer.set(serverKey(frame, role), learnt(server));
    }
    const { dedicatedKey } = dissection.secrets;
    if (dedicatedKey !== undefined) state = { ...state, dedicatedKey: learnt(dedicatedKey) };
    conversation.association = state;
  }

  #enterUnaddressed(frame: LinkFrame, proven: Direction | null): FrameRole {
    if (frame.framing === "noise" || frame.framing === "packet") {
      this.#current = undefined;
      return { ...nobody, direction: frame.mark };
    }
    const conversation = this.#conversation(`${frame.interface}|${frame.flow}|`);
    return this.#settle(conversation, {
      ...nobody,
      conversation: conversation.number,
      direction:
        proven ?? frame.mark ?? (pushFramings.has(frame.framing) ? "server-to-client" : null),
      association: conversation.association,
    });
  }

  #conversation(key: string): Conversation {
    let conversation = this.#byPair.get(key);
    if (conversation === undefined) {
      conversation = {
        number: this.#byPair.size,
        association: noAssociation,
        clientEnd: undefined,
      };
      this.#byPair.set(key, conversation);
    }
    return conversation;
  }

  #settle(conversation: Conversation, role: FrameRole): FrameRole {
    this.#current = { conversation, role };
    return role;
  }
}

const nobody: FrameRole = {
  conversation: null,
  direction: null,
  client: null,
  server: null,
  association: noAssociation,
  notices: [],
};

function isNews(
  title: Uint8Array | undefined,
  known: Learnt<Uint8Array> | undefined,
): title is Uint8Array {
  return title !== undefined && (known === undefined || !equalBytes(title, known.value));
}

/** Links on which only the meter speaks. */
const pushFramings: ReadonlySet<string> = new Set(["mbus", "p1"]);

function endKey(end: Parties["source"]): string {
  return end.lower === undefined ? `${end.upper}` : `${end.upper}/${end.lower}`;
}

function serverKey(frame: LinkFrame, role: FrameRole): string {
  return `${frame.interface}|${frame.flow}|${role.server?.upper}/${role.server?.lower}`;
}

function addresses(parties: Parties, direction: Direction | null) {
  if (direction === null) return { client: null, server: null };
  const toServer = direction === "client-to-server";
  return {
    client: (toServer ? parties.source : parties.destination).upper,
    server: toServerAddress(toServer ? parties.destination : parties.source),
  };
}

/**
 * Where nothing else tells: server SAP 1 is the management logical device and client SAP 16 the
 * public client (IEC 62056-5-3, reserved SAPs).
 */
function assumeDirection({ source, destination }: Parties): Direction | null {
  const looksLikeClient = (end: Parties["source"]) => end.upper === 16 && end.lower === undefined;
  const looksLikeServer = (end: Parties["source"]) => end.upper === 1;
  if (looksLikeClient(source) !== looksLikeClient(destination)) {
    return looksLikeClient(source) ? "client-to-server" : "server-to-client";
  }
  if (looksLikeServer(source) !== looksLikeServer(destination)) {
    return looksLikeServer(source) ? "server-to-client" : "client-to-server";
  }
  return null;
}

/** The tag of the APDU in a frame, where it stands at a fixed place. */
function apduTag(frame: LinkFrame): number | undefined {
  switch (frame.framing) {
    case "wrapper":
      return frame.bytes[8];
    case "llc-61334":
      return frame.bytes[3];
    case "llc":
      return frame.bytes[1] === 0xe6 ? 0xc0 : 0xc4;
    case "apdu":
      return frame.bytes[0];
    default:
      return undefined;
  }
}
