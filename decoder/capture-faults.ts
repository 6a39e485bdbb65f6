/** Faults of the capture file itself. The readers of captures name them; here they are registered. */
import {
  type DiagnosticDefinition,
  type DiagnosticSpecification,
  defineDiagnostics,
} from "./core/diagnostics.js";

function fault(severity: "warning" | "error", message: string, check?: string) {
  const specification: DiagnosticSpecification = { severity, group: "capture", message };
  return check === undefined ? specification : { ...specification, check };
}

const cutOff = "Was the capture still being written, or the copy of it broken off?";

const general = defineDiagnostics("capture", {
  "no-bytes": fault("error", "The text holds no bytes"),
  "read-failed": fault("error", "The file cannot be read on"),
  fault: fault("error", "The capture is damaged"),
});

const definitions: readonly Readonly<Record<string, DiagnosticDefinition>>[] = [
  general,
  defineDiagnostics("gzip", {
    "checksum-mismatch": fault("warning", "The checksum of the gzip file is wrong"),
    damaged: fault("error", "The gzip data are damaged"),
    "trailing-bytes": fault("warning", "Bytes follow that are not gzip"),
    truncated: fault("error", "The gzip file is cut off", cutOff),
  }),
  defineDiagnostics("pcap", {
    "bad-magic": fault("error", "The file has no pcap header"),
    "bad-original-length": fault("warning", "A packet's original length makes no sense"),
    "bad-packet-length": fault("warning", "A packet's length makes no sense"),
    "bad-time": fault("warning", "A packet's time makes no sense"),
    "joined-files": fault("warning", "Another capture begins inside the file"),
    truncated: fault("error", "The capture is cut off", cutOff),
    "unknown-version": fault("warning", "The file format's version is not known"),
  }),
  defineDiagnostics("pcapng", {
    "bad-block-length": fault("warning", "A block's length makes no sense"),
    "bad-byte-order": fault("warning", "A section does not say its byte order"),
    "bad-captured-length": fault("warning", "A packet's length does not fit into its block"),
    "bad-original-length": fault("warning", "A packet's original length makes no sense"),
    "bad-time": fault("warning", "A packet's time makes no sense"),
    "no-section-header": fault("error", "The file has no section header"),
    "too-many-interfaces": fault("warning", "There are more interfaces than are kept"),
    truncated: fault("error", "The capture is cut off", cutOff),
    "unknown-interface": fault("warning", "A packet names an interface that is not described"),
    "unknown-version": fault("warning", "The file format's version is not known"),
  }),
  defineDiagnostics("text", {
    "odd-digits": fault("warning", "A line has half a byte at its end", cutOff),
  }),
];

const byCode = new Map<string, DiagnosticDefinition>(
  definitions
    .flatMap((group) => Object.values(group))
    .map((definition) => [definition.code, definition]),
);

/** The registered fault of that code; one that nobody registered is a damaged capture. */
export function captureFault(code: string): DiagnosticDefinition {
  return byCode.get(code) ?? general.fault;
}
