/** What the opening of an association says of titles, passwords and dedicated keys, and what follows. */
import type { AssociationResponse } from "../../acse/aare.js";
import type { AssociationRequest } from "../../acse/aarq.js";
import { equalBytes, toHex } from "../../core/bytes.js";
import type { Learnt } from "../../core/context.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { equalInConstantTime } from "../../security/noble-primitives.js";
import { setsOfMeter } from "../../security/party-keys.js";
import { keyLengthOfSuite } from "../../security/security-control.js";
import { systemTitleLength } from "../../security/system-title.js";
import type { InitiateRequest } from "../../xdlms/initiate.js";
import type { AnsweredRequest } from "../answered-request.js";
import type { AssociationView } from "../association/association-view.js";
import { judgedOnce } from "../judged-once.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { isDedicated, protectionOf } from "./frame-protection.js";

const D = defineDiagnostics("security", {
  "title-of-another": {
    severity: "warning",
    group: "security",
    message:
      "The system title in the APDU is not the one that its sender gave with the association",
    clause: "IEC 62056-5-3, System title",
    check: "Does another device send here, or was the sender's title changed?",
  },
  "same-titles": {
    severity: "warning",
    group: "security",
    message:
      "Client and server have the same system title: with one key they use the same initialisation vectors",
    clause: "IEC 62056-5-3, System title",
    check: "Give the client a system title of its own",
  },
  "dedicated-key-unused": {
    severity: "info",
    group: "security",
    message: "A dedicated key was agreed, and the service uses global ciphering",
    check: "Is it meant, or does the client not use the key that it has sent?",
  },
  "dedicated-key-not-agreed": {
    severity: "warning",
    group: "security",
    message: "The service uses dedicated ciphering, and the AARQ brought no dedicated key",
    check: "The client must send the dedicated key in the initiate-request of the AARQ",
  },
  "dedicated-key-length": {
    severity: "error",
    group: "security",
    message: "The dedicated key has not the length that the security suite asks for",
    clause: "IEC 62056-5-3, Security suite",
    check: "16 bytes in the suites 0 and 1, 32 bytes in suite 2",
  },
  "dedicated-key-is-global": {
    severity: "warning",
    group: "security",
    message: "The dedicated key is the global unicast key",
    check: "The client should make a new random key for each association",
  },
  "password-in-clear": {
    severity: "note",
    group: "security",
    message: "The password of low level security crosses the line in clear",
    check: "Everybody who can read the line has it; high level security does not send the secret",
  },
  "write-without-authentication": {
    severity: "note",
    group: "security",
    message: "The client writes in an association of lowest level security, without authentication",
    check: "Should the meter let everybody write this?",
  },
});

/** What AARQ and AARE have said; `undefined` where they were not seen, or did not say it. */
interface Opening {
  readonly client: Uint8Array | undefined;
  readonly server: Uint8Array | undefined;
  readonly mechanism: string | undefined;
  /** Whether the initiate-request brings a dedicated key; undefined where it stayed ciphered. */
  readonly dedicated: boolean | undefined;
}

const unseen: Opening = {
  client: undefined,
  server: undefined,
  mechanism: undefined,
  dedicated: undefined,
};

export class AssociationSecurity {
  #opening = unseen;
  /** What was reported of this association and is not repeated. */
  #said = new Set<string>();
  #checkedKey: Learnt<Uint8Array> | undefined;

  /** `suite` is the one that the association's ciphering has shown. */
  observe(
    frame: ObservedFrame,
    answered: AnsweredRequest | undefined,
    association: AssociationView,
    suite: number | undefined,
    sink: FindingSink,
  ): void {
    if (frame.apdu?.name === "aarq") this.#open(frame.apdu as AssociationRequest, sink);
    else if (frame.apdu?.name === "aare") this.#accept(frame.apdu as AssociationResponse, sink);
    else {
      this.#checkTitle(frame, association, sink);
      this.#checkDedicated(frame, answered, sink);
      this.#checkWrite(frame, association, sink);
    }
    this.#checkDedicatedKey(frame, suite, sink);
  }

  #open(aarq: AssociationRequest, sink: FindingSink): void {
    this.#said = new Set();
    const context = aarq["application-context-name"];
    // One that could not be read says nothing.
    if (context === undefined) {
      this.#opening = unseen;
      return;
    }
    const mechanism = aarq["mechanism-name"] ?? "lowest-level-security";
    const initiate = aarq["user-information"];
    this.#opening = {
      client: copyTitle(aarq["calling-ap-title"]),
      server: undefined,
      mechanism,
      dedicated: isInitiateRequest(initiate) ? initiate["dedicated-key"] !== undefined : undefined,
    };
    const hasPassword = aarq["calling-authentication-value"] !== undefined;
    const plain = context.endsWith("-no-ciphering");
    if (mechanism === "low-level-security" && hasPassword && plain) {
      sink.report(D["password-in-clear"]);
    }
  }

  #accept(aare: AssociationResponse, sink: FindingSink): void {
    const server = copyTitle(aare["responding-ap-title"]);
    const { client } = this.#opening;
    this.#opening = { ...this.#opening, server };
    if (client !== undefined && server !== undefined && equalBytes(client, server)) {
      sink.report(D["same-titles"], toHex(server));
    }
  }

  /** The title of general-glo- and general-ded-ciphering; general-ciphering may be a third party's. */
  #checkTitle(frame: ObservedFrame, association: AssociationView, sink: FindingSink): void {
    const { ciphering, direction } = frame;
    if (ciphering === undefined || direction === null) return;
    if (!namesItsSender(ciphering.service)) return;
    const title = ciphering["system-title"];
    const expected =
      direction === "client-to-server"
        ? (this.#opening.client ??
          givenIn(frame.context.association.clientSystemTitle, association.requestFrame))
        : (this.#opening.server ??
          givenIn(frame.context.association.serverSystemTitle, association.responseFrame));
    if (title === undefined || expected === undefined || equalBytes(title, expected)) return;
    const detail = `${toHex(title)}, given ${toHex(expected)}`;
    if (this.#isNews(`${direction} ${detail}`)) sink.report(D["title-of-another"], detail);
  }

  #checkDedicated(
    frame: ObservedFrame,
    answered: AnsweredRequest | undefined,
    sink: FindingSink,
  ): void {
    const { ciphering, direction } = frame;
    if (ciphering === undefined || ciphering.status === "malformed") return;
    // What a meter sends unasked does not belong to the association for certain.
    if (direction !== "client-to-server" && answered === undefined) return;
    const { service } = ciphering;
    const { dedicated } = this.#opening;
    if (dedicated === false && isDedicated(service)) {
      if (this.#isNews("not agreed")) sink.report(D["dedicated-key-not-agreed"], service);
    } else if (dedicated === true && !isDedicated(service) && globalService.test(service)) {
      if (this.#isNews("unused")) sink.report(D["dedicated-key-unused"], service);
    }
  }

  #checkWrite(frame: ObservedFrame, association: AssociationView, sink: FindingSink): void {
    const mechanism = this.#opening.mechanism ?? association.mechanism;
    if (mechanism !== "lowest-level-security") return;
    if (frame.apdu === undefined || !isWrite(frame.apdu.name)) return;
    if (association.state === "rejected" || association.state === "released") return;
    // A ciphered request proves who sends it, whatever the association asked for.
    if (protectionOf(frame) !== "clear") return;
    if (this.#isNews("write")) sink.report(D["write-without-authentication"]);
  }

  /** The context shows the key to the frames after the one that brought it: the finding is its. */
  #checkDedicatedKey(frame: ObservedFrame, suite: number | undefined, sink: FindingSink): void {
    const key = frame.context.association.dedicatedKey;
    if (key === undefined || key === this.#checkedKey) return;
    const { length } = key.value;
    const isKey = length === 16 || length === 32;
    const needed = suite === undefined ? undefined : keyLengthOfSuite(suite);
    // Which of the two lengths is right shows only with the suite.
    if (isKey && needed === undefined) return;
    this.#checkedKey = key;
    if (!isKey || length !== needed) {
      const wanted = needed === undefined ? "" : `, ${needed} in security suite ${suite}`;
      sink.amend(key.frame, D["dedicated-key-length"], `${length} bytes${wanted}`);
    }
    const { association } = frame.context;
    const globals = [
      ...setsOfMeter(frame.context, []).map((set) => set.globalUnicastEncryptionKey),
      ...association.learntKeys.flatMap(({ role, value }) =>
        role === "global-unicast" ? [value] : [],
      ),
    ];
    const isGlobal = globals.some(
      (global) => global !== undefined && equalInConstantTime(global, key.value),
    );
    if (isGlobal) sink.amend(key.frame, D["dedicated-key-is-global"]);
  }

  #isNews(what: string): boolean {
    if (this.#said.has(what)) return false;
    // Titles may be noise: what cannot be bounded otherwise is forgotten.
    if (this.#said.size >= 64) this.#said.clear();
    this.#said.add(what);
    return true;
  }
}

/** The initiate APDUs of ACSE are under the global key even where a dedicated one is agreed. */
const globalService = /^(glo-(?!initiate-)|general-glo-)/;

const isWrite = judgedOnce((name) => /^(set|write|unconfirmed-write)-request/.test(name));

/** Services that bring the title of who has ciphered them. */
const namesItsSender = judgedOnce((service) => /^general-(glo|ded)-/.test(service));

/** A copy: a view would keep the whole piece of the capture in memory that it is of. */
function copyTitle(title: Uint8Array | undefined): Uint8Array | undefined {
  return title?.length === systemTitleLength ? Uint8Array.from(title) : undefined;
}

/** A title that the association has learnt from that very frame. */
function givenIn(
  title: Learnt<Uint8Array> | undefined,
  frame: number | undefined,
): Uint8Array | undefined {
  return title !== undefined && title.frame === frame ? title.value : undefined;
}

function isInitiateRequest(value: object | undefined): value is InitiateRequest {
  return (
    value !== undefined &&
    "name" in value &&
    value.name === "initiate-request" &&
    "proposed-conformance" in value
  );
}
