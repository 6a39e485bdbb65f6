import type { Field } from "./fields.js";
import { createNode, type Recorder, type SpanNode, type SpanValue } from "./recorder.js";

/**
 * Fields whose values are made only where texts are wanted, too: names of enumerations, derived values,
 * and the headers of packets, which all frames of a flow have alike.
 */
const madeForTexts: ReadonlySet<string> = new Set([
  "acse",
  "ciphering",
  "general",
  "general-ciphering",
  "general-signing",
  "cosem.object",
  "hdlc.parameters",
  "ethernet",
  "vlan",
  "sll",
  "null-loopback",
  "ppp",
  "pppoe",
  "ip",
  "ipv4",
  "ipv6",
  "tcp",
  "udp",
  "network",
  "upper-pdu",
  "rtac-serial",
  "user",
  "core",
]);

/** Fields that may show a secret: where it stands is asked of them. */
function maySayWhereSecretsAre({ id }: Field): boolean {
  return (
    id.startsWith("data.") ||
    id === "xdlms.raw-data" ||
    id === "xdlms.general-block-transfer.block-data" ||
    id === "xdlms.initiate-request.dedicated-key" ||
    id === "core.undecoded"
  );
}

/** Which fields a collector takes: chosen once, for any number of frames. */
export class FieldSelection {
  /** Whether the wanted fields have their values only where texts are made. */
  readonly needsTexts: boolean;
  /** Whether a value of a wanted field may be a secret, or hold one. */
  readonly mayShowSecrets: boolean;
  readonly #wanted: ReadonlySet<Field>;
  /** By the place of the field in the registry. */
  readonly #taken: boolean[] = [];

  /** `known`: all fields there are. */
  constructor(wanted: Iterable<Field>, known: Iterable<Field>) {
    this.#wanted = new Set(wanted);
    let needsTexts = false;
    let mayShowSecrets = false;
    for (const field of this.#wanted) {
      const { id, type } = field;
      this.#taken[field.index] = true;
      needsTexts ||= prefixesOf(id).some((prefix) => madeForTexts.has(prefix));
      mayShowSecrets ||= type === "bytes" || type === "string" || id.startsWith("data.");
    }
    this.needsTexts = needsTexts;
    this.mayShowSecrets = mayShowSecrets;
    if (!mayShowSecrets) return;
    for (const field of known) if (maySayWhereSecretsAre(field)) this.#taken[field.index] = true;
  }

  /** Whether somebody asked for the field. */
  isWanted(field: Field): boolean {
    return this.#wanted.has(field);
  }

  /** Whether the field is recorded: wanted, or needed to tell what has to be hidden. */
  isTaken(field: Field): boolean {
    return this.#taken[field.index] === true;
  }
}

/** `a.b.c`, `a.b`, `a`. */
function prefixesOf(id: string): string[] {
  const parts = id.split(".");
  return parts.map((_, i) => parts.slice(0, i + 1).join("."));
}

/**
 * Records a selection of fields, and nothing else: for filters over many frames. Its nodes stand side
 * by side, without children, and have the values that they have in a tree.
 */
export class FieldCollector implements Recorder {
  readonly recording: boolean;
  readonly nodes: SpanNode[] = [];
  readonly #selection: FieldSelection;
  /** The nodes of the open groups; undefined for those that are not taken. */
  readonly #open: (SpanNode | undefined)[] = [];
  // Where the leaf that was recorded last stands.
  #source = 0;
  #start = 0;
  #end = 0;

  constructor(selection: FieldSelection) {
    this.#selection = selection;
    this.recording = selection.needsTexts;
  }

  get depth(): number {
    return this.#open.length;
  }

  open(field: Field, source: number, start: number): void {
    this.#open.push(
      this.#selection.isTaken(field)
        ? this.#add(field, source, start, start, undefined, false)
        : undefined,
    );
  }

  close(end: number): void {
    const node = this.#open.pop();
    if (node !== undefined) node.end = end;
  }

  describe(value: SpanValue): void {
    const node = this.#open[this.#open.length - 1];
    if (node !== undefined && value !== undefined) node.value = value;
  }

  leaf(field: Field, source: number, start: number, end: number, value: SpanValue): void {
    this.#source = source;
    this.#start = start;
    this.#end = end;
    if (this.#selection.isTaken(field)) this.#add(field, source, start, end, value, false);
  }

  bits(fields: readonly Field[], value: number): void {
    for (const field of fields) {
      if (!this.#selection.isTaken(field)) continue;
      const bits = (value & (field.mask ?? 0)) >>> field.shift;
      this.#add(field, this.#source, this.#start, this.#end, bits, false);
    }
  }

  note(): void {}

  generated(field: Field, source: number, start: number, end: number, value: SpanValue): void {
    if (this.#selection.isTaken(field)) this.#add(field, source, start, end, value, true);
  }

  #add(
    field: Field,
    source: number,
    start: number,
    end: number,
    value: SpanValue,
    generated: boolean,
  ): SpanNode {
    const node = createNode(field, source, start, end, value, generated);
    this.nodes.push(node);
    return node;
  }
}
