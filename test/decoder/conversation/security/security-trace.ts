/** A conversation for the security rules: real APDUs go in, frame by frame; findings come out. */

import type { AssociationResponse } from "../../../../decoder/acse/aare.js";
import type { AssociationRequest } from "../../../../decoder/acse/aarq.js";
import type { Direction } from "../../../../decoder/chunk.js";
import type { AnsweredRequest } from "../../../../decoder/conversation/answered-request.js";
import type { AssociationView } from "../../../../decoder/conversation/association/association-view.js";
import { objectsOf } from "../../../../decoder/conversation/names/object-names.js";
import type {
  FindingSink,
  ObservedFrame,
} from "../../../../decoder/conversation/observed-frame.js";
import { MeterMemories } from "../../../../decoder/conversation/security/meter-memory.js";
import { SecurityRules } from "../../../../decoder/conversation/security/security-rules.js";
import { type AssociationState, noAssociation } from "../../../../decoder/core/context.js";
import { NullRecorder } from "../../../../decoder/core/recorder.js";
import { dissect } from "../../../../decoder/dissect.js";
import type { LinkFrame } from "../../../../decoder/link/link-frame.js";
import type { KeySet } from "../../../../decoder/security/key-set.js";
import { noblePrimitives } from "../../../../decoder/security/noble-primitives.js";
import { createContext, toBytes } from "../../dissect-bytes.js";
import { general, greenBook, type Protection, specific } from "../../security/cipher-builder.js";

export interface SeenFinding {
  readonly frame: number;
  readonly code: string;
  readonly detail: string | undefined;
}

/** What a test may say of a frame beyond its bytes. */
export interface FrameChoices {
  readonly damaged?: boolean;
  /** The frame answers nothing, though a request came before it. */
  readonly unasked?: boolean;
  /** The bytes around the APDU, where they matter; default the APDU alone. */
  readonly frameBytes?: Uint8Array;
  readonly view?: Partial<AssociationView>;
  /** Changes of the observed frame. */
  readonly frame?: Partial<ObservedFrame>;
}

/** Nothing was seen of the association's opening. */
export const unknownAssociation: AssociationView = {
  state: "unknown",
  ciphered: undefined,
  mechanism: undefined,
  conformance: undefined,
  clientMaxReceivePduSize: undefined,
  serverMaxReceivePduSize: undefined,
  requestFrame: undefined,
  responseFrame: undefined,
};

/**
 * One conversation. It knows both titles of the Green Book from the start; AARQ and AARE replace
 * them. A server's frame answers the client's frame before it.
 */
export class SecurityTrace {
  readonly rules: SecurityRules;
  readonly findings: SeenFinding[] = [];
  association: AssociationState = {
    ...noAssociation,
    clientSystemTitle: { value: greenBook.clientTitle, frame: 0 },
    serverSystemTitle: { value: greenBook.serverTitle, frame: 0 },
  };
  view = unknownAssociation;
  outcome: ReturnType<SecurityRules["observe"]> | undefined;
  #number: number;
  #request: ObservedFrame | undefined;

  constructor(
    readonly keySets: readonly KeySet[] = [greenBookKeys],
    memories = new MeterMemories(),
    firstFrame = 1,
  ) {
    this.rules = new SecurityRules(memories);
    this.#number = firstFrame - 1;
  }

  client(apdu: Uint8Array | string, choices: FrameChoices = {}) {
    return this.#push("client-to-server", apdu, choices);
  }

  server(apdu: Uint8Array | string, choices: FrameChoices = {}) {
    return this.#push("server-to-client", apdu, choices);
  }

  /** Every code that was reported, in order. */
  get codes(): string[] {
    return this.findings.map(({ code }) => code);
  }

  /** The codes that were reported of one frame. */
  codesOf(frame: number): string[] {
    return this.findings.filter((finding) => finding.frame === frame).map(({ code }) => code);
  }

  #push(direction: Direction, input: Uint8Array | string, choices: FrameChoices) {
    this.#number += 1;
    const number = this.#number;
    const bytes = toBytes(input);
    const context = createContext({
      number,
      direction,
      association: this.association,
      pending: new Map(),
      findings: [],
      replayed: false,
      keySets: this.keySets,
      primitives: noblePrimitives,
    });
    const dissection = dissect(asLinkFrame(bytes), context, new NullRecorder());
    const frame: ObservedFrame = {
      number,
      time: null,
      framing: "apdu",
      direction,
      bytes: choices.frameBytes ?? bytes,
      damaged: choices.damaged ?? false,
      link: {},
      apdus: dissection.apdus.map(({ name, start, end }) => ({ name, length: end - start })),
      apdu: dissection.apdu,
      ciphering: dissection.ciphering,
      context,
      ...choices.frame,
    };
    const answers = direction === "server-to-client" && choices.unasked !== true;
    const request = answers ? this.#request : undefined;
    if (direction === "client-to-server") this.#request = frame;
    const view = { ...this.view, ...choices.view };
    this.outcome = this.rules.observe(frame, asAnswered(request), view, this.#sink(number));
    this.#learn(frame, dissection.dedicatedKey);
    return this.outcome;
  }

  #sink(number: number): FindingSink {
    return {
      report: ({ code }, detail) => this.findings.push({ frame: number, code, detail }),
      amend: (frame, { code }, detail) => this.findings.push({ frame, code, detail }),
    };
  }

  #learn({ apdu, number: frame }: ObservedFrame, dedicatedKey: Uint8Array | undefined): void {
    const { learntKeys = [], certificates = [] } = this.outcome ?? {};
    this.association = { ...this.association, learntKeys, certificates };
    if (dedicatedKey !== undefined) {
      this.association = { ...this.association, dedicatedKey: { value: dedicatedKey, frame } };
    }
    if (apdu?.name === "aarq") {
      const aarq = apdu as AssociationRequest;
      const ciphered = aarq["application-context-name"]?.endsWith("-with-ciphering");
      const title = aarq["calling-ap-title"];
      this.view = { ...this.view, state: "requested", ciphered, requestFrame: frame };
      if (title !== undefined) this.#learnTitle({ clientSystemTitle: { value: title, frame } });
    } else if (apdu?.name === "aare") {
      const title = (apdu as AssociationResponse)["responding-ap-title"];
      this.view = { ...this.view, state: "open", responseFrame: frame };
      if (title !== undefined) this.#learnTitle({ serverSystemTitle: { value: title, frame } });
    }
  }

  #learnTitle(titles: Partial<AssociationState>): void {
    this.association = { ...this.association, ...titles };
  }
}

/** The Green Book's keys; the set is for any meter. */
export const greenBookKeys: KeySet = {
  name: "meter 1",
  globalUnicastEncryptionKey: greenBook.encryptionKey,
  authenticationKey: greenBook.authenticationKey,
};

/** Authenticated and encrypted in suite 0 with the Green Book's keys, by client or server. */
export function by(
  side: "client" | "server",
  counter: number,
  changes: Partial<Protection> = {},
): Protection {
  return {
    control: 0x30,
    key: greenBook.encryptionKey,
    authenticationKey: greenBook.authenticationKey,
    title: side === "client" ? greenBook.clientTitle : greenBook.serverTitle,
    counter,
    ...changes,
  };
}

/** get-request-normal: class 3, 1-0:1.8.0*255, attribute 2. */
export const getRequest = toBytes("c001c1000301000108 00ff0200");
/** The same for attribute 3. */
export const getScaler = toBytes("c001c1000301000108 00ff0300");
/** get-response-normal: a double-long-unsigned. */
export const getResponse = toBytes("c401c100 0600001234");
export const setRequest = toBytes("c101c1 0008 0000010000ff 02 00 1105");
export const setResponse = toBytes("c501c100");

export const gloGetRequest = (counter: number, changes: Partial<Protection> = {}) =>
  specific(0xc8, getRequest, by("client", counter, changes));
export const gloGetResponse = (counter: number, changes: Partial<Protection> = {}) =>
  specific(0xcc, getResponse, by("server", counter, changes));
export const generalGetRequest = (counter: number, changes: Partial<Protection> = {}) =>
  general(0xdb, getRequest, by("client", counter, changes));

/** Contexts: logical names without ciphering (1) and with it (3). */
const contexts = { plain: "01", ciphered: "03" } as const;
const mechanisms = { lowest: undefined, low: "01", gmac: "05" } as const;

export interface AssociateChoices {
  readonly context?: keyof typeof contexts;
  readonly mechanism?: keyof typeof mechanisms;
  /** System title of 8 bytes. */
  readonly title?: Uint8Array;
  readonly qualifier?: Uint8Array;
  /** Default an initiate-request or initiate-response in clear. */
  readonly initiate?: Uint8Array;
}

/** Initiate-request in clear, without a dedicated key (DLMS UA Green Book, examples of AARQ). */
export const initiateRequest = toBytes("01000000065f1f0400007e1f04b0");

/** The same with that dedicated key. */
export function initiateWithKey(key: Uint8Array): Uint8Array {
  return Uint8Array.of(0x01, 0x01, key.length, ...key, ...toBytes("0000065f1f0400007e1f04b0"));
}

const initiateResponse = toBytes("0800065f1f040000501f01f40007");

/** An AARQ (BER, ITU-T X.227): context, title, qualifier, mechanism, value, user-information. */
export function aarq(choices: AssociateChoices = {}): Uint8Array {
  const { context = "ciphered", mechanism = "gmac", title, qualifier } = choices;
  const code = mechanisms[mechanism];
  return element(0x60, [
    toBytes(`a109060760857405080 1${contexts[context]}`),
    ...(title === undefined ? [] : [element(0xa6, [element(0x04, [title])])]),
    ...(qualifier === undefined ? [] : [element(0xa7, [element(0x04, [qualifier])])]),
    ...(code === undefined
      ? []
      : [toBytes(`8a020780 8b07608574050802${code} ac0a80083132333435363738`)]),
    element(0xbe, [element(0x04, [choices.initiate ?? initiateRequest])]),
  ]);
}

/** An AARE that accepts. */
export function aare(choices: AssociateChoices = {}): Uint8Array {
  const { context = "ciphered", title, qualifier } = choices;
  return element(0x61, [
    toBytes(`a1090607608574050801${contexts[context]} a203020100 a305a103020100`),
    ...(title === undefined ? [] : [element(0xa4, [element(0x04, [title])])]),
    ...(qualifier === undefined ? [] : [element(0xa5, [element(0x04, [qualifier])])]),
    element(0xbe, [element(0x04, [choices.initiate ?? initiateResponse])]),
  ]);
}

function element(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  const content = parts.flatMap((part) => [...part]);
  const { length } = content;
  const header =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.of(tag, ...header, ...content);
}

function asAnswered(request: ObservedFrame | undefined): AnsweredRequest | undefined {
  if (request === undefined) return undefined;
  const { number, apdu } = request;
  return {
    frame: number,
    name: apdu?.name ?? "",
    latency: undefined,
    apdu,
    objects: apdu === undefined ? [] : objectsOf(apdu, []),
    namedBy: number,
    naming: apdu,
  };
}

function asLinkFrame(bytes: Uint8Array): LinkFrame {
  return {
    framing: "apdu",
    bytes,
    time: null,
    interface: 0,
    mark: null,
    carriers: [],
    pieces: [],
    flow: "",
    fromFirst: null,
    notices: [],
  };
}
