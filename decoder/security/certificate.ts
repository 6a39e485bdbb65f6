/**
 * Public key certificates as DLMS/COSEM uses them: X.509 with a key on P-256 or P-384 (IEC 62056-5-3,
 * X.509 v3 certificate). What is read is whose key it is and what it is for; validity and the
 * issuer's signature are not judged.
 */
import { fromHex, toHex } from "../core/bytes.js";
import { bytesOfBitString, type DerValue, derTags, insideOf, readDer } from "./der.js";
import { curveOfPair, type EllipticCurve } from "./elliptic-curve.js";
import { systemTitleLength } from "./system-title.js";

export interface Certificate {
  /** Common name of the subject, where it is plain text. */
  readonly commonName: string | undefined;
  /**
   * The subject's system title: as hex text in the common name, as hwSerialNum in the subject
   * alternative name, or as the subject's unique identifier.
   */
  readonly systemTitle: Uint8Array | undefined;
  readonly curve: EllipticCurve["name"];
  /** x, then y. */
  readonly publicKey: Uint8Array;
  /** Digital signature and key agreement, as the key usage allows; of a TLS certificate both. */
  readonly uses: readonly ("signing" | "agreement")[];
}

// Object identifiers in hex: RFC 5280, RFC 5480, RFC 4108.
const commonName = "550403";
const keyUsage = "551d0f";
const subjectAlternativeName = "551d11";
const hardwareModuleName = "2b06010505070804";
const ecPublicKey = "2a8648ce3d0201";
const curveNames: Readonly<Record<string, EllipticCurve["name"]>> = {
  "2a8648ce3d030107": "P-256",
  "2b81040022": "P-384",
};

/** Tags of the optional parts: [0] version, [2] subjectUniqueID, [3] extensions. */
const version = 0xa0;
const subjectUniqueId = 0x82;
const extensionsTag = 0xa3;

/**
 * Reads a certificate in DER. Undefined for anything else: other bytes, bytes before or behind it, a
 * key that is not on one of the two curves.
 */
export function readCertificate(bytes: Uint8Array): Certificate | undefined {
  const outer = readDer(bytes);
  const parts = outer?.length === 1 ? insideOf(outer[0], derTags.sequence) : undefined;
  const fields = parts?.length === 3 ? insideOf(parts[0], derTags.sequence) : undefined;
  if (fields === undefined) return undefined;
  // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo
  const [serial, , , , subject, keyInfo, ...optional] =
    fields[0]?.tag === version ? fields.slice(1) : fields;
  const names = insideOf(subject, derTags.sequence);
  const key = readKey(keyInfo);
  const extensions = readExtensions(optional.find(({ tag }) => tag === extensionsTag));
  if (serial?.tag !== derTags.integer) return undefined;
  if (names === undefined || key === undefined || extensions === undefined) return undefined;
  const name = readCommonName(names);
  const identifier = optional.find(({ tag }) => tag === subjectUniqueId)?.content;
  const title =
    titleOfText(name) ??
    titleOfBytes(readHardwareSerial(extensions.get(subjectAlternativeName))) ??
    titleOfBytes(identifier?.[0] === 0 ? identifier.subarray(1) : undefined);
  return {
    commonName: name,
    systemTitle: title,
    ...key,
    uses: readUses(extensions.get(keyUsage)),
  };
}

/** SubjectPublicKeyInfo: the algorithm with its curve, and the point, uncompressed. */
function readKey(value: DerValue | undefined) {
  const [algorithm, point] = insideOf(value, derTags.sequence) ?? [];
  const [type, parameters] = insideOf(algorithm, derTags.sequence) ?? [];
  const bytes = bytesOfBitString(point);
  const curve = curveNames[identifierOf(parameters) ?? ""];
  if (identifierOf(type) !== ecPublicKey || bytes?.[0] !== 0x04) return undefined;
  const publicKey = bytes.subarray(1);
  if (curve === undefined || curveOfPair(publicKey.length)?.name !== curve) return undefined;
  return { curve, publicKey };
}

/** Extensions by their identifiers; none where there are none, undefined where they are malformed. */
function readExtensions(value: DerValue | undefined): ReadonlyMap<string, Uint8Array> | undefined {
  const found = new Map<string, Uint8Array>();
  if (value === undefined) return found;
  const list = insideOf(readDer(value.content)?.[0], derTags.sequence);
  if (list === undefined) return undefined;
  for (const extension of list) {
    // extnID, critical DEFAULT FALSE, extnValue
    const members = insideOf(extension, derTags.sequence);
    const identifier = identifierOf(members?.[0]);
    const content = members?.[members.length - 1];
    if (identifier === undefined || content?.tag !== derTags.octetString) return undefined;
    found.set(identifier, content.content);
  }
  return found;
}

function readCommonName(names: readonly DerValue[]): string | undefined {
  for (const relative of names) {
    for (const attribute of insideOf(relative, derTags.set) ?? []) {
      const [type, value] = insideOf(attribute, derTags.sequence) ?? [];
      if (identifierOf(type) === commonName && value !== undefined) return readText(value.content);
    }
  }
  return undefined;
}

/** Printable ASCII; a name in other letters is no system title, and is not shown. */
function readText(bytes: Uint8Array): string | undefined {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
    ? String.fromCharCode(...bytes)
    : undefined;
}

/** Subject alternative name, otherName of type HardwareModuleName: its hwSerialNum. */
function readHardwareSerial(extension: Uint8Array | undefined): Uint8Array | undefined {
  const names =
    extension === undefined ? undefined : insideOf(readDer(extension)?.[0], derTags.sequence);
  for (const name of names ?? []) {
    const [type, value] = insideOf(name, 0xa0) ?? [];
    if (identifierOf(type) !== hardwareModuleName) continue;
    const [module] = insideOf(value, 0xa0) ?? [];
    const [, serial] = insideOf(module, derTags.sequence) ?? [];
    if (serial?.tag === derTags.octetString) return serial.content;
  }
  return undefined;
}

/** KeyUsage: bit 0 is digitalSignature, bit 4 keyAgreement. */
function readUses(extension: Uint8Array | undefined): Certificate["uses"] {
  const value = extension === undefined ? undefined : readDer(extension)?.[0];
  const bits = value?.tag === derTags.bitString ? (value.content[1] ?? 0) : 0;
  const uses: Certificate["uses"][number][] = [];
  if ((bits & 0x80) !== 0) uses.push("signing");
  if ((bits & 0x08) !== 0) uses.push("agreement");
  return uses;
}

function titleOfText(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : titleOfBytes(fromHex(text));
}

function titleOfBytes(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes?.length === systemTitleLength ? bytes : undefined;
}

function identifierOf(value: DerValue | undefined): string | undefined {
  return value?.tag === derTags.objectIdentifier ? toHex(value.content) : undefined;
}
