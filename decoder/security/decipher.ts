import { toHex } from "../core/bytes.js";
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import type { Ciphering } from "./ciphering.js";
import type { ContentKeys } from "./content-key.js";
import { chooseKeys, type KeyPurpose } from "./key-choice.js";
import type { ProtectedContent } from "./protected-content.js";
import { keyLengthOfSuite } from "./security-control.js";
import { systemTitleField } from "./system-title.js";
import { judge, type Verdict } from "./verdict.js";

const clause = "IEC 62056-5-3, Information security in DLMS/COSEM";

const F = defineFields("ciphering", {
  status: { name: "Ciphering status", type: "string", meaning: "What became of the ciphered APDU" },
  service: { name: "Ciphering service", type: "string", meaning: "The APDU that is ciphered" },
  key: { name: "Key", type: "string", meaning: "Key set and role of the key; never the key" },
  compressedData: { name: "Compressed data", type: "bytes", clause },
});

const D = defineDiagnostics("ciphering", {
  "no-key": {
    severity: "warning",
    group: "security",
    message: "The APDU cannot be deciphered: its key is not known",
    check: "Give the meter's keys; a key of another meter gives noise",
  },
  "no-system-title": {
    severity: "warning",
    group: "security",
    message: "The APDU cannot be deciphered: the sender's system title is not known",
    clause,
    check: "Start the capture before the association is opened, or give the titles with the keys",
  },
  "tag-mismatch": {
    severity: "error",
    group: "security",
    message: "The authentication tag does not fit",
    clause,
    check: "A wrong encryption or authentication key, a wrong system title, or damaged bytes",
  },
  "not-authenticated": {
    severity: "note",
    group: "security",
    message: "The APDU could be read, but its authentication tag was not checked",
    clause,
  },
  "in-clear": {
    severity: "note",
    group: "assumption",
    message: "The security control byte says encrypted, and the content is in clear",
    check: "Loggers that decipher may leave the security header before the plaintext",
  },
  "assumed-title": {
    severity: "note",
    group: "assumption",
    message: "The direction is not known, so the system titles of both sides were tried",
  },
  "title-from-keys": {
    severity: "note",
    group: "assumption",
    message: "The system title is that of the key set; the trace has not shown it",
  },
  "other-side-title": {
    severity: "warning",
    group: "assumption",
    message: "The APDU deciphers with the system title of the other side",
    check: "Is the direction of the frame wrong?",
  },
  compressed: {
    severity: "warning",
    group: "undecoded",
    message: "The content is compressed (V.44), and is not decompressed",
    clause,
    check: "Switch the compression off in the meter to read the content",
  },
  unsupported: {
    severity: "warning",
    group: "security",
    message: "The APDU cannot be deciphered",
    check: "Does the sender use a security suite or key information of its own?",
  },
});

/** How a ciphered content came, and what is inside of it. */
export interface CipheredService {
  /** Name of the APDU: `glo-get-response`. */
  readonly name: string;
  readonly key: "global" | "dedicated";
  /** The sender's system title where the APDU (or the one around it) names it. */
  readonly title?: Uint8Array | undefined;
  /** Whether that title has a node of its own already. */
  readonly titleShown?: boolean;
  /** The tag of the APDU inside, where the service implies it. */
  readonly plainTag?: number | undefined;
  /** Forms of what is authenticated besides the security header (general-ciphering). */
  readonly additionalData?: readonly Uint8Array[];
  /** Overrides the key set bit of the security control byte (identified keys). */
  readonly keySet?: "unicast" | "broadcast";
  /** Keys that the APDU brings itself: tried in place of those of the key sets. */
  readonly contentKeys?: ContentKeys | undefined;
  /** Why it cannot be deciphered with keys that are at hand. */
  readonly unsupported?: string | undefined;
}

/**
 * Deciphers a content with the keys of the context, reports the verdict and sets it as the frame's
 * `ciphering`. Returns a cursor over the plaintext, or undefined where there is none to read on.
 * `c` stands behind the content.
 */
export function decipher(
  c: Cursor,
  content: ProtectedContent,
  service: CipheredService,
): Cursor | undefined {
  const control = content.control;
  const suite = control["security-suite"];
  // All members at once: an object that grows is moved again and again.
  const ciphering: Ciphering = {
    status: "unsupported",
    service: service.name,
    "security-suite": suite,
    authenticated: false,
    encrypted: control.encryption,
    compressed: control.compression ? true : undefined,
    "system-title": service.title,
    "invocation-counter": content.invocationCounter,
    reason: undefined,
    plaintext: undefined,
    key: undefined,
  };
  c.dissection.ciphering = ciphering;
  const unsupported = service.unsupported ?? explainSuite(suite);
  if (unsupported !== undefined) {
    ciphering.reason = unsupported;
    c.report(D.unsupported, content.start, content.end, unsupported);
    recordOutcome(c, content, ciphering, service.titleShown);
    return undefined;
  }
  const { context } = c.dissection;
  const choice = chooseKeys(context, {
    kind: keyKind(service, content),
    controlByte: content.controlByte,
    title: service.title,
    contentKeys: service.contentKeys,
  });
  const verdict = judge({
    content,
    choice,
    additionalData: service.additionalData ?? nothingMore,
    plainTag: control.compression ? undefined : service.plainTag,
    primitives: context.primitives,
  });
  ciphering.status = verdict.status;
  ciphering.authenticated = verdict.authenticated;
  if (verdict.status === "not-ciphered") ciphering.encrypted = false;
  ciphering.reason = verdict.reason;
  if (verdict.plaintext !== undefined) ciphering.plaintext = maskKey(verdict.plaintext);
  ciphering.key = verdict.by?.label;
  const title = verdict.by?.title ?? choice.titles[0]?.title;
  if (title !== undefined) ciphering["system-title"] = title;
  reportVerdict(c, content, verdict);
  recordOutcome(c, content, ciphering, service.titleShown);
  return openPlaintext(c, content, verdict, ciphering);
}

const nothingMore: readonly Uint8Array[] = [new Uint8Array(0)];

/** The verdict on a content whose header could not even be read. */
export function setMalformed(c: Cursor, service: string): void {
  c.dissection.ciphering = {
    status: "malformed",
    service,
    "security-suite": 0,
    authenticated: false,
    encrypted: false,
    reason: "the ciphered content is shorter than its header and tag",
  };
}

/**
 * The plaintext without the session key that an initiate-request may bring: its bytes are zeros,
 * because the contract shows no keys.
 */
function maskKey(plaintext: Uint8Array): Uint8Array {
  if (plaintext[0] !== 0x01 || plaintext[1] === 0) return plaintext;
  // Not `slice`: a Buffer's shares its bytes, and these are still to be read.
  const masked = Uint8Array.from(plaintext);
  return masked.fill(0, 3, 3 + (plaintext[2] ?? 0));
}

function keyKind(service: CipheredService, content: ProtectedContent): KeyPurpose["kind"] {
  if (service.key === "dedicated") return "dedicated";
  const keySet = service.keySet ?? content.control["key-set"];
  return keySet === "broadcast" ? "global-broadcast" : "global-unicast";
}

function explainSuite(suite: number): string | undefined {
  return keyLengthOfSuite(suite) === undefined
    ? `security suite ${suite} is not one of the standard (0, 1, 2)`
    : undefined;
}

function reportVerdict(c: Cursor, content: ProtectedContent, verdict: Verdict): void {
  const { start, end } = content;
  const { by, reason, status } = verdict;
  const encrypted = content.control.encryption;
  if (status === "decrypted-not-authenticated")
    c.report(D["not-authenticated"], start, end, reason);
  else if (status === "not-ciphered") {
    if (encrypted) c.report(D["in-clear"], start, end, reason);
  } else if (status !== "decrypted") c.report(D[status], start, end, reason);
  if (by === undefined || (by.standing === "sender" && by.learnt)) return;
  const title = `${toHex(by.title)} is ${by.origin}`;
  if (by.standing === "guess") c.report(D["assumed-title"], start, end, title);
  if (by.standing === "other-side") c.report(D["other-side-title"], start, end, title);
  if (!by.learnt) c.report(D["title-from-keys"], start, end, title);
}

function recordOutcome(
  c: Cursor,
  { start, end }: ProtectedContent,
  outcome: Ciphering,
  titleShown = false,
): void {
  if (!c.recording) return;
  c.generated(F.service, start, end, outcome.service);
  c.generated(F.status, start, end, outcome.status);
  if (outcome.key !== undefined) c.generated(F.key, start, end, outcome.key);
  const title = outcome["system-title"];
  if (title !== undefined && !titleShown) c.generated(systemTitleField, start, end, title);
}

function openPlaintext(
  c: Cursor,
  content: ProtectedContent,
  { plaintext }: Verdict,
  ciphering: Ciphering,
): Cursor | undefined {
  if (plaintext === undefined) return undefined;
  const { source, start } = content;
  const origin = [{ start: 0, end: plaintext.length, source, offset: start }];
  const kind = ciphering.encrypted ? "decrypted" : "content";
  const inner = c.derive(kind, plaintext, origin, ciphering.plaintext);
  if (ciphering.compressed !== true) return inner;
  c.report(D.compressed, start, content.end);
  inner.octets(F.compressedData, inner.remaining);
  return undefined;
}
