/** The challenges of high level security: CtoS in the AARQ, StoC in the AARE. */
import type { AuthenticationValue } from "../../acse/authentication-value.js";
import { equalBytes, toHex } from "../../core/bytes.js";
import type { DiagnosticDefinition } from "../../core/diagnostics.js";
import { associationDiagnostics as D } from "./association-diagnostics.js";

export type Report = (definition: DiagnosticDefinition, detail?: string) => void;

type Side = "client" | "server";

const shortestChallenge = 8;
const longestChallenge = 64;

/** The bytes of a challenge; undefined where there is none, or a password that is hidden. */
export function challengeOf(value: AuthenticationValue | undefined): Uint8Array | undefined {
  if (value === undefined) return undefined;
  // A bit string keeps the number of its unused bits before the bits.
  if ("bitstring" in value) {
    return typeof value.bitstring === "string" ? undefined : value.bitstring.subarray(1);
  }
  for (const bytes of Object.values(value)) if (bytes instanceof Uint8Array) return bytes;
  return undefined;
}

/** The same for what outlives the frame: a view would keep a whole piece of the capture in memory. */
export function copyChallenge(value: AuthenticationValue | undefined): Uint8Array | undefined {
  const challenge = challengeOf(value);
  return challenge === undefined ? undefined : Uint8Array.from(challenge);
}

/** Looks at the challenge of one side by itself, where its mechanism needs one. */
export function checkChallenge(
  challenge: Uint8Array | undefined,
  side: Side,
  report: Report,
): void {
  if (challenge === undefined || challenge.length === 0) {
    report(D["challenge-missing"], `that of the ${side}`);
  } else if (challenge.length < shortestChallenge || challenge.length > longestChallenge) {
    report(D["challenge-length"], `${challenge.length} bytes`);
  }
}

/** The challenges of the associations of one conversation that were accepted. */
export class UsedChallenges {
  /** In hex: a trace may have very many of them. */
  readonly #used: Readonly<Record<Side, Set<string>>> = { client: new Set(), server: new Set() };

  /** Looks at the challenge of a new AARQ. */
  checkRequest(challenge: Uint8Array | undefined, report: Report): void {
    this.#checkReuse("client", challenge, report);
  }

  /** Looks at the challenge of an AARE that accepts, and takes note of both. */
  accept(client: Uint8Array | undefined, server: Uint8Array | undefined, report: Report): void {
    if (client !== undefined && server !== undefined && isSame(client, server)) {
      report(D["challenge-same"]);
    } else this.#checkReuse("server", server, report);
    if (client !== undefined) this.#used.client.add(toHex(client));
    if (server !== undefined) this.#used.server.add(toHex(server));
  }

  #checkReuse(side: Side, challenge: Uint8Array | undefined, report: Report): void {
    if (challenge === undefined || challenge.length === 0) return;
    if (this.#used[side].has(toHex(challenge))) {
      report(D["challenge-repeated"], `that of the ${side}`);
    }
  }
}

function isSame(client: Uint8Array, server: Uint8Array): boolean {
  return client.length > 0 && equalBytes(client, server);
}
