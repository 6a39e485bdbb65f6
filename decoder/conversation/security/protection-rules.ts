/** Whether the services of an association are protected alike, and as its context says. */
import { type DiagnosticDefinition, defineDiagnostics } from "../../core/diagnostics.js";
import type { AnsweredRequest } from "../answered-request.js";
import type { AssociationView } from "../association/association-view.js";
import { readClientPass } from "../association/hls-passes.js";
import { judgedOnce } from "../judged-once.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { isReadToItsEnd } from "../whole-apdu.js";
import { keyOfLabel, type Protection, protectionOf } from "./frame-protection.js";
import { RequestProtections } from "./request-protections.js";

const D = defineDiagnostics("security", {
  "suite-changed": {
    severity: "warning",
    group: "security",
    message: "The security suite is another one than before in this association",
    check: "Compare the security suites of client and meter; both sides use the meter's",
  },
  "answer-in-clear": {
    severity: "warning",
    group: "security",
    message: "The answer to a ciphered request is not ciphered",
    check: "Compare the security policy of the meter with what the client asks for",
  },
  "answer-less-protected": {
    severity: "warning",
    group: "security",
    message: "The answer is protected less than the request",
    check: "Does the security policy of the meter ask for less in answers than in requests?",
  },
  "less-protected-than-before": {
    severity: "note",
    group: "security",
    message: "The service is protected less than an earlier one of the same sender",
    check: "Do the access rights of the objects differ, or does the sender's policy?",
  },
  "in-clear-after-ciphering": {
    severity: "warning",
    group: "security",
    message: "The service is not ciphered, and earlier ones of the same sender were",
    check: "Did the sender forget the association, or does somebody else send in its name?",
  },
  "plain-service": {
    severity: "note",
    group: "security",
    message: "The application context is one with ciphering, and the service is not ciphered",
    clause: "IEC 62056-5-3, Application context name",
    check: "Does the security policy of the meter allow services in clear?",
  },
  "hls-in-clear": {
    severity: "note",
    group: "security",
    message:
      "The application context is one with ciphering, and the authentication (passes 3 and 4) is not ciphered",
    check: "Some profiles allow it; a meter that refuses it wants these passes ciphered as well",
  },
  "ciphered-in-plain-context": {
    severity: "warning",
    group: "security",
    message: "The service is ciphered, and the application context is one without ciphering",
    clause: "IEC 62056-5-3, Application context name",
    check: "The client must ask for a context with ciphering in the AARQ",
  },
  "encryption-without-authentication": {
    severity: "note",
    group: "security",
    message: "The services are encrypted and not authenticated: changes on the way stay unnoticed",
    check: "Set a security policy that asks for both",
  },
  "authentication-without-encryption": {
    severity: "note",
    group: "security",
    message: "The services are authenticated and not encrypted: everybody on the way can read them",
    check: "Set a security policy that asks for both where the data are personal",
  },
  "broadcast-key-for-answer": {
    severity: "warning",
    group: "security",
    message: "The answer is ciphered with the broadcast key, which all meters have",
    check: "An answer takes the global unicast key or the dedicated key",
  },
});

type Side = "client-to-server" | "server-to-client";

/** What the services of one side of an association have shown. */
interface ShownOfSide {
  strongest: Protection | undefined;
  /** What was reported once and is not repeated. */
  readonly said: Set<DiagnosticDefinition>;
}

/** What the services of one association have shown. */
interface Shown {
  suite: number | undefined;
  readonly client: ShownOfSide;
  readonly server: ShownOfSide;
}

export class ProtectionRules {
  #shown = newlyOpened();
  readonly #requests = new RequestProtections();

  /** The suite that the association's ciphering uses, once it was seen. */
  get suite(): number | undefined {
    return this.#shown.suite;
  }

  observe(
    frame: ObservedFrame,
    answered: AnsweredRequest | undefined,
    association: AssociationView,
    sink: FindingSink,
  ): void {
    if (frame.apdu?.name === "aarq") this.#shown = newlyOpened();
    const protection = protectionOf(frame);
    if (protection === "unknown") return;
    if (protection !== "clear") this.#checkSuite(protection, sink);
    if (frame.direction === null || !isService(frame, answered)) return;
    if (protection === "clear") {
      this.#checkClear(frame, frame.direction, answered, association, sink);
    } else {
      this.#checkCiphered(frame, frame.direction, answered, association, protection, sink);
    }
  }

  #checkSuite({ suite }: Protection, sink: FindingSink): void {
    const before = this.#shown.suite;
    // A suite that the standard does not have is reported where it stands.
    if (suite > 2) return;
    this.#shown.suite = suite;
    if (before !== undefined && before !== suite) {
      sink.report(D["suite-changed"], `${suite}, before ${before}`);
    }
  }

  #checkClear(
    frame: ObservedFrame,
    direction: Side,
    answered: AnsweredRequest | undefined,
    association: AssociationView,
    sink: FindingSink,
  ): void {
    if (!mayBePlain(frame, association)) return;
    if (isHlsPass(frame, answered, association)) {
      if (association.ciphered === true) this.#once(direction, D["hls-in-clear"], sink);
    } else if (answered !== undefined && this.#requests.of(answered.frame) !== undefined) {
      sink.report(D["answer-in-clear"], `request in frame ${answered.frame}`);
    } else if (this.#shownBy(direction).strongest !== undefined) {
      sink.report(D["in-clear-after-ciphering"]);
    } else if (association.ciphered === true) {
      this.#once(direction, D["plain-service"], sink);
    }
  }

  #checkCiphered(
    frame: ObservedFrame,
    direction: Side,
    answered: AnsweredRequest | undefined,
    association: AssociationView,
    protection: Protection,
    sink: FindingSink,
  ): void {
    if (association.ciphered === false && isLive(association)) {
      this.#once(direction, D["ciphered-in-plain-context"], sink);
    }
    if (answered !== undefined && isOfBroadcastKey(frame.ciphering?.key ?? "")) {
      sink.report(D["broadcast-key-for-answer"]);
    }
    const request = answered === undefined ? undefined : this.#requests.of(answered.frame);
    const shown = this.#shownBy(direction);
    const { strongest } = shown;
    if (request !== undefined && isWeaker(protection, request)) {
      this.#once(direction, D["answer-less-protected"], sink, compare(protection, request));
    } else if (strongest !== undefined && isWeaker(protection, strongest)) {
      const detail = compare(protection, strongest);
      this.#once(direction, D["less-protected-than-before"], sink, detail);
    }
    if (!protection.authentication) {
      this.#once(direction, D["encryption-without-authentication"], sink);
    } else if (!protection.encryption) {
      this.#once(direction, D["authentication-without-encryption"], sink);
    }
    shown.strongest = union(protection, strongest);
    if (direction === "client-to-server") this.#requests.remember(frame.number, protection);
  }

  #shownBy(direction: Side): ShownOfSide {
    return direction === "client-to-server" ? this.#shown.client : this.#shown.server;
  }

  /** Reports for each side of the association once. */
  #once(
    direction: Side,
    definition: (typeof D)[keyof typeof D],
    sink: FindingSink,
    detail?: string,
  ): void {
    const { said } = this.#shownBy(direction);
    if (said.has(definition)) return;
    said.add(definition);
    sink.report(definition, detail);
  }
}

function newlyOpened(): Shown {
  return {
    suite: undefined,
    client: { strongest: undefined, said: new Set() },
    server: { strongest: undefined, said: new Set() },
  };
}

/** Requests and their answers; what a meter sends unasked may have a policy of its own. */
const services =
  /^((glo|ded)-)?(get|set|action|read|write|unconfirmed-write|access)-(request|response)/;
const isServiceName = judgedOnce((name) => services.test(name));
const isGeneralCiphering = judgedOnce((name) => /^general-(glo-|ded-)?ciphering$/.test(name));

/**
 * Whether the frame carries a service of the association. What a general ciphering holds is known
 * where it was opened; else a client's is a request, and a meter's a service if it is an answer.
 */
function isService(frame: ObservedFrame, answered: AnsweredRequest | undefined): boolean {
  const { apdu, direction } = frame;
  if (apdu === undefined) return false;
  if (isServiceName(apdu.name)) return true;
  if (!isGeneralCiphering(apdu.name)) return false;
  return direction === "client-to-server" || answered !== undefined;
}

/** Where no association is open, nothing says how services are to be protected. */
function mayBePlain({ apdu }: ObservedFrame, association: AssociationView): boolean {
  // What could not be read to its end may be anything: deciphered noise, a wrong framing.
  return apdu !== undefined && isReadToItsEnd(apdu) && isLive(association);
}

function isLive({ state }: AssociationView): boolean {
  return state === "unknown" || state === "authenticating" || state === "open";
}

/** Passes 3 and 4 of high level security: the state may be that before the frame, or after it. */
function isHlsPass(
  { apdu }: ObservedFrame,
  answered: AnsweredRequest | undefined,
  { state }: AssociationView,
): boolean {
  if (state === "authenticating") return true;
  const asked = answered === undefined ? apdu : answered.apdu;
  return asked !== undefined && readClientPass(asked) !== undefined;
}

const isOfBroadcastKey = judgedOnce((label) => keyOfLabel(label)?.role === "global-broadcast");

function isWeaker(one: Protection, other: Protection): boolean {
  return (other.authentication && !one.authentication) || (other.encryption && !one.encryption);
}

function union(one: Protection, other: Protection | undefined): Protection {
  if (other === undefined || one === other) return one;
  return {
    suite: one.suite,
    authentication: one.authentication || other.authentication,
    encryption: one.encryption || other.encryption,
  };
}

function compare(one: Protection, other: Protection): string {
  return `${describe(one)}, there ${describe(other)}`;
}

function describe({ authentication, encryption }: Protection): string {
  if (authentication && encryption) return "authenticated and encrypted";
  return authentication ? "authenticated" : "encrypted";
}
