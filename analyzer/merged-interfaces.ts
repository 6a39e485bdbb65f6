/**
 * Which interfaces of captures that are merged are the same.
 *
 * Strategy. Packets of networks carry addresses: captures of the same place, or of two places on the
 * way, show the same connections, so that interfaces with the same number are one. Bytes of a line
 * carry none. What is marked in one direction in one capture and in the other in another are the two
 * sides of one line; and a line goes on in the capture that begins where another has ended, as the files
 * of a ring do. All other lines stay apart: bytes of two lines in one stream would be neither's.
 */
import {
  type CaptureChunk,
  type Direction,
  LINK_TYPE_MESSAGE,
  LINK_TYPE_STREAM,
} from "../decoder/chunk.js";
import { isLineType } from "../decoder/link/packet/packet.js";

/** A capture that is merged with others, as far as interfaces ask of it. */
export interface MergedCapture {
  /** Everything of it was merged. */
  readonly hasEnded: boolean;
  /** The directions that bytes of an interface have, in the piece of the capture that is at hand. */
  directionsOf(number: number): ReadonlySet<Direction | null>;
}

interface Part {
  readonly capture: MergedCapture;
  readonly directions: ReadonlySet<Direction | null>;
}

interface Line {
  readonly number: number;
  readonly parts: Part[];
}

/** Interfaces of the merge, numbered from 0 in the order in which they are met. */
export class MergedInterfaces {
  readonly #networks = new Map<number, number>();
  readonly #lines: Line[] = [];
  readonly #lineOf = new Map<MergedCapture, Map<number, Line>>();
  #count = 0;

  /** The number in the merge of the interface of a chunk that is the next of its capture. */
  find(capture: MergedCapture, { interface: number, linkType }: CaptureChunk): number {
    return isLine(linkType) ? this.#findLine(capture, number) : this.#findNetwork(number);
  }

  #findNetwork(number: number): number {
    let found = this.#networks.get(number);
    if (found === undefined) {
      found = this.#count++;
      this.#networks.set(number, found);
    }
    return found;
  }

  #findLine(capture: MergedCapture, number: number): number {
    let lines = this.#lineOf.get(capture);
    if (lines === undefined) {
      lines = new Map();
      this.#lineOf.set(capture, lines);
    }
    let line = lines.get(number);
    if (line === undefined) {
      const part = { capture, directions: capture.directionsOf(number) };
      line = this.#lines.find(({ parts }) => parts.every((other) => isSameLine(other, part)));
      if (line === undefined) {
        line = { number: this.#count++, parts: [] };
        this.#lines.push(line);
      }
      line.parts.push(part);
      lines.set(number, line);
    }
    return line.number;
  }
}

function isSameLine(known: Part, next: Part): boolean {
  if (known.capture === next.capture) return false;
  return known.capture.hasEnded || areOpposite(known.directions, next.directions);
}

function areOpposite(
  one: ReadonlySet<Direction | null>,
  other: ReadonlySet<Direction | null>,
): boolean {
  const [first] = one;
  const [second] = other;
  if (one.size !== 1 || other.size !== 1) return false;
  return first !== null && second !== null && first !== second;
}

function isLine(linkType: number): boolean {
  if (linkType === LINK_TYPE_STREAM || linkType === LINK_TYPE_MESSAGE) return true;
  return isLineType(linkType);
}
