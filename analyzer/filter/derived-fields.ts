/** Fields that stand in no byte of a frame: what the analyzer has found out about it. */
import { objectsOf } from "../../decoder/conversation/names/object-names.js";
import type { Frame } from "../../decoder/frame.js";
import {
  businessProcesses,
  type DiagnosticDefinition,
  describeReading,
  listDiagnostics,
  type ObjectNames,
  processOf,
  readingsOf,
} from "../../decoder/index.js";
import { hideSecrets } from "../../decoder/present/hidden-secrets.js";
import { summarizeFrame } from "../../decoder/present/summary.js";
import type { Ciphering } from "../../decoder/security/ciphering.js";
import type { CaptureIndex } from "../capture-index.js";
import type { FrameColumns } from "../frame-columns.js";
import { mayNameObjects } from "./field-layers.js";
import { type FilterField, type FilterType, type FilterValue, leftOpen } from "./filter-field.js";

type Derived = Pick<FilterField, "id" | "type" | "name" | "meaning"> &
  Partial<Pick<FilterField, "words" | "column" | "isPossible" | "frame" | "needsLinks">>;

/** A field with one value at most, which the columns of an index have, and the frame as well. */
function single(
  id: string,
  type: FilterType,
  name: string,
  meaning: string,
  read: (columns: FrameColumns, row: number) => FilterValue | null | undefined,
  frame: (frame: Frame) => FilterValue | null | undefined,
  words?: readonly string[],
): Derived {
  return {
    id,
    type,
    name,
    meaning,
    ...(words === undefined ? {} : { words }),
    column: (index, row) => read(index.columns, row),
    frame: (whole) => one(frame(whole)),
  };
}

function one(value: FilterValue | null | undefined): readonly FilterValue[] {
  return value === null || value === undefined ? [] : [value];
}

/** A field of each diagnostic. */
function ofDiagnostics(
  id: string,
  type: FilterType,
  name: string,
  meaning: string,
  read: (definition: DiagnosticDefinition) => string,
  words: () => readonly string[],
): Derived {
  return {
    id,
    type,
    name,
    meaning,
    get words() {
      return words();
    },
    column: {
      key: ({ columns }, row) => columns.definitions(row),
      values: (list) => (list as readonly DiagnosticDefinition[]).map(read),
    },
    frame: ({ diagnostics }) => diagnostics.map(({ definition }) => read(definition)),
  };
}

/** A field of the innermost ciphering. */
function ofCiphering(
  id: string,
  name: string,
  meaning: string,
  read: (ciphering: Pick<Ciphering, "status" | "service" | "key">) => string | undefined,
  words?: readonly string[],
): Derived {
  return {
    id,
    type: "string",
    name,
    meaning,
    ...(words === undefined ? {} : { words }),
    column: {
      key: ({ columns }, row) => columns.ciphering(row),
      values: (note) => one(read(note as Ciphering)),
    },
    frame: ({ ciphering }) => (ciphering === undefined ? [] : one(read(ciphering))),
  };
}

const severities = ["info", "note", "warning", "error"];

const statuses = [
  "decrypted",
  "decrypted-not-authenticated",
  "no-key",
  "no-system-title",
  "tag-mismatch",
  "counter-replayed",
  "not-ciphered",
  "unsupported",
  "malformed",
];

export const derivedFields: readonly Derived[] = [
  single(
    "frame.number",
    "number",
    "Number",
    "Number of the frame in its capture, from 1",
    (_, row) => row + 1,
    ({ number }) => number,
  ),
  single(
    "frame.time",
    "time",
    "Time",
    "When the frame was captured: 2026-01-02T03:04:05Z, or the time of day where the capture knows no date",
    (columns, row) => columns.time(row),
    ({ time }) => time,
  ),
  single(
    "frame.length",
    "number",
    "Length",
    "Bytes of the link frame",
    (columns, row) => (columns.isRemark(row) ? null : columns.frameLength(row)),
    ({ sources, layers }) => (layers[0] === "capture" ? null : (sources[0]?.bytes.length ?? 0)),
  ),
  {
    id: "frame.layer",
    type: "string",
    name: "Layer",
    meaning: "Each layer of the frame: hdlc, llc, get-request-normal",
    column: {
      key: ({ columns }, row) => columns.layers(row),
      values: (layers) => layers as readonly string[],
    },
    frame: ({ layers }) => layers,
  },
  {
    id: "frame.comment",
    type: "string",
    name: "Comment",
    meaning: "What was written beside the frame, in the capture or by the user",
    column: ({ columns }, row, notes) =>
      notes?.comment(row) ?? (columns.hasComment(row) ? leftOpen : undefined),
    frame: ({ comment, number }, _, notes) => one(notes?.comment(number - 1) ?? comment),
  },
  {
    id: "frame.marked",
    type: "boolean",
    name: "Marked",
    meaning: "Whether the user has marked the frame",
    column: (_, row, notes) => notes?.isMarked(row) ?? false,
    frame: ({ number }, _, notes) => [notes?.isMarked(number - 1) ?? false],
  },
  {
    id: "frame.ignored",
    type: "boolean",
    name: "Ignored",
    meaning: "Whether the user has set the frame aside",
    column: (_, row, notes) => notes?.isIgnored(row) ?? false,
    frame: ({ number }, _, notes) => [notes?.isIgnored(number - 1) ?? false],
  },
  {
    id: "info",
    type: "string",
    name: "Info",
    meaning: "What the frame means, as its line says it",
    needsLinks: true,
    frame: (frame, names) => one(infoOf(frame, names)),
  },
  single(
    "conversation",
    "number",
    "Conversation",
    "Number of the conversation, from 0",
    (columns, row) => columns.conversation(row),
    ({ conversation }) => conversation,
  ),
  single(
    "direction",
    "string",
    "Direction",
    "Who sends to whom",
    (columns, row) => columns.direction(row),
    ({ direction }) => direction,
    ["client-to-server", "server-to-client"],
  ),
  single(
    "client",
    "number",
    "Client",
    "Address of the client",
    (columns, row) => columns.parties(row).client,
    ({ client }) => client,
  ),
  single(
    "server",
    "number",
    "Server",
    "Address of the server; the upper one where there are two",
    (columns, row) => columns.parties(row).server?.upper,
    ({ server }) => server?.upper,
  ),
  single(
    "server.upper",
    "number",
    "Server, upper address",
    "Address of the logical device: the same as server",
    (columns, row) => columns.parties(row).server?.upper,
    ({ server }) => server?.upper,
  ),
  single(
    "server.lower",
    "number",
    "Server, lower address",
    "Lower HDLC address of the server: the physical device",
    (columns, row) => columns.parties(row).server?.lower,
    ({ server }) => server?.lower,
  ),
  {
    id: "xdlms.service",
    type: "string",
    name: "Service",
    meaning: "The innermost APDU that could be read: get-request also fits get-request-normal",
    column: {
      key: ({ columns }, row) => (columns.isApdu(row) ? columns.name(row) : undefined),
      values: (name) => serviceNames(String(name)),
    },
    frame: ({ apdu }) => (apdu === undefined ? [] : serviceNames(apdu.name)),
  },
  {
    id: "cosem.class",
    type: "number",
    name: "Class",
    meaning:
      "Interface class of the objects that a request names, its answer is about, or a push tells of",
    isPossible: mayNameObjects,
    needsLinks: true,
    frame: (frame) =>
      [
        ...answeredObjects(frame).map(({ classId }) => classId),
        ...readingsOf(frame).map(({ classId }) => classId),
      ].filter((id) => id !== undefined),
  },
  {
    id: "cosem.obis",
    type: "code",
    name: "OBIS code",
    meaning:
      "Logical names of the objects that a request names, its answer is about, or a push tells of",
    isPossible: mayNameObjects,
    needsLinks: true,
    frame: (frame) =>
      [
        ...answeredObjects(frame).map(({ logicalName }) => logicalName),
        ...readingsOf(frame).map(({ logicalName }) => logicalName),
      ].filter((name) => name !== undefined),
  },
  {
    id: "cosem.attribute",
    type: "number",
    name: "Attribute",
    meaning: "Attributes that a request names, its answer is about, or a push tells of",
    isPossible: mayNameObjects,
    needsLinks: true,
    frame: (frame) => [
      ...answeredObjects(frame).flatMap(({ kind, id }) => (kind === "attribute" ? one(id) : [])),
      ...readingsOf(frame).map(({ attribute }) => attribute),
    ],
  },
  {
    id: "cosem.value",
    type: "any",
    name: "Value",
    meaning: "Values that the meter tells, scaled where scaler and unit are known",
    isPossible: mayNameObjects,
    needsLinks: true,
    frame: (frame, names) =>
      readingsOf(hideSecrets(frame)).flatMap((reading) =>
        one(describeReading(reading, names).value),
      ),
  },
  {
    id: "cosem.name",
    type: "string",
    name: "Object",
    meaning: "Names of the objects whose values the frame tells, or that it names",
    isPossible: mayNameObjects,
    needsLinks: true,
    frame: (frame, names) => namesOf(frame, names),
  },
  ofCiphering(
    "ciphering.status",
    "Ciphering status",
    "What became of the ciphered APDU",
    ({ status }) => status,
    statuses,
  ),
  ofCiphering(
    "ciphering.service",
    "Ciphering service",
    "The APDU that is ciphered",
    ({ service }) => service,
  ),
  ofCiphering(
    "ciphering.key",
    "Key",
    "Key set and role of the key that opened the APDU; never the key",
    ({ key }) => key,
  ),
  ofDiagnostics(
    "diag.code",
    "string",
    "Diagnostic",
    "Code of each finding",
    ({ code }) => code,
    () => listDiagnostics().map(({ code }) => code),
  ),
  ofDiagnostics(
    "diag.severity",
    "severity",
    "Severity",
    "Severity of each finding: info < note < warning < error",
    ({ severity }) => severity,
    () => severities,
  ),
  ofDiagnostics(
    "diag.group",
    "string",
    "Group",
    "What kind of finding each is",
    ({ group }) => group,
    () => [...new Set(listDiagnostics().map(({ group }) => group))],
  ),
  {
    id: "diag.message",
    type: "string",
    name: "Message",
    meaning: "What each finding says",
    frame: ({ diagnostics }) => diagnostics.map(({ message }) => message),
  },
  single(
    "latency",
    "duration",
    "Latency",
    "Time from the request to this answer: latency > 200ms; a number alone is milliseconds",
    (columns, row) => columns.latency(row),
    ({ answers }) => answers?.latency,
  ),
  single(
    "answers",
    "number",
    "Answers",
    "Number of the frame whose request it answers",
    (columns, row) => columns.answers(row),
    ({ answers }) => answers?.frame,
  ),
  single(
    "answered-by",
    "number",
    "Answered by",
    "Number of the frame that answers it",
    (columns, row) => columns.answeredBy(row),
    ({ answeredBy }) => answeredBy,
  ),
  single(
    "completed-in",
    "number",
    "Completed in",
    "Number of the frame in which the message was read that the frame has a part of",
    (columns, row) => columns.completedIn(row),
    ({ completedIn }) => completedIn,
  ),
  single(
    "association",
    "string",
    "Association",
    "How far the association has come with the frame",
    (columns, row) => columns.association(row),
    ({ association }) => association,
    ["unknown", "requested", "authenticating", "open", "rejected", "released", "aborted"],
  ),
  {
    id: "business-process",
    type: "string",
    name: "Business process",
    meaning: "What the exchange is for, as IEC 62056-1-0, table 1, names it",
    words: businessProcesses,
    column: processOfRow,
    frame: (frame) => one(processOf(frame)),
    needsLinks: true,
  },
];

/** An answer serves what the request does that names its objects. */
function processOfRow({ columns }: CaptureIndex, row: number): string | undefined {
  const namedBy = columns.namedBy(row);
  return columns.process(namedBy === undefined ? row : namedBy - 1);
}

function infoOf(frame: Frame, names: ObjectNames): string {
  if (frame.layers[0] === "capture") return frame.diagnostics[0]?.message ?? frame.comment ?? "";
  return summarizeFrame(frame, names);
}

/** `get-request-normal` is also a `get-request`. */
function serviceNames(name: string): readonly string[] {
  const service = name.replace(
    /-(normal|next|with-list|with-datablock|with-first-datablock|with-list-and-first-datablock|next-pblock|with-pblock|with-list-and-first-pblock|with-first-pblock|last-datablock|last-datablock-with-list|datablock)$/,
    "",
  );
  return service === name ? [name] : [service, name];
}

/** The objects that the request named which the frame answers. */
function answeredObjects({ answers }: Frame) {
  return answers?.objects ?? [];
}

function namesOf(frame: Frame, names: ObjectNames): readonly string[] {
  const own = frame.apdu === undefined ? [] : objectsOf(frame.apdu, frame.known.shortNames);
  const objects = [...own, ...answeredObjects(frame)].flatMap(({ logicalName, classId }) =>
    logicalName === undefined ? [] : [names.find(logicalName, classId).name],
  );
  const told = readingsOf(frame).map(
    ({ logicalName, classId }) => names.find(logicalName, classId).name,
  );
  return [...new Set([...objects, ...told])];
}
