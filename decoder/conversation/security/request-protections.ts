import type { Protection } from "./frame-protection.js";

/** Requests whose protection is remembered until their answers come. */
const keptRequests = 64;

/** How the last requests of a conversation were protected, by their frames. */
export class RequestProtections {
  readonly #frames: number[] = [];
  readonly #protections: Protection[] = [];
  /** Where the oldest stands, and the next one goes. */
  #next = 0;
  #lastFrame: number | undefined;
  #last: Protection | undefined;

  remember(frame: number, protection: Protection): void {
    this.#lastFrame = frame;
    this.#last = protection;
    this.#frames[this.#next] = frame;
    this.#protections[this.#next] = protection;
    this.#next = (this.#next + 1) % keptRequests;
  }

  /** Undefined for a frame that is no ciphered request, or is too long ago. */
  of(frame: number): Protection | undefined {
    // What is answered is mostly the last request.
    if (frame === this.#lastFrame) return this.#last;
    for (let age = 1; age <= this.#frames.length; age++) {
      const at = (this.#next + keptRequests - age) % keptRequests;
      if (this.#frames[at] === frame) return this.#protections[at];
    }
    return undefined;
  }
}
