/**
 * Certificates that the trace shows: in the AE qualifiers of AARQ and AARE, and in the methods
 * import_certificate and export_certificate of class 64, Security setup. Their public keys check
 * signatures and open key agreements later on; who issued them is not judged.
 */
import type { AssociationResponse } from "../../acse/aare.js";
import type { AssociationRequest } from "../../acse/aarq.js";
import { equalBytes, toHex } from "../../core/bytes.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { type Certificate, readCertificate } from "../../security/certificate.js";
import { systemTitleLength } from "../../security/system-title.js";
import type { Data } from "../../xdlms/data.js";
import type { AnsweredRequest } from "../answered-request.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import type { MeterMemory } from "./meter-memory.js";
import { invocationsIn, mayCarryMethods, outcomesIn } from "./method-invocations.js";

const D = defineDiagnostics("security", {
  "certificate-learnt": {
    severity: "info",
    group: "security",
    message: "The certificate shows a public key, which is used from here on",
    check: "The certificate itself is not verified; compare it with the one that was issued",
  },
  "certificate-unreadable": {
    severity: "note",
    group: "undecoded",
    message: "The certificate cannot be read: it is no X.509 certificate of P-256 or P-384",
    check: "Is it complete, and in DER?",
  },
  "certificate-without-title": {
    severity: "note",
    group: "security",
    message: "The certificate does not name the system title that its key belongs to",
    clause: "IEC 62056-5-3, X.509 v3 certificate",
    check: "The common name of the subject should be the system title in hex",
  },
  "certificate-of-another": {
    severity: "warning",
    group: "security",
    message: "The certificate is that of another system title than its sender's",
    check: "Compare the AP title with the subject of the certificate",
  },
});

const securitySetup = 64;
const importMethod = 6;
const exportMethod = 7;
/** A certificate is a SEQUENCE of DER; an AE qualifier may be anything else as well. */
const sequence = 0x30;

/** Learns the certificates of a frame into the memory of its meter. */
export function learnCertificates(
  frame: ObservedFrame,
  answered: AnsweredRequest | undefined,
  memory: MeterMemory,
  sink: FindingSink,
): void {
  const { apdu } = frame;
  if (apdu?.name === "aarq") {
    const aarq = apdu as AssociationRequest;
    learn(aarq["calling-ae-qualifier"], aarq["calling-ap-title"], frame, memory, sink);
  } else if (apdu?.name === "aare") {
    const aare = apdu as AssociationResponse;
    learn(aare["responding-ae-qualifier"], aare["responding-ap-title"], frame, memory, sink);
  } else if (mayCarryMethods(apdu)) {
    for (const bytes of certificatesIn(frame, answered)) {
      learn(bytes, undefined, frame, memory, sink);
    }
  }
}

/** What a request imports, and what an answer exports. */
function certificatesIn(
  { apdu }: ObservedFrame,
  answered: AnsweredRequest | undefined,
): readonly Uint8Array[] {
  const imported = invocationsIn(apdu).flatMap(({ classId, methodId, parameters }) =>
    classId === securitySetup && methodId === importMethod ? octetsOf(parameters) : [],
  );
  if (answered === undefined) return imported;
  const outcomes = outcomesIn(apdu);
  const exported = invocationsIn(answered.apdu, answered.objects).flatMap(
    ({ classId, methodId }, index) =>
      classId === securitySetup && methodId === exportMethod ? octetsOf(outcomes[index]?.data) : [],
  );
  return [...imported, ...exported];
}

function octetsOf(data: Data | undefined): readonly Uint8Array[] {
  return data?.type === "octet-string" ? [data.value] : [];
}

/** `sender` is the title of the association's side that the certificate stands for. */
function learn(
  bytes: Uint8Array | undefined,
  sender: Uint8Array | undefined,
  frame: ObservedFrame,
  memory: MeterMemory,
  sink: FindingSink,
): void {
  if (bytes?.[0] !== sequence) return;
  const certificate = readCertificate(bytes);
  if (certificate === undefined) {
    sink.report(D["certificate-unreadable"], `${bytes.length} bytes`);
    return;
  }
  const given = sender?.length === systemTitleLength ? sender : undefined;
  const { systemTitle: named } = certificate;
  if (named !== undefined && given !== undefined && !equalBytes(named, given)) {
    sink.report(D["certificate-of-another"], `${toHex(named)}, the sender is ${toHex(given)}`);
  }
  const title = named ?? given;
  if (title === undefined) sink.report(D["certificate-without-title"]);
  else keep(certificate, title, frame.number, memory, sink);
}

function keep(
  { uses, publicKey, curve }: Certificate,
  systemTitle: Uint8Array,
  frame: number,
  memory: MeterMemory,
  sink: FindingSink,
): void {
  const before = memory.certificates;
  for (const use of uses) {
    memory.learnCertificate({ use, systemTitle, value: publicKey, frame });
  }
  if (memory.certificates !== before) {
    sink.report(D["certificate-learnt"], `${toHex(systemTitle)}, ${curve}, ${uses.join(" and ")}`);
  }
}
