/** Fields that stand in no byte of a frame: what the analyzer has found out about it. */
import { objectsOf } from "../../decoder/conversation/names/object-names.js";
import type { Frame } from "../../decoder/frame.js";
import {
  businessProcesses,
  describeReading,
  listDiagnostics,
  type ObjectNames,
  processOf,
  readingsOf,
} from "../../decoder/index.js";
import { hideSecrets } from "../../decoder/present/hidden-secrets.js";
import { summarizeFrame } from "../../decoder/present/summary.js";
import type { FrameColumns } from "../frame-columns.js";
import type { FilterField, FilterType, FilterValue } from "./filter-field.js";

type Derived = Pick<FilterField, "id" | "type" | "name"> &
  Partial<Pick<FilterField, "meaning" | "words" | "columns" | "frame">>;

/** A field whose values the columns of an index have, and the frame as well. */
function column(
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
    columns: (index, row) => one(read(index.columns, row)),
    frame: (whole) => one(frame(whole)),
  };
}

function one(value: FilterValue | null | undefined): readonly FilterValue[] {
  return value === null || value === undefined ? [] : [value];
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
  {
    id: "frame.number",
    type: "number",
    name: "Number",
    meaning: "Number of the frame in its capture, from 1",
    columns: (_, row) => [row + 1],
    frame: ({ number }) => [number],
  },
  column(
    "frame.time",
    "time",
    "Time",
    "When the frame was captured: 2026-01-02T03:04:05Z, or the time of day where the capture knows no date",
    (columns, row) => columns.time(row),
    ({ time }) => time,
  ),
  column(
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
    frame: ({ layers }) => layers,
  },
  {
    id: "frame.comment",
    type: "string",
    name: "Comment",
    meaning: "What was written beside the frame, in the capture or by the user",
    frame: ({ comment, number }, _, notes) => one(notes?.comment(number - 1) ?? comment),
  },
  {
    id: "frame.marked",
    type: "boolean",
    name: "Marked",
    meaning: "Whether the user has marked the frame",
    columns: (_, row, notes) => [notes?.isMarked(row) ?? false],
    frame: ({ number }, _, notes) => [notes?.isMarked(number - 1) ?? false],
  },
  {
    id: "frame.ignored",
    type: "boolean",
    name: "Ignored",
    meaning: "Whether the user has set the frame aside",
    columns: (_, row, notes) => [notes?.isIgnored(row) ?? false],
    frame: ({ number }, _, notes) => [notes?.isIgnored(number - 1) ?? false],
  },
  {
    id: "info",
    type: "string",
    name: "Info",
    meaning: "What the frame means, as its line says it",
    frame: (frame, names) => one(infoOf(frame, names)),
  },
  column(
    "conversation",
    "number",
    "Conversation",
    "Number of the conversation, from 0",
    (columns, row) => columns.conversation(row),
    ({ conversation }) => conversation,
  ),
  column(
    "direction",
    "string",
    "Direction",
    "Who sends to whom",
    (columns, row) => columns.direction(row),
    ({ direction }) => direction,
    ["client-to-server", "server-to-client"],
  ),
  {
    id: "client",
    type: "number",
    name: "Client",
    meaning: "Address of the client",
    frame: ({ client }) => one(client),
  },
  {
    id: "server",
    type: "number",
    name: "Server",
    meaning: "Address of the server; the upper one where there are two",
    frame: ({ server }) => one(server?.upper),
  },
  {
    id: "server.lower",
    type: "number",
    name: "Server, lower address",
    meaning: "Lower HDLC address of the server: the physical device",
    frame: ({ server }) => one(server?.lower),
  },
  {
    id: "xdlms.service",
    type: "string",
    name: "Service",
    meaning: "The innermost APDU that could be read: get-request also fits get-request-normal",
    columns: (index, row) =>
      index.columns.isApdu(row) ? serviceNames(index.columns.name(row)) : [],
    frame: ({ apdu }) => (apdu === undefined ? [] : serviceNames(apdu.name)),
  },
  {
    id: "cosem.class",
    type: "number",
    name: "Class",
    meaning:
      "Interface class of the objects that a request names, its answer is about, or a push tells of",
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
    frame: (frame, names) => namesOf(frame, names),
  },
  column(
    "ciphering.status",
    "string",
    "Ciphering status",
    "What became of the ciphered APDU",
    (columns, row) => columns.ciphering(row)?.status,
    ({ ciphering }) => ciphering?.status,
    statuses,
  ),
  column(
    "ciphering.service",
    "string",
    "Ciphering service",
    "The APDU that is ciphered",
    (columns, row) => columns.ciphering(row)?.service,
    ({ ciphering }) => ciphering?.service,
  ),
  column(
    "ciphering.key",
    "string",
    "Key",
    "Key set and role of the key that opened the APDU; never the key",
    (columns, row) => columns.ciphering(row)?.key,
    ({ ciphering }) => ciphering?.key,
  ),
  {
    id: "diag.code",
    type: "string",
    name: "Diagnostic",
    meaning: "Code of each finding",
    get words() {
      return listDiagnostics().map(({ code }) => code);
    },
    columns: (index, row) => index.columns.definitions(row).map(({ code }) => code),
    frame: ({ diagnostics }) => diagnostics.map(({ definition }) => definition.code),
  },
  {
    id: "diag.severity",
    type: "severity",
    name: "Severity",
    meaning: "Severity of each finding: info < note < warning < error",
    words: severities,
    columns: (index, row) => index.columns.definitions(row).map(({ severity }) => severity),
    frame: ({ diagnostics }) => diagnostics.map(({ definition }) => definition.severity),
  },
  {
    id: "diag.group",
    type: "string",
    name: "Group",
    meaning: "What kind of finding each is",
    get words() {
      return [...new Set(listDiagnostics().map(({ group }) => group))];
    },
    columns: (index, row) => index.columns.definitions(row).map(({ group }) => group),
    frame: ({ diagnostics }) => diagnostics.map(({ definition }) => definition.group),
  },
  {
    id: "diag.message",
    type: "string",
    name: "Message",
    meaning: "What each finding says",
    frame: ({ diagnostics }) => diagnostics.map(({ message }) => message),
  },
  column(
    "latency",
    "duration",
    "Latency",
    "Time from the request to this answer: latency > 200ms; a number alone is milliseconds",
    (columns, row) => columns.latency(row),
    ({ answers }) => answers?.latency,
  ),
  column(
    "answers",
    "number",
    "Answers",
    "Number of the frame whose request it answers",
    (columns, row) => columns.links(row).answers,
    ({ answers }) => answers?.frame,
  ),
  column(
    "answered-by",
    "number",
    "Answered by",
    "Number of the frame that answers it",
    (columns, row) => columns.links(row).answeredBy,
    ({ answeredBy }) => answeredBy,
  ),
  column(
    "completed-in",
    "number",
    "Completed in",
    "Number of the frame in which the message was read that the frame has a part of",
    (columns, row) => columns.links(row).completedIn,
    ({ completedIn }) => completedIn,
  ),
  column(
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
    frame: (frame) => one(processOf(frame)),
  },
];

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
