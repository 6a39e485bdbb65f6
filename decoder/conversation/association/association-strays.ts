import type { FindingSink } from "../observed-frame.js";
import { associationDiagnostics as D } from "./association-diagnostics.js";
import type { AssociationPhase } from "./association-transitions.js";

/**
 * A service that a client uses after its association has ended. Whether that is wrong, its answer
 * tells: a server that serves it has an association, of which the opening was not captured.
 */
export class StrayService {
  #frame: number | undefined;
  /** One such finding for one association: the client will go on with what it does not notice. */
  #told = false;

  get isPending(): boolean {
    return this.#frame !== undefined;
  }

  /** A service in a frame, with no association open. */
  begin(frame: number): void {
    if (!this.#told) this.#frame = frame;
  }

  /** It was not served, or never answered. */
  settle(state: AssociationPhase, sink: FindingSink): void {
    if (this.#frame === undefined) return;
    sink.amend(this.#frame, D["no-association"], `it is ${state}`);
    this.#frame = undefined;
    this.#told = true;
  }
}
