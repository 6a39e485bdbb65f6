import type { Conformance } from "../../xdlms/conformance.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { associationDiagnostics as D } from "./association-diagnostics.js";
import type { AssociationView } from "./association-view.js";
import { visitConformanceUsed } from "./conformance-use.js";

type Negotiated = Pick<
  AssociationView,
  "conformance" | "clientMaxReceivePduSize" | "serverMaxReceivePduSize"
>;

/** Which block transfer a service that is too long for one APDU would have had. */
const blockTransfers: readonly (readonly [service: RegExp, bit: Conformance])[] = [
  [/^((glo|ded)-)?(get|read)-/, "block-transfer-with-get-or-read"],
  [/^((glo|ded)-)?(set|write)-/, "block-transfer-with-set-or-write"],
  [/^((glo|ded)-)?action-/, "block-transfer-with-action"],
];

/** What one association has agreed on, and whether its services keep to it. */
export class AssociationLimits {
  readonly #negotiated: Negotiated;
  readonly #conformance: ReadonlySet<Conformance> | undefined;
  /** A bit is reported where it is missed first: the rest of the trace would repeat it. */
  readonly #reported = new Set<Conformance>();

  constructor(negotiated: Negotiated) {
    this.#negotiated = negotiated;
    const { conformance } = negotiated;
    this.#conformance = conformance === undefined ? undefined : new Set(conformance);
  }

  /** Looks at a service; of one that is a pass of the authentication only the length counts. */
  check(frame: ObservedFrame, isPass: boolean, sink: FindingSink): void {
    if (!isPass) this.#checkConformance(frame, sink);
    this.#checkLength(frame, sink);
  }

  #checkConformance(frame: ObservedFrame, sink: FindingSink): void {
    const conformance = this.#conformance;
    if (conformance === undefined) return;
    visitConformanceUsed(frame, (bit) => {
      if (conformance.has(bit) || this.#reported.has(bit)) return;
      this.#reported.add(bit);
      if (bit === "priority-mgmt-supported") {
        sink.report(D["priority-not-negotiated"], undefined, "apdu");
      } else sink.report(D["service-not-negotiated"], bit, "apdu");
    });
  }

  #checkLength({ apdus, direction }: ObservedFrame, sink: FindingSink): void {
    if (direction === null) return;
    const toServer = direction === "client-to-server";
    const { clientMaxReceivePduSize, serverMaxReceivePduSize } = this.#negotiated;
    const limit = toServer ? serverMaxReceivePduSize : clientMaxReceivePduSize;
    if (limit === undefined || limit === 0) return;
    const length = lengthOfOutermost(apdus);
    if (length <= limit) return;
    const excess = `${length} bytes, the ${toServer ? "server" : "client"} takes ${limit}`;
    const bit = this.#blockTransferFor(apdus);
    const advice = bit === undefined ? "" : `; ${bit} was negotiated and should have been used`;
    sink.report(D["pdu-too-long"], `${excess}${advice}`, "apdu");
  }

  #blockTransferFor(apdus: ObservedFrame["apdus"]): Conformance | undefined {
    // A block that is too long is not helped by more blocks.
    if (apdus.some(({ name }) => name === "general-block-transfer")) return undefined;
    const { conformance = [] } = this.#negotiated;
    for (const { name } of apdus) {
      for (const [service, bit] of blockTransfers) {
        if (service.test(name) && conformance.includes(bit)) return bit;
      }
    }
    return conformance.includes("general-block-transfer") ? "general-block-transfer" : undefined;
  }
}

function lengthOfOutermost(apdus: ObservedFrame["apdus"]): number {
  // The gateway takes its own header off again.
  for (const { name, length } of apdus) if (!name.startsWith("gateway-")) return length;
  return 0;
}
