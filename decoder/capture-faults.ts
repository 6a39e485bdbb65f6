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
  "no-bytes": fault(
    "error",
    "The text holds no bytes",
    "Is it the right file? Bytes are expected in hex",
  ),
  "read-failed": fault(
    "error",
    "The file cannot be read on",
    "Is the disk or the network drive still there?",
  ),
  fault: fault(
    "error",
    "The capture is damaged",
    "Write the capture again, or repair the file with the program that wrote it",
  ),
});

const definitions: readonly Readonly<Record<string, DiagnosticDefinition>>[] = [
  general,
  defineDiagnostics("gzip", {
    "checksum-mismatch": fault(
      "warning",
      "The checksum of the gzip file is wrong",
      "Was the file damaged while it was copied?",
    ),
    damaged: fault(
      "error",
      "The gzip data are damaged",
      "Was the file damaged while it was copied?",
    ),
    "trailing-bytes": fault(
      "warning",
      "Bytes follow that are not gzip",
      "Was something appended to the file, or another file joined to it?",
    ),
    truncated: fault("error", "The gzip file is cut off", cutOff),
  }),
  defineDiagnostics("pcap", {
    "bad-magic": fault(
      "error",
      "The file has no pcap header",
      "Is it a pcap file? Its first bytes may be lost",
    ),
    "bad-original-length": fault(
      "warning",
      "A packet's original length makes no sense",
      "Which program wrote the file? Its lengths are not to be relied on",
    ),
    "bad-packet-length": fault(
      "warning",
      "A packet's length makes no sense",
      "Write the capture again, or repair the file with the program that wrote it",
    ),
    "bad-time": fault(
      "warning",
      "A packet's time makes no sense",
      "Which program wrote the file, and was its clock set?",
    ),
    "joined-files": fault(
      "warning",
      "Another capture begins inside the file",
      "Were files joined by copying? Join them with a program for captures",
    ),
    truncated: fault("error", "The capture is cut off", cutOff),
    "unknown-version": fault(
      "warning",
      "The file format's version is not known",
      "Which program wrote the file, and is it newer than this one?",
    ),
  }),
  defineDiagnostics("pcapng", {
    "bad-block-length": fault(
      "warning",
      "A block's length makes no sense",
      "Write the capture again, or repair the file with the program that wrote it",
    ),
    "bad-byte-order": fault(
      "warning",
      "A section does not say its byte order",
      "Write the capture again, or repair the file with the program that wrote it",
    ),
    "bad-captured-length": fault(
      "warning",
      "A packet's length does not fit into its block",
      "Write the capture again, or repair the file with the program that wrote it",
    ),
    "bad-original-length": fault(
      "warning",
      "A packet's original length makes no sense",
      "Which program wrote the file? Its lengths are not to be relied on",
    ),
    "bad-time": fault(
      "warning",
      "A packet's time makes no sense",
      "Which program wrote the file, and was its clock set?",
    ),
    "no-section-header": fault(
      "error",
      "The file has no section header",
      "Is it a pcapng file? Its first bytes may be lost",
    ),
    "too-many-interfaces": fault(
      "warning",
      "There are more interfaces than are kept",
      "Split the file",
    ),
    truncated: fault("error", "The capture is cut off", cutOff),
    "unknown-interface": fault(
      "warning",
      "A packet names an interface that is not described",
      "Write the capture again, or repair the file with the program that wrote it",
    ),
    "unknown-version": fault(
      "warning",
      "The file format's version is not known",
      "Which program wrote the file, and is it newer than this one?",
    ),
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
