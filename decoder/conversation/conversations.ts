/**
 * Keeps the conversations of one capture apart and remembers what each of them has shown: who is
 * the client, what the association agreed on, what is still to come.
 *
 * Strategy: `enter` is called before a frame is dissected and answers with what all frames before
 * it have taught; `learn` is called with the result. Both strictly in the order of the capture.
 */
import { type Direction, opposite } from "../chunk.js";
import { equalBytes } from "../core/bytes.js";
import {
  type AssociationState,
  type FrameContext,
  type Learnt,
  noAssociation,
  noFindings,
  nothingPending,
} from "../core/context.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import type { Dissection } from "../core/dissection.js";
import type { Finding } from "../core/finding.js";
import type { PendingMessages } from "../core/parts.js";
import type { LinkFrame } from "../link/link-frame.js";
import { type Addresses, addresses, noAddresses } from "./addresses.js";
import type { Amendment } from "./amendment.js";
import { Conversation, type ConversationView, type Observation } from "./conversation.js";
import { ConversationTable, numberOfEnd } from "./conversation-table.js";

export { addressesOf } from "./addresses.js";
export type { ConversationView } from "./conversation.js";

import type { MeterObjects } from "../readings/meter-objects.js";
import { guessDirection } from "./direction-guess.js";
import { directionOfTag } from "./direction-of-apdu.js";
import { EchoDetector, echoDiagnostics } from "./echo.js";
import { observeFrame } from "./observe-frame.js";
import { findParties, type Parties } from "./parties.js";
import { MeterMemories } from "./security/meter-memory.js";
import { KnownAttributes } from "./service/known-attributes.js";
import { findTitles } from "./titles.js";

const D = defineDiagnostics("conversation", {
  "direction-assumed": {
    severity: "info",
    group: "assumption",
    message: "Who sends is not in the bytes of this conversation so far",
    check: "Mark the directions in the log (TX, RX), or capture from the association on",
  },
});

/** What is known of a frame before it is dissected. */
export interface FrameRole extends Addresses {
  /** From 0; null where nobody is named. */
  readonly conversation: number | null;
  readonly direction: Direction | null;
  /** The direction is no guess, and no mark of a log: the frame or one before it has shown it. */
  readonly isSure: boolean;
  readonly association: AssociationState;
  readonly pending: PendingMessages;
  /** What was noticed on the way: guesses, echoes. */
  readonly findings: readonly Finding[];
}

export class Conversations {
  readonly #table = new ConversationTable();
  readonly #byNumber: Conversation[] = [];
  /** Titles of meters by their address, for the next association with the same one. */
  readonly #titleOfServer = new Map<string, Learnt<Uint8Array>>();
  readonly #meters = new MeterMemories();
  readonly #attributes = new KnownAttributes();
  readonly #echoes = new Map<number, EchoDetector>();
  /** Lines whose marks were made at the meter: what they call sent, the server sent. */
  readonly #turnedMarks = new Set<number>();
  /** Where the frame that was entered last belongs; undefined where nothing is learnt of it: echoes. */
  #current: Conversation | undefined;
  #role = nobody;
  #amendments: Amendment[] = [];

  /** The place of the next frame of the capture. */
  enter(frame: LinkFrame): FrameRole {
    if (frame.framing === "noise" || frame.framing === "packet") {
      this.#current = undefined;
      return { ...nobody, direction: frame.mark };
    }
    const echoes = this.#echoDetector(frame);
    const echo = echoes.judge(frame);
    const parties = findParties(frame);
    const proven = parties?.direction ?? directionOfTag(apduTag(frame));
    if (echo === undefined) this.#judgeMarks(frame, proven);
    const role = this.#enter(frame, parties, echo?.direction ?? proven);
    if (echo !== undefined) {
      this.#current = undefined;
      return { ...role, isSure: true, findings: [{ definition: echoDiagnostics.echo }] };
    }
    echoes.remember(frame, role.direction);
    return role;
  }

  /**
   * The place of the frame that was entered last, once its content has shown who sent it: a
   * get-request was inside of the ciphering, say.
   */
  turn(frame: LinkFrame, shown: Direction): FrameRole {
    this.#judgeMarks(frame, shown);
    const role = this.#enter(frame, findParties(frame), shown);
    this.#echoDetector(frame).remember(frame, shown);
    return role;
  }

  /** Takes note of what the frame that was entered last has shown. */
  learn(frame: LinkFrame, context: FrameContext, dissection: Dissection): Observation {
    const conversation = this.#current;
    if (conversation === undefined) return noObservation;
    this.#learnTitles(frame, context.number, conversation, this.#role, dissection);
    const observed = observeFrame(frame, context, dissection);
    return conversation.observe(observed, dissection, this.#amendments);
  }

  /** The capture has ended. */
  finish(): void {
    for (const conversation of this.#byNumber) conversation.finish(this.#amendments);
  }

  /** What was shown of earlier frames since the last call. */
  takeAmendments(): readonly Amendment[] {
    const amendments = this.#amendments;
    if (amendments.length > 0) this.#amendments = [];
    return amendments;
  }

  /** Whether a later frame may still show more of this one: its answer, or the rest of its message. */
  isOpen(conversation: number, frame: number): boolean {
    return this.#byNumber[conversation]?.isOpen(frame) === true;
  }

  /**
   * Takes the conversations over that `other` has followed to the end of the capture, but for those
   * in `replaced`. Both have been given the same frames, so that their conversations have the same
   * numbers. No frames may follow: what the others share with these is not taken over.
   */
  keep(other: Conversations, replaced: ReadonlySet<number>): void {
    for (const conversation of other.#byNumber) {
      if (!replaced.has(conversation.number)) this.#byNumber[conversation.number] = conversation;
    }
  }

  /** What a conversation has shown of the meter's objects. */
  objects(conversation: number): MeterObjects | undefined {
    return this.#byNumber[conversation]?.objects;
  }

  /** How a conversation stands now. */
  view(conversation: number): ConversationView | undefined {
    return this.#byNumber[conversation]?.view;
  }

  #echoDetector(frame: LinkFrame): EchoDetector {
    let detector = this.#echoes.get(frame.interface);
    if (detector === undefined) {
      detector = new EchoDetector();
      this.#echoes.set(frame.interface, detector);
    }
    return detector;
  }

  /** Marks mean client to server until the content shows that the log was taken at the meter. */
  #judgeMarks(frame: LinkFrame, proven: Direction | null): void {
    if (proven === null || frame.mark === null) return;
    if (proven === frame.mark) this.#turnedMarks.delete(frame.interface);
    else this.#turnedMarks.add(frame.interface);
  }

  #directionOfMark({ mark, interface: line }: LinkFrame): Direction | null {
    if (mark === null || !this.#turnedMarks.has(line)) return mark;
    return opposite(mark);
  }

  #enter(frame: LinkFrame, parties: Parties | undefined, proven: Direction | null): FrameRole {
    const role =
      parties === undefined
        ? this.#enterUnaddressed(frame, proven)
        : this.#enterPair(frame, parties, proven);
    this.#role = role;
    return role;
  }

  #enterPair(frame: LinkFrame, parties: Parties, proven: Direction | null): FrameRole {
    const source = numberOfEnd(parties.source);
    const destination = numberOfEnd(parties.destination);
    const flow = parties.bus === undefined ? frame.flow : `${frame.flow} ${parties.bus}`;
    const conversation = this.#conversation(frame, flow, source, destination);
    // With the same number at both ends the flow's own ends tell them apart.
    const isTwin = source === destination;
    const sender = isTwin ? Number(frame.fromFirst) : source;
    const receiver = isTwin ? Number(frame.fromFirst === false) : destination;
    let direction = proven;
    if (direction === null && conversation.clientEnd !== undefined && sender !== receiver) {
      direction = sender === conversation.clientEnd ? "client-to-server" : "server-to-client";
    }
    const isSure = direction !== null;
    direction ??= parties.bySize ?? this.#directionOfMark(frame);
    let findings = noFindings;
    if (direction === null) {
      const guess = guessDirection(frame, parties);
      direction = guess?.direction ?? null;
      if (guess !== null && !conversation.isAssumed) {
        conversation.isAssumed = true;
        findings = [{ definition: D["direction-assumed"], detail: guess.reason }];
      }
    }
    if (proven !== null && sender !== receiver) {
      conversation.clientEnd = proven === "client-to-server" ? sender : receiver;
    }
    const { client, server } = addressesIn(conversation, source, parties, direction);
    return {
      conversation: conversation.number,
      direction,
      isSure,
      client,
      server,
      association: conversation.knowledge(),
      pending: conversation.pending,
      findings,
    };
  }

  #enterUnaddressed(frame: LinkFrame, proven: Direction | null): FrameRole {
    const conversation = this.#conversation(frame, frame.flow, nobodyThere, nobodyThere);
    return {
      ...nobody,
      conversation: conversation.number,
      isSure: proven !== null,
      direction:
        proven ??
        this.#directionOfMark(frame) ??
        (frame.framing === "p1" ? "server-to-client" : null),
      association: conversation.knowledge(),
      pending: conversation.pending,
    };
  }

  /** The conversation of these ends: the current one from now on. */
  #conversation(frame: LinkFrame, flow: string, one: number, other: number): Conversation {
    const number = this.#table.find(frame.interface, flow, one, other);
    let conversation = this.#byNumber[number];
    if (conversation === undefined) {
      conversation = new Conversation(number, this.#meters, this.#attributes);
      this.#byNumber[number] = conversation;
    }
    this.#current = conversation;
    return conversation;
  }

  #learnTitles(
    frame: LinkFrame,
    number: number,
    conversation: Conversation,
    role: FrameRole,
    dissection: Dissection,
  ): void {
    let state = conversation.association;
    const { client, server, opens } = findTitles(dissection, role.direction);
    if (opens) {
      const known = this.#titleOfServer.get(serverKey(frame, role));
      const { learntKeys, certificates, shortNames } = state;
      state = {
        ...noAssociation,
        learntKeys,
        certificates,
        shortNames,
        serverSystemTitle: state.serverSystemTitle ?? known,
      };
    }
    // General ciphering repeats the title in every frame: the first has taught it.
    if (isNews(client, state.clientSystemTitle)) {
      state = { ...state, clientSystemTitle: learn(client, number) };
    }
    if (isNews(server, state.serverSystemTitle)) {
      const learnt = learn(server, number);
      state = { ...state, serverSystemTitle: learnt };
      this.#titleOfServer.set(serverKey(frame, role), learnt);
    }
    const { dedicatedKey } = dissection;
    if (dedicatedKey !== undefined) state = { ...state, dedicatedKey: learn(dedicatedKey, number) };
    conversation.association = state;
  }
}

const noObservation: Observation = {
  findings: [],
  replayed: false,
  answers: undefined,
  association: undefined,
  objects: undefined,
};

const nobody: FrameRole = {
  conversation: null,
  direction: null,
  isSure: true,
  client: null,
  server: null,
  association: noAssociation,
  pending: nothingPending,
  findings: [],
};

/** A copy: a view would keep the whole piece of the capture in memory that it is of. */
function learn(bytes: Uint8Array, frame: number): Learnt<Uint8Array> {
  return { value: Uint8Array.from(bytes), frame };
}

function isNews(
  title: Uint8Array | undefined,
  known: Learnt<Uint8Array> | undefined,
): title is Uint8Array {
  return title !== undefined && (known === undefined || !equalBytes(title, known.value));
}

/** In place of an address where the framing has none. */
const nobodyThere = -1;

function serverKey(frame: LinkFrame, role: FrameRole): string {
  return `${frame.interface}|${frame.flow}|${role.server?.upper}/${role.server?.lower}`;
}

/** The same as `addresses`: those of the conversation's last frame where they did not change. */
function addressesIn(
  conversation: Conversation,
  source: number,
  parties: Parties,
  direction: Direction | null,
): Addresses {
  if (direction === null) return noAddresses;
  // The ends are those of the conversation: who of them is the server tells the rest.
  const isServer = direction === "server-to-client";
  const server = isServer ? source : numberOfEnd(parties.destination);
  const known = conversation.addresses;
  if (known !== undefined && known.serverEnd === server) return known.addresses;
  const found = addresses(parties, direction);
  conversation.addresses = { serverEnd: server, addresses: found };
  return found;
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
