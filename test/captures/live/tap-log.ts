import { RTAC_HEADER_LENGTH } from "../../../captures/live/rtac-serial.js";
import type { TapEvent, TapPacket, TapSink, TapState } from "../../../captures/live/tap.js";

/** Takes what a tap tells, and waits for it. */
export class TapLog implements TapSink {
  readonly events: TapEvent[] = [];
  readonly #wakers = new Set<() => void>();
  #hasRoom = true;

  take(event: TapEvent): boolean {
    this.events.push(event);
    for (const wake of this.#wakers) wake();
    return this.#hasRoom;
  }

  /** Whether packets are welcome. */
  setRoom(hasRoom: boolean): void {
    this.#hasRoom = hasRoom;
  }

  get packets(): TapPacket[] {
    return this.events.filter((event) => event.kind === "packet");
  }

  get states(): TapState[] {
    return this.events.filter((event) => event.kind === "state");
  }

  /** What was heard on the line, in order. */
  get heard(): Buffer {
    return Buffer.concat(this.packets.map(({ bytes }) => bytes.subarray(RTAC_HEADER_LENGTH)));
  }

  get comments(): string[] {
    return this.packets.flatMap(({ comment }) => comment ?? []);
  }

  /** Waits until it is so; fails with what was told where it never is. */
  until(isSo: () => boolean, patience = 10_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (finish: () => void) => {
        this.#wakers.delete(look);
        clearTimeout(timer);
        clearInterval(looker);
        finish();
      };
      const look = () => {
        if (isSo()) end(resolve);
      };
      const timer = setTimeout(() => {
        const told = this.events.map((event) =>
          event.kind === "state" ? event.message : `${event.bytes.length} ${event.comment ?? ""}`,
        );
        end(() => reject(new Error(`waited in vain; told were:\n${told.slice(-20).join("\n")}`)));
      }, patience);
      // It may come true without a word of the tap.
      const looker = setInterval(look, 20);
      this.#wakers.add(look);
      look();
    });
  }
}
