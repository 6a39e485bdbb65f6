/**
 * The HDLC link of one conversation, as IEC 62056-46 has it: the client is the primary station, the
 * server the secondary one. It connects by SNRM and UA, which settle parameters and begin the
 * numbers anew, and ends by DISC and UA, or DM.
 */
import { type Direction, opposite, type Timestamp } from "../../chunk.js";
import type { HdlcFrameReject } from "../../link/hdlc/frame-reject.js";
import type { Hdlc } from "../../link/hdlc/hdlc.js";
import type { HdlcParameters } from "../../link/hdlc/parameters.js";
import { type FindingSink, nanosecondsBetween, type ObservedFrame } from "../observed-frame.js";
import { connectionDiagnostics as C, turnDiagnostics as T } from "./hdlc-link-diagnostics.js";
import { type HdlcLinkFrame, readLinkFrame } from "./hdlc-link-frame.js";
import { clientLimits, judgeNegotiation, serverLimits } from "./hdlc-negotiation.js";
import { describeReject } from "./hdlc-reject.js";
import { HdlcRoles, isGroupAddress } from "./hdlc-roles.js";
import { type HdlcDirectionView, HdlcStation } from "./hdlc-station.js";
import { HdlcTurns } from "./hdlc-turns.js";
import { LastHdlcFrame } from "./last-hdlc-frame.js";

export type HdlcLinkState =
  | "unknown"
  | "connecting"
  | "connected"
  | "disconnecting"
  | "disconnected";

/** What is known of a link now. */
export interface HdlcLinkView {
  readonly state: HdlcLinkState;
  readonly clientToServer: HdlcDirectionView;
  readonly serverToClient: HdlcDirectionView;
  /** Numbers of the frames that settled the limits; undefined where these are only the defaults. */
  readonly settledBy: { readonly snrm: number | undefined; readonly ua: number } | undefined;
}

interface Proposal {
  readonly frame: number;
  readonly parameters: HdlcParameters | undefined;
}

/** inactivity_time_out of class IEC HDLC setup as it is by default. */
const inactivityTimeOut = 120e9;

/** Follows one link. Frames of other conversations must not be shown to it. */
export class HdlcLink {
  readonly #roles = new HdlcRoles();
  readonly #turns = new HdlcTurns();
  readonly #client = new HdlcStation("client");
  readonly #server = new HdlcStation("server");
  #state: HdlcLinkState = "unknown";
  /** A damaged frame came since the link was disconnected: it may have been SNRM or UA. */
  #doubtful = false;
  #proposal: Proposal | undefined;
  #settledBy: HdlcLinkView["settledBy"];
  readonly #last = new LastHdlcFrame();

  get view(): HdlcLinkView {
    return {
      state: this.#state,
      clientToServer: this.#client.view,
      serverToClient: this.#server.view,
      settledBy: this.#settledBy,
    };
  }

  /** The next frame of the conversation. Frames that are not HDLC are left aside. */
  observe(frame: ObservedFrame, sink: FindingSink): void {
    if (frame.framing !== "hdlc") return;
    const hdlc = frame.link["hdlc"] as Hdlc | undefined;
    const { number: previous, time: since } = this.#last;
    const isDoubled = this.#last.follow(frame);
    if (frame.damaged || hdlc?.control === undefined) {
      this.#disturb(frame.direction);
      return;
    }
    const proven = this.#roles.prove(hdlc);
    const direction = proven ?? frame.direction;
    if (direction === null) return;
    if (isDoubled) {
      sink.report(T.doubled, `frame ${previous}`);
      return;
    }
    const read = readLinkFrame(frame, hdlc, direction);
    this.#judgeSilence(since, read, sink);
    if (proven !== undefined) judgeLlc(read, sink);
    if (isGroup(hdlc) || read.type === "UI") this.#observeUnnumbered(read, sink);
    else this.#observeType(read, hdlc["frame-reject"], sink);
  }

  /** The capture has ended. */
  finish(sink: FindingSink): void {
    this.#closeSequences(sink);
  }

  #observeType(frame: HdlcLinkFrame, reject: HdlcFrameReject | undefined, sink: FindingSink): void {
    switch (frame.type) {
      case "SNRM":
        this.#connect(frame, sink);
        break;
      case "DISC":
        this.#disconnect(frame, sink);
        break;
      case "UA":
        this.#settle(frame, sink);
        break;
      case "DM":
        this.#takeDisconnectedMode(frame, sink);
        break;
      case "FRMR":
        this.#takeReject(frame, reject, sink);
        break;
      case "I":
      case "RR":
      case "RNR":
      case "REJ":
      case "SREJ":
        this.#observeNumbered(frame, sink);
        break;
    }
  }

  #connect(frame: HdlcLinkFrame, sink: FindingSink): void {
    if (this.#state === "connected") sink.report(C.restart);
    this.#turns.command(frame, this.#server.sequence.isIncomplete, sink);
    this.#changeState("connecting", sink);
    this.#proposal = { frame: frame.number, parameters: frame.parameters };
    this.#client.unsettle();
    this.#server.unsettle();
    this.#settledBy = undefined;
  }

  #disconnect(frame: HdlcLinkFrame, sink: FindingSink): void {
    this.#turns.command(frame, this.#server.sequence.isIncomplete, sink);
    this.#changeState("disconnecting", sink);
  }

  #settle(frame: HdlcLinkFrame, sink: FindingSink): void {
    const { isModeAwaited } = this.#turns;
    this.#turns.answer(frame, false, sink);
    if (this.#state === "disconnecting") {
      this.#changeState("disconnected", sink);
      return;
    }
    const connecting = this.#state === "connecting";
    // UA without a command that was captured: its parameters are those of the link.
    if (!connecting && (isModeAwaited || frame.parameters === undefined)) return;
    if (connecting) judgeNegotiation(this.#proposal?.parameters, frame.parameters, sink);
    // Some meters answer DISC with parameters, too: only the next frames show what it was.
    this.#changeState(connecting ? "connected" : "unknown", sink);
    const parameters = frame.parameters ?? {};
    this.#client.settle(clientLimits(parameters), frame.number);
    this.#server.settle(serverLimits(parameters), frame.number);
    this.#settledBy = { snrm: connecting ? this.#proposal?.frame : undefined, ua: frame.number };
    this.#client.sequence.reset();
    this.#server.sequence.reset();
  }

  #takeDisconnectedMode(frame: HdlcLinkFrame, sink: FindingSink): void {
    const asked = this.#turns.awaitedType;
    this.#turns.answer(frame, false, sink);
    if (asked === "SNRM") sink.report(C["connection-refused"]);
    else if (asked === undefined || asked === "DISC") sink.report(C["disconnected-mode"]);
    else sink.report(C["link-lost"], `it answers ${asked}`);
    this.#changeState("disconnected", sink);
  }

  #takeReject(frame: HdlcLinkFrame, reject: HdlcFrameReject | undefined, sink: FindingSink): void {
    this.#turns.answer(frame, false, sink);
    sink.report(C["frame-rejected"], reject === undefined ? undefined : describeReject(reject));
    if (reject?.reasons.includes("Z") === true) {
      this.#server.sequence.rejectAcknowledgement(sink);
    }
    this.#changeState("unknown", sink);
  }

  #observeNumbered(frame: HdlcLinkFrame, sink: FindingSink): void {
    const fromClient = frame.direction === "client-to-server";
    const sender = this.#stationOf(frame.direction);
    const receiver = this.#stationOf(opposite(frame.direction));
    const isInformation = frame.type === "I";
    if (isInformation && this.#state === "disconnected") {
      if (!this.#doubtful) sink.report(C["not-connected"]);
      this.#state = "unknown";
    }
    if (!isInformation || !sender.sequence.isExactRepetition(frame)) {
      receiver.sequence.acknowledge(frame, sink);
    }
    const { isIncomplete } = receiver.sequence;
    if (fromClient) this.#turns.command(frame, isIncomplete, sink);
    else this.#turns.answer(frame, isIncomplete, sink);
    if (!fromClient && this.#turns.clientHeard && this.#state !== "disconnecting") {
      // An answer of this kind shows that the link is connected, though UA was not captured.
      this.#state = "connected";
    }
    if (!isInformation) sender.sequence.poll();
    if (isInformation) sender.sendInformation(frame, receiver, this.#turns.clientHeard, sink);
    sender.observeReadiness(frame, sink);
  }

  /** UI frames, and pushes to nobody or to all: they have no sequence and ask for no answer. */
  #observeUnnumbered(frame: HdlcLinkFrame, sink: FindingSink): void {
    const sender = this.#stationOf(frame.direction);
    sender.segments.observe(frame, sink);
    if (frame.type === "UI" && this.#state === "connected") sender.judgeLength(frame, sink);
  }

  /** A link that was silent for too long may be disconnected without a frame that says so. */
  #judgeSilence(since: Timestamp | null, frame: HdlcLinkFrame, sink: FindingSink): void {
    if (this.#state !== "connected") return;
    const silence = nanosecondsBetween(since, frame.time);
    if (silence === undefined || silence <= inactivityTimeOut) return;
    this.#state = "unknown";
    if (frame.type !== "SNRM") sink.report(C.inactivity, `${Math.round(silence / 1e9)} s`);
  }

  /** A damaged frame changes nothing, but it may be the one that will be missed. */
  #disturb(direction: Direction | null): void {
    this.#turns.disturb();
    this.#doubtful = true;
    if (direction !== "server-to-client") this.#client.disturb();
    if (direction !== "client-to-server") this.#server.disturb();
  }

  #changeState(state: HdlcLinkState, sink: FindingSink): void {
    this.#closeSequences(sink);
    this.#client.beginAnew();
    this.#server.beginAnew();
    this.#state = state;
    this.#doubtful = false;
  }

  #closeSequences(sink: FindingSink): void {
    this.#client.sequence.close(sink);
    this.#server.sequence.close(sink);
  }

  #stationOf(direction: Direction): HdlcStation {
    return direction === "client-to-server" ? this.#client : this.#server;
  }
}

function isGroup({ destination, source }: Hdlc): boolean {
  return (
    (destination !== undefined && isGroupAddress(destination)) ||
    (source !== undefined && isGroupAddress(source))
  );
}

const llcCommand = 0xe6;
const llcResponse = 0xe7;

/** Only I frames: pushes are unsolicited, and their senders do not agree on the header. */
function judgeLlc({ sourceLsap, type, direction }: HdlcLinkFrame, sink: FindingSink): void {
  if (type !== "I") return;
  if (direction === "client-to-server" && sourceLsap === llcResponse) {
    sink.report(T["llc-direction"], "the client sends that of a response");
  }
  if (direction === "server-to-client" && sourceLsap === llcCommand) {
    sink.report(T["llc-direction"], "the server sends that of a command");
  }
}
