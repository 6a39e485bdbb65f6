/** Says messages on a line, on one cable or on one for each side. */
import { isLoss, type LineEvent, type LineMessage } from "./line-message.js";
import { type Clock, type Pace, realClock, sendAtPace } from "./pace.js";
import type { PtyPair } from "./pty-pair.js";

/** What a replay needs of a cable. */
export type Cable = Pick<PtyPair, "write" | "vanish" | "return">;

/**
 * Where the replay speaks. One cable carries both sides, as the two wires of RS-485 do; with a
 * second one the first has what the client says, and the second the meter's answers (and what
 * nobody is named for).
 */
export type Cables = readonly [both: Cable] | readonly [client: Cable, meter: Cable];

export interface ReplayOptions {
  readonly pace: Pace;
  readonly clock?: Clock;
  /** Waited for before the other side begins to speak: a listener that has to keep up says so here. */
  readonly beforeTurn?: () => Promise<void>;
  /** Told when the cable has taken the last byte of a message. */
  readonly afterEach?: (message: LineMessage) => void;
  /** Ends the replay between two messages. */
  readonly signal?: AbortSignal;
}

/** What was said, in bytes, on each cable. */
export interface Replayed {
  readonly messages: number;
  readonly bytes: readonly number[];
}

/**
 * Replays messages in their order and at their times, each at the pace's speed; where they have no
 * times, each begins when the one before it is over, after the pace's silence where the other side
 * speaks. Resolves when the cables have taken the last byte. Fails where a cable does.
 */
export async function replay(
  events: Iterable<LineEvent>,
  cables: Cables,
  options: ReplayOptions,
): Promise<Replayed> {
  const { pace, clock = realClock, beforeTurn, afterEach, signal } = options;
  const start = clock.now();
  const bytes = cables.map(() => 0);
  let messages = 0;
  let free = start;
  let before: LineMessage["from"] | undefined;
  for (const event of events) {
    if (signal?.aborted === true) break;
    if (isLoss(event)) {
      await Promise.all(cables.map((cable) => cable.vanish()));
      await clock.sleep(event.milliseconds);
      await Promise.all(cables.map((cable) => cable.return()));
      free = clock.now();
      continue;
    }
    const wire = cables.length === 2 && event.from !== "client" ? 1 : 0;
    const cable = cables[wire] ?? cables[0];
    const isTurn = before !== undefined && event.from !== before;
    if (isTurn && beforeTurn !== undefined) {
      await beforeTurn();
      // What waited for a listener was silence on the line.
      free = Math.max(free, clock.now());
    }
    const silence = isTurn ? pace.turnaround : 0;
    const begin = event.at === null ? free + silence : Math.max(free, start + event.at);
    free = await sendAtPace(event.bytes, begin, pace, clock, (piece) => cable.write(piece));
    before = event.from;
    bytes[wire] = (bytes[wire] ?? 0) + event.bytes.length;
    afterEach?.(event);
    messages += 1;
  }
  return { messages, bytes };
}
