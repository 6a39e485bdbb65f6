/**
 * Datagrams that were sent in several packets (RFC 791, Fragmentation and Reassembly; RFC 8200,
 * Fragment Header).
 */
import { defineDiagnostics } from "../../core/diagnostics.js";
import type { StreamNotice } from "../link-frame.js";
import { insertRun, type Run } from "./disjoint-runs.js";

const D = defineDiagnostics("ip", {
  "fragment-repeated": {
    severity: "note",
    group: "sequence",
    message: "The bytes of the fragment were already there",
  },
  "fragment-overlap": {
    severity: "warning",
    group: "sequence",
    message: "The fragment overlaps others with other values; the first ones are kept",
    check: "Were packets repeated with other contents, or identifications used twice?",
  },
  "fragments-missing": {
    severity: "warning",
    group: "incomplete",
    message: "Fragments of the datagram are missing in the capture",
    check: "Did the capture drop packets?",
  },
  "fragments-abandoned": {
    severity: "note",
    group: "incomplete",
    message: "More datagrams are unfinished than are waited for; this one was given up",
  },
});

/** A fragment as its headers describe it. */
export interface IpFragment<Tag> {
  /** Names the datagram: addresses, identification, protocol, and the interface. */
  readonly key: string;
  readonly offset: number;
  readonly more: boolean;
  readonly bytes: Uint8Array;
  readonly tag: Tag;
}

/** Bytes of one fragment in a datagram. */
export interface DatagramPiece<Tag> {
  readonly start: number;
  readonly end: number;
  readonly tag: Tag;
  /** Where the bytes begin in their fragment. */
  readonly offset: number;
}

/** A datagram that was put together, or given up. */
export interface Datagram<Tag> {
  /** The IP payload from its first byte up to the first byte that is missing. */
  readonly bytes: Uint8Array;
  readonly pieces: readonly DatagramPiece<Tag>[];
  /** Every fragment that came, in the order in which they did. */
  readonly tags: readonly Tag[];
  readonly complete: boolean;
  readonly notices: readonly StreamNotice[];
}

interface Unfinished<Tag> {
  readonly parts: Run<Tag>[];
  readonly tags: Tag[];
  /** Length of the datagram, once its last fragment has come. */
  length: number | undefined;
  bytes: number;
  /** Number of the fragment that came first. */
  readonly born: number;
}

/** What bounds the memory of unfinished datagrams. */
export interface FragmentLimits {
  readonly datagrams: number;
  readonly bytes: number;
  /** Fragments of other datagrams after which one is given up. */
  readonly age: number;
  readonly fragmentsOfDatagram: number;
}

const defaultFragmentLimits: FragmentLimits = {
  datagrams: 256,
  bytes: 4 * 1024 * 1024,
  age: 4096,
  fragmentsOfDatagram: 8192,
};

/** Collects the fragments of one capture. */
export class IpFragments<Tag> {
  readonly #limits: FragmentLimits;
  /** In the order in which they began. */
  readonly #unfinished = new Map<string, Unfinished<Tag>>();
  #bytes = 0;
  #count = 0;

  constructor(limits: Partial<FragmentLimits> = {}) {
    this.#limits = { ...defaultFragmentLimits, ...limits };
  }

  /**
   * Takes a fragment. Returns what was noticed about it, and the datagrams that are at their end:
   * the one that it completes, and those that are given up because of the limits.
   */
  push(fragment: IpFragment<Tag>): {
    readonly notices: readonly StreamNotice[];
    readonly datagrams: readonly Datagram<Tag>[];
  } {
    this.#count += 1;
    const { key } = fragment;
    const unfinished = this.#unfinished.get(key) ?? this.#create(key);
    const notices = this.#add(unfinished, fragment);
    const datagrams: Datagram<Tag>[] = [];
    if (isComplete(unfinished)) datagrams.push(this.#close(key, unfinished, []));
    // One datagram of one-byte fragments must not grow without end.
    else if (unfinished.tags.length >= this.#limits.fragmentsOfDatagram) {
      datagrams.push(this.#close(key, unfinished, abandoned));
    }
    this.#giveUp(datagrams);
    return { notices, datagrams };
  }

  /** The capture has ended: every unfinished datagram, with what is missing in it. */
  finish(): Datagram<Tag>[] {
    return [...this.#unfinished].map(([key, unfinished]) => this.#close(key, unfinished, []));
  }

  #create(key: string): Unfinished<Tag> {
    const unfinished: Unfinished<Tag> = {
      parts: [],
      tags: [],
      length: undefined,
      bytes: 0,
      born: this.#count,
    };
    this.#unfinished.set(key, unfinished);
    return unfinished;
  }

  #add(unfinished: Unfinished<Tag>, fragment: IpFragment<Tag>): StreamNotice[] {
    const { offset, bytes, tag } = fragment;
    const end = offset + bytes.length;
    unfinished.tags.push(tag);
    if (!fragment.more) unfinished.length ??= end;
    const run = { start: offset, end, bytes, tag, offset: 0 };
    const { added, repeated, differs } = insertRun(unfinished.parts, run);
    unfinished.bytes += added;
    this.#bytes += added;
    if (differs) return [{ definition: D["fragment-overlap"] }];
    return repeated ? [{ definition: D["fragment-repeated"] }] : [];
  }

  /** Datagrams begin in the order of the map: the oldest ones go. */
  #giveUp(datagrams: Datagram<Tag>[]): void {
    for (const [key, unfinished] of this.#unfinished) {
      const isOld = this.#count - unfinished.born > this.#limits.age;
      const isOverLimit =
        this.#unfinished.size > this.#limits.datagrams || this.#bytes > this.#limits.bytes;
      if (!isOld && !isOverLimit) break;
      datagrams.push(this.#close(key, unfinished, isOverLimit ? abandoned : []));
    }
  }

  #close(
    key: string,
    unfinished: Unfinished<Tag>,
    notices: readonly StreamNotice[],
  ): Datagram<Tag> {
    this.#unfinished.delete(key);
    this.#bytes -= unfinished.bytes;
    const complete = isComplete(unfinished);
    const pieces: DatagramPiece<Tag>[] = [];
    let end = 0;
    for (const part of unfinished.parts) {
      if (part.start !== end) break;
      pieces.push({ start: part.start, end: part.end, tag: part.tag, offset: part.offset });
      end = part.end;
    }
    const bytes = new Uint8Array(end);
    for (const part of unfinished.parts.slice(0, pieces.length)) bytes.set(part.bytes, part.start);
    const missing: StreamNotice = {
      definition: D["fragments-missing"],
      detail: describeMissing(unfinished),
    };
    return {
      bytes,
      pieces,
      tags: unfinished.tags,
      complete,
      notices: complete ? notices : [missing, ...notices],
    };
  }
}

const abandoned: readonly StreamNotice[] = [{ definition: D["fragments-abandoned"] }];

function isComplete<Tag>({ length, bytes, parts }: Unfinished<Tag>): boolean {
  if (length === undefined || bytes < length) return false;
  let end = 0;
  for (const part of parts) {
    if (part.start > end) return false;
    end = part.end;
  }
  return true;
}

function describeMissing<Tag>({ parts, length }: Unfinished<Tag>): string {
  const ranges: string[] = [];
  let end = 0;
  for (const part of parts) {
    if (part.start > end) ranges.push(`bytes ${end} to ${part.start}`);
    end = part.end;
  }
  if (length === undefined) ranges.push(`everything from byte ${end} on`);
  else if (length > end) ranges.push(`bytes ${end} to ${length}`);
  return ranges.join(", ");
}
