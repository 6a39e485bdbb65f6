/** What goes wrong on lines: the same seed gives the same faults. */
import { SeededRandom } from "../bench/random.js";
import type { LineEvent, LineMessage } from "./line-message.js";

export interface LineFaults {
  readonly seed: number;
  /** Out of 1000 messages, before how many there is noise, and how much of it at most. */
  readonly noise?: { readonly perMille: number; readonly atMost: number };
  /** Out of a million bytes, how many are lost. */
  readonly dropsPerMillion?: number;
  /** Out of a million bytes, how many have one bit turned over. */
  readonly flipsPerMillion?: number;
  /** The line is set to 7 bits and a parity bit, and the listener takes bytes of 8. */
  readonly parity?: "even" | "odd";
  /** Before the message of this index the port goes away, for so long. */
  readonly losses?: readonly { readonly before: number; readonly milliseconds: number }[];
  /** The listener comes in the middle of the first message: so many bytes of it are over. */
  readonly missedAtStart?: number;
}

/**
 * The messages as they come through a line with these faults, in their order. Noise is a message of
 * nobody's, at the time of the one after it. Messages of which nothing is left are left out.
 */
export function* withFaults(
  messages: Iterable<LineMessage>,
  faults: LineFaults,
): Generator<LineEvent> {
  const random = new SeededRandom(faults.seed);
  const { noise, losses = [], missedAtStart = 0 } = faults;
  let index = 0;
  for (const message of messages) {
    const loss = losses.find(({ before }) => before === index);
    if (loss !== undefined) yield { kind: "loss", milliseconds: loss.milliseconds };
    if (noise !== undefined && random.below(1000) < noise.perMille) {
      const bytes = new Uint8Array(random.bytes(1 + random.below(noise.atMost)));
      yield { from: message.from, bytes, at: message.at };
    }
    const heard = index === 0 ? message.bytes.subarray(missedAtStart) : message.bytes;
    const bytes = damage(heard, faults, random);
    if (bytes.length > 0) yield { ...message, bytes };
    index += 1;
  }
}

function damage(bytes: Uint8Array, faults: LineFaults, random: SeededRandom): Uint8Array {
  const { dropsPerMillion = 0, flipsPerMillion = 0, parity } = faults;
  const sent = parity === undefined ? bytes : withParity(bytes, parity);
  if (dropsPerMillion === 0 && flipsPerMillion === 0) return sent;
  const heard: number[] = [];
  for (const byte of sent) {
    if (random.below(1_000_000) < dropsPerMillion) continue;
    const flips = random.below(1_000_000) < flipsPerMillion;
    heard.push(flips ? byte ^ (1 << random.below(8)) : byte);
  }
  return Uint8Array.from(heard);
}

/** 7 bits and parity as a port set to 8 bits without parity takes them: bit 7 is the parity bit. */
export function withParity(bytes: Uint8Array, parity: "even" | "odd"): Uint8Array {
  return bytes.map((byte) => {
    let ones = parity === "odd" ? 1 : 0;
    for (let bits = byte & 0x7f; bits !== 0; bits >>= 1) ones += bits & 1;
    return (byte & 0x7f) | ((ones & 1) << 7);
  });
}
