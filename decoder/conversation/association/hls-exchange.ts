import { equalBytes } from "../../core/bytes.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { associationDiagnostics as D } from "./association-diagnostics.js";
import { mayCarryPass } from "./association-signals.js";
import { type HlsOpening, judgePass, reportSealedPass } from "./hls-judgement.js";
import { readClientPass, readServerPass } from "./hls-passes.js";

/** How far passes 3 and 4 are. `sent`: pass 3 was seen, and no answer to it. */
export type HlsProgress = "none" | "sent" | "done";

const nothingOpened: HlsOpening = {
  mechanism: undefined,
  clientChallenge: undefined,
  serverChallenge: undefined,
};

/** Passes 3 and 4 of one association. */
export class HlsExchange {
  readonly #opening: HlsOpening;
  #progress: HlsProgress = "none";
  #clientPass: Uint8Array | undefined;

  constructor(opening: HlsOpening = nothingOpened) {
    this.#opening = opening;
  }

  get progress(): HlsProgress {
    return this.#progress;
  }

  /**
   * Takes a request of the client; whether it is pass 3. `expected`: one must come now, so that an
   * APDU that stayed ciphered is taken for it.
   */
  takeRequest(frame: ObservedFrame, expected: boolean, sink: FindingSink): boolean {
    const pass = frame.apdu === undefined ? undefined : readClientPass(frame.apdu);
    const sealed = pass === undefined && expected && mayCarryPass(frame);
    if (pass === undefined && !sealed) return false;
    // The same bytes again: the client repeats itself.
    const repeated =
      this.#progress === "sent" &&
      this.#clientPass !== undefined &&
      equalBytes(this.#clientPass, frame.bytes);
    this.#progress = "sent";
    // A copy: a view would keep the whole piece of the capture in memory that it is of.
    this.#clientPass = Uint8Array.from(frame.bytes);
    if (repeated) return true;
    if (pass === undefined) reportSealedPass("client", sink);
    else judgePass(frame, "client", pass.proof, this.#opening, sink);
    return true;
  }

  /** Takes an answer of the server; what pass 4 has decided, if it is that. */
  takeResponse(frame: ObservedFrame, sink: FindingSink): "accepted" | "refused" | undefined {
    if (this.#progress !== "sent") return undefined;
    const pass = frame.apdu === undefined ? undefined : readServerPass(frame.apdu);
    if (pass === undefined) {
      if (!mayCarryPass(frame)) return undefined;
      this.#progress = "done";
      reportSealedPass("server", sink);
      return "accepted";
    }
    this.#progress = "done";
    if (pass.outcome === "refused") {
      sink.report(D["proof-refused"], pass.reason, "apdu");
      return "refused";
    }
    judgePass(frame, "server", pass.proof, this.#opening, sink);
    return "accepted";
  }
}
