/** Whose turn it is on a link: the client asks with P, the server answers and ends with F. */
import type { Timestamp } from "../../chunk.js";
import type { FindingSink } from "../observed-frame.js";
import { connectionDiagnostics, turnDiagnostics as D } from "./hdlc-link-diagnostics.js";
import { describeDelay, type HdlcLinkFrame } from "./hdlc-link-frame.js";

/** A command that has no answer yet. */
interface AwaitedAnswer {
  readonly command: HdlcLinkFrame;
  /** How often it was sent. */
  readonly times: number;
  /** When it was sent first. */
  readonly since: Timestamp | null;
  /** Something damaged came, perhaps the answer. */
  readonly disturbed: boolean;
}

/** Repetitions of SNRM that are still nothing unusual: a meter may have to wake up first. */
const usualAttempts = 2;

export class HdlcTurns {
  #awaited: AwaitedAnswer | undefined;
  /** P bits without an answer; undefined where commands may have been missed. */
  #polls: number | undefined;
  /** SNRM and DISC without an answer. */
  #modeCommands = 0;
  #serverHeard = false;
  #clientHeard = false;
  /** The last frame of an answer that has not shown F. */
  #unended: HdlcLinkFrame | undefined;

  /** Type of the command that has no answer yet. */
  get awaitedType(): string | undefined {
    return this.#awaited?.command.type;
  }

  /** SNRM or DISC has no answer yet. */
  get isModeAwaited(): boolean {
    return this.#modeCommands > 0;
  }

  get clientHeard(): boolean {
    return this.#clientHeard;
  }

  #isRepeated(frame: HdlcLinkFrame): boolean {
    const before = this.#awaited?.command;
    return (
      before !== undefined &&
      before.type === frame.type &&
      before.sendSequence === frame.sendSequence &&
      before.receiveSequence === frame.receiveSequence
    );
  }

  /** A frame of the client. `answered` says that N(R) acknowledges an answer that is not captured. */
  command(frame: HdlcLinkFrame, answered: boolean, sink: FindingSink): void {
    this.#clientHeard = true;
    this.#judgeEnd(frame, answered, sink);
    const setsMode = frame.type === "SNRM" || frame.type === "DISC";
    if (setsMode) this.#modeCommands += 1;
    if (!setsMode && !frame.pollFinal) return;
    this.#polls = (this.#polls ?? 0) + 1;
    const awaited = this.#awaited;
    if (awaited !== undefined && this.#isRepeated(frame)) {
      this.#awaited = { ...awaited, command: frame, times: awaited.times + 1 };
      this.#reportRepetition(this.#awaited, awaited, sink);
      return;
    }
    if (awaited !== undefined && this.#serverHeard && !awaited.disturbed && !answered) {
      sink.amend(awaited.command.number, D.unanswered, awaited.command.type);
    }
    this.#awaited = { command: frame, times: 1, since: frame.time, disturbed: false };
  }

  /**
   * A frame of the server. `asked` says that commands are missing in the capture, of which one may
   * have asked for it.
   */
  answer(frame: HdlcLinkFrame, asked: boolean, sink: FindingSink): void {
    const setsMode = frame.type === "UA" || frame.type === "DM";
    const known = this.#polls !== undefined;
    const expected = frame.type === "UA" ? this.#modeCommands > 0 : this.#polls !== 0;
    if (known && !expected && !asked) {
      sink.report(D["answer-without-command"], frame.type);
    }
    if (setsMode && this.#modeCommands > 0) this.#modeCommands -= 1;
    this.#serverHeard = true;
    this.#awaited = undefined;
    const ends = frame.pollFinal || setsMode || frame.type === "FRMR";
    this.#unended = ends ? undefined : frame;
    if (ends && this.#polls !== undefined && this.#polls > 0) this.#polls -= 1;
  }

  /** A damaged frame, which may have been anything. */
  disturb(): void {
    this.#polls = undefined;
    this.#unended = undefined;
    if (this.#awaited !== undefined) this.#awaited = { ...this.#awaited, disturbed: true };
  }

  #judgeEnd(frame: HdlcLinkFrame, answered: boolean, sink: FindingSink): void {
    const last = this.#unended;
    this.#unended = undefined;
    if (last === undefined || answered || frame.type === "SNRM" || frame.type === "DISC") return;
    const delay = describeDelay(last.time, frame.time);
    const follows = `frame ${frame.number} of the client follows`;
    sink.amend(
      last.number,
      D["final-missing"],
      delay === undefined ? follows : `${follows} ${delay}`,
    );
  }

  #reportRepetition(awaited: AwaitedAnswer, before: AwaitedAnswer, sink: FindingSink): void {
    const { command, times } = awaited;
    if (command.type === "SNRM" && times > usualAttempts && !awaited.disturbed) {
      const delay = describeDelay(awaited.since, command.time);
      const all = `${times} times`;
      const detail = delay === undefined ? all : `${all}, the last ${delay}`;
      sink.report(connectionDiagnostics["snrm-unanswered"], detail);
      return;
    }
    // Information frames that are sent again are the sequence's to tell.
    if (command.type === "I") return;
    const delay = describeDelay(before.command.time, command.time);
    sink.report(
      D["command-repeated"],
      delay === undefined ? command.type : `${command.type} ${delay}`,
    );
  }
}
