/** The rows of an index: what a list of frames, and statistics over them, need of each frame. */
import {
  compareSeverity,
  type DiagnosticDefinition,
  type Severity,
} from "../decoder/core/diagnostics.js";
import type { Frame, ServerAddress } from "../decoder/frame.js";
import {
  type BusinessProcess,
  businessProcesses,
  type Direction,
  processOf,
  type Timestamp,
} from "../decoder/index.js";
import { carriesSecret } from "../decoder/present/hidden-secrets.js";
import { type CipheringNote, CipheringNotes } from "./ciphering-notes.js";
import {
  bytes,
  Column,
  doubles,
  halves,
  Interned,
  InternedLists,
  ListStep,
  words,
} from "./columns.js";
import { KeptTime } from "./kept-time.js";

/** Who speaks with whom. */
export interface FrameParties {
  readonly client: number | null;
  readonly server: ServerAddress | null;
}

const nobody: FrameParties = { client: null, server: null };

const noLayers: readonly string[] = [];
const remarkLayers: readonly string[] = ["capture"];

const directions: readonly (Direction | null)[] = [null, "client-to-server", "server-to-client"];
const severities: readonly Severity[] = ["info", "note", "warning", "error"];
const associations: readonly Frame["association"][] = [
  undefined,
  "unknown",
  "requested",
  "authenticating",
  "open",
  "rejected",
  "released",
  "aborted",
];
const flags = {
  timed: 1,
  dated: 2,
  replayed: 4,
  remark: 8,
  apdu: 16,
  secret: 32,
  comment: 64,
} as const;
const noCodes: readonly DiagnosticDefinition[] = [];

/** About 70 bytes a row. */
export class FrameColumns {
  readonly #seconds = new Column(doubles);
  readonly #nanoseconds = new Column(words);
  readonly #flags = new Column(bytes);
  readonly #direction = new Column(bytes);
  /** Number of the conversation, plus one; few captures have more than its lower half can count. */
  readonly #conversation = new Column(halves);
  readonly #conversationUpper = new Column(halves);
  readonly #length = new Column(words);
  readonly #association = new Column(bytes);
  /** Place in the list of business processes, plus one. */
  readonly #process = new Column(bytes);
  readonly #name = new Column(halves);
  readonly #state = new Column(words);
  readonly #codes = new Column(words);
  readonly #ciphering = new Column(words);
  /** Numbers of frames; 0 for none. */
  readonly #answers = new Column(words);
  readonly #namedBy = new Column(words);
  readonly #answeredBy = new Column(words);
  readonly #completedIn = new Column(words);
  /** Nanoseconds; -1 where the frame answers and the times are not known. */
  readonly #latency = new Column(doubles);
  readonly #parties = new Column(words);
  readonly #layers = new Column(words);
  readonly #names = new Interned<string>();
  readonly #partyPairs = [nobody];
  /** The way to a number: the client's address, and both of the server's. */
  readonly #partySteps = new ListStep<number | undefined>();
  readonly #layerLists = new InternedLists<string>();
  readonly #codeLists = new InternedLists<DiagnosticDefinition>();
  /** The most severe definition of each list. */
  readonly #worst: (Severity | undefined)[] = [];
  readonly #notes = new CipheringNotes();

  constructor() {
    this.#names.add("");
    this.#codeLists.add(noCodes);
    this.#layerLists.add(noLayers);
  }

  set(row: number, frame: Frame, state: number, replayed: boolean): void {
    const { time, answers } = frame;
    let flag = (replayed ? flags.replayed : 0) | (frame.apdu === undefined ? 0 : flags.apdu);
    if (carriesSecret(frame)) flag |= flags.secret;
    if (frame.comment !== undefined) flag |= flags.comment;
    if (time !== null) {
      flag |= flags.timed | (time.dated ? flags.dated : 0);
      this.#seconds.set(row, time.seconds);
      this.#nanoseconds.set(row, time.nanoseconds);
    }
    this.#flags.set(row, flag);
    this.#direction.set(row, directions.indexOf(frame.direction));
    const conversation = (frame.conversation ?? -1) + 1;
    this.#conversation.set(row, conversation & 0xffff);
    this.#conversationUpper.set(row, conversation >>> 16);
    this.#length.set(row, frame.sources[0]?.bytes.length ?? 0);
    this.#association.set(row, associations.indexOf(frame.association));
    // An answer serves what its request does.
    const process = answers === undefined ? processOf(frame) : undefined;
    this.#process.set(row, process === undefined ? 0 : 1 + businessProcesses.indexOf(process));
    this.#name.set(row, this.#names.add(nameOf(frame)));
    this.#state.set(row, state);
    this.#codes.set(row, this.#codeLists.add(definitionsOf(frame)));
    this.#ciphering.set(row, this.#notes.add(frame.ciphering));
    this.#parties.set(row, this.#numberOfParties(frame));
    this.#layers.set(row, this.#layerLists.add(frame.layers));
    this.#answers.set(row, answers?.frame ?? 0);
    this.#namedBy.set(row, answers?.namedBy ?? 0);
    this.#latency.set(row, answers === undefined ? 0 : (answers.latency ?? -1));
  }

  /** A frame is not kept for its addresses. */
  #numberOfParties({ client, server }: Frame): number {
    if (client === null && server === null) return 0;
    const step = this.#partySteps
      .to(client ?? undefined)
      .to(server?.upper)
      .to(server?.lower);
    step.number ??= this.#partyPairs.push({ client, server }) - 1;
    return step.number;
  }

  setRemark(row: number, definition: DiagnosticDefinition | undefined): void {
    // What says nothing that is wrong has words of the capture.
    this.#flags.set(row, flags.remark | (definition === undefined ? flags.comment : 0));
    this.#layers.set(row, this.#layerLists.add(remarkLayers));
    this.#codes.set(row, this.#codeLists.add(definition === undefined ? noCodes : [definition]));
  }

  setAnsweredBy(row: number, frame: number): void {
    this.#answeredBy.set(row, frame);
  }

  setCompletedIn(row: number, frame: number): void {
    this.#completedIn.set(row, frame);
  }

  /** Adds what a later frame has found in the row. */
  addDefinition(row: number, definition: DiagnosticDefinition): void {
    this.#codes.set(row, this.#codeLists.add([...this.definitions(row), definition]));
  }

  /** Forgets what later frames have shown of the row. */
  clearLinks(row: number): void {
    this.#answeredBy.set(row, 0);
    this.#completedIn.set(row, 0);
  }

  /**
   * Forgets the rows before `row`, or most of them, but for their names and conversations, which
   * later rows ask for: 4 bytes a row stay.
   */
  release(row: number): void {
    const columns = [
      this.#seconds,
      this.#nanoseconds,
      this.#flags,
      this.#direction,
      this.#length,
      this.#association,
      this.#process,
      this.#state,
      this.#codes,
      this.#ciphering,
      this.#parties,
      this.#layers,
      this.#answers,
      this.#namedBy,
      this.#answeredBy,
      this.#completedIn,
      this.#latency,
    ];
    for (const column of columns) column.release(row);
  }

  time(row: number): Timestamp | null {
    const flag = this.#flags.get(row);
    if ((flag & flags.timed) === 0) return null;
    const dated = (flag & flags.dated) !== 0;
    return new KeptTime(this.#seconds.get(row), this.#nanoseconds.get(row), dated);
  }

  isReplayed(row: number): boolean {
    return (this.#flags.get(row) & flags.replayed) !== 0;
  }

  /** A fault of the capture, or its words: a frame without bytes. */
  isRemark(row: number): boolean {
    return (this.#flags.get(row) & flags.remark) !== 0;
  }

  /** Whether an APDU could be read, so that `name` is its name. */
  isApdu(row: number): boolean {
    return (this.#flags.get(row) & flags.apdu) !== 0;
  }

  /** Whether its APDU carries a secret that only the conversation knows as such. */
  isSecret(row: number): boolean {
    return (this.#flags.get(row) & flags.secret) !== 0;
  }

  /** Whether something was written beside it in the capture. */
  hasComment(row: number): boolean {
    return (this.#flags.get(row) & flags.comment) !== 0;
  }

  /** The addresses of both ends. The same ones are one object in all rows. */
  parties(row: number): FrameParties {
    return this.#partyPairs[this.#parties.get(row)] ?? nobody;
  }

  /** Its layers, the outermost first. The same ones are one list in all rows. */
  layers(row: number): readonly string[] {
    return this.#layerLists.get(this.#layers.get(row)) ?? noLayers;
  }

  direction(row: number): Direction | null {
    return directions[this.#direction.get(row)] ?? null;
  }

  conversation(row: number): number | null {
    const number = this.#conversation.get(row) + 0x1_0000 * this.#conversationUpper.get(row);
    return number === 0 ? null : number - 1;
  }

  /** How far the association had come with the frame. */
  association(row: number): Frame["association"] {
    return associations[this.#association.get(row)];
  }

  /** What the exchange is for that the frame begins; undefined in answers. */
  process(row: number): BusinessProcess | undefined {
    return businessProcesses[this.#process.get(row) - 1];
  }

  /** Bytes of the link frame. */
  frameLength(row: number): number {
    return this.#length.get(row);
  }

  /** The innermost APDU, or the kind of link frame: `get-response-normal`, `RR`, `packet`. */
  name(row: number): string {
    return this.#names.get(this.#name.get(row)) ?? "";
  }

  /** Number of what the association knew before the frame. */
  state(row: number): number {
    return this.#state.get(row);
  }

  /** What is wrong with the frame, in the order in which it was found; with repetitions. */
  definitions(row: number): readonly DiagnosticDefinition[] {
    return this.#codeLists.get(this.#codes.get(row)) ?? noCodes;
  }

  /** The same list has the same number in every row. */
  definitionsNumber(row: number): number {
    return this.#codes.get(row);
  }

  /** The most severe of them; undefined where there is none. */
  severity(row: number): Severity | undefined {
    const number = this.#codes.get(row);
    if (number === 0) return undefined;
    for (let known = this.#worst.length; known <= number; known++) {
      this.#worst.push(worstOf(this.#codeLists.get(known) ?? noCodes));
    }
    return this.#worst[number];
  }

  ciphering(row: number): CipheringNote | undefined {
    return this.#notes.get(this.#ciphering.get(row));
  }

  /** The same note has the same number in every row; 0 for none. */
  cipheringNumber(row: number): number {
    return this.#ciphering.get(row);
  }

  /** Number of the frame whose request it answers. */
  answers(row: number): number | undefined {
    return present(this.#answers.get(row));
  }

  /** Number of the frame that answers it. */
  answeredBy(row: number): number | undefined {
    return present(this.#answeredBy.get(row));
  }

  /** Number of the frame in which its message was read. */
  completedIn(row: number): number | undefined {
    return present(this.#completedIn.get(row));
  }

  /** Number of the frame whose request names what the row is about. */
  namedBy(row: number): number | undefined {
    return present(this.#namedBy.get(row));
  }

  /** Frames that the row is linked with. */
  links(row: number) {
    return {
      answers: this.answers(row),
      namedBy: this.namedBy(row),
      answeredBy: this.answeredBy(row),
      completedIn: this.completedIn(row),
    };
  }

  /** Nanoseconds from the request to this answer; undefined where it is none, or times are missing. */
  latency(row: number): number | undefined {
    if (this.#answers.get(row) === 0) return undefined;
    const latency = this.#latency.get(row);
    return latency < 0 ? undefined : latency;
  }

  /** Every severity, the least first. */
  static readonly severities = severities;
}

function worstOf(definitions: readonly DiagnosticDefinition[]): Severity | undefined {
  let worst: Severity | undefined;
  for (const { severity } of definitions) {
    if (worst === undefined || compareSeverity(severity, worst) > 0) worst = severity;
  }
  return worst;
}

function present(frame: number): number | undefined {
  return frame === 0 ? undefined : frame;
}

/** The innermost APDU, or the kind of the link frame: `get-response-normal`, `RR`. */
export function nameOf({ apdu, link, framing, layers }: Frame): string {
  if (apdu !== undefined) return apdu.name;
  const hdlc = link["hdlc"] as { readonly control?: { readonly type: string } } | undefined;
  return hdlc?.control?.type ?? (framing === "packet" ? (layers.at(-1) ?? framing) : framing);
}

function definitionsOf({ diagnostics }: Frame): readonly DiagnosticDefinition[] {
  return diagnostics.length === 0 ? noCodes : diagnostics.map(({ definition }) => definition);
}
