/** The ACCESS service: many reads, writes and methods in one exchange. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import {
  type AccessRequestSpecification,
  type AccessResponseSpecification,
  decodeAccessRequestSpecification,
  decodeAccessResponseSpecification,
} from "./access-specification.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import { decodePresence, presence } from "./boolean.js";
import { type Data, decodeData } from "./data.js";
import { type DateTimeString, decodeDateTimeString } from "./date-time-string.js";
import { decodeList } from "./list.js";
import { decodeLongInvokeIdAndPriority, type LongInvokeIdAndPriority } from "./long-invoke-id.js";

export interface AccessRequest {
  readonly name: "access-request";
  readonly "long-invoke-id-and-priority": LongInvokeIdAndPriority;
  readonly "date-time": DateTimeString;
  readonly "access-request-body": {
    readonly "access-request-specification": readonly AccessRequestSpecification[];
    readonly "access-request-list-of-data": readonly Data[];
  };
}

export interface AccessResponse {
  readonly name: "access-response";
  readonly "long-invoke-id-and-priority": LongInvokeIdAndPriority;
  readonly "date-time": DateTimeString;
  readonly "access-response-body": {
    readonly "access-request-specification"?: readonly AccessRequestSpecification[];
    readonly "access-response-list-of-data": readonly Data[];
    readonly "access-response-specification": readonly AccessResponseSpecification[];
  };
}

const requestClause = "IEC 62056-5-3, Access-Request";
const responseClause = "IEC 62056-5-3, Access-Response";

const R = defineFields("xdlms.access-request", {
  "": { name: "Access-Request", type: "group", clause: requestClause },
  list: { name: "Access-Request-Specification", type: "group", clause: requestClause },
  listOfData: { name: "Access-Request-List-Of-Data", type: "group", clause: requestClause },
});

const A = defineFields("xdlms.access-response", {
  "": { name: "Access-Response", type: "group", clause: responseClause },
  "request.presence": {
    name: "Access-Request-Specification is",
    values: presence,
    clause: responseClause,
  },
  listOfData: { name: "Access-Response-List-Of-Data", type: "group", clause: responseClause },
  list: { name: "Access-Response-Specification", type: "group", clause: responseClause },
});

export const accessApdus: readonly ApduDefinition[] = [
  { tag: 0xd9, name: "access-request", field: R[""], decode: decodeAccessRequest },
  { tag: 0xda, name: "access-response", field: A[""], decode: decodeAccessResponse },
];

export function decodeAccessRequest(c: Cursor): AccessRequest {
  decodeTag(c);
  return {
    name: "access-request",
    "long-invoke-id-and-priority": decodeLongInvokeIdAndPriority(c),
    "date-time": decodeDateTimeString(c),
    "access-request-body": {
      "access-request-specification": decodeRequestList(c),
      "access-request-list-of-data": decodeList(c, R.listOfData, decodeData),
    },
  };
}

export function decodeAccessResponse(c: Cursor): AccessResponse {
  decodeTag(c);
  const invokeId = decodeLongInvokeIdAndPriority(c);
  const dateTime = decodeDateTimeString(c);
  const request = decodePresence(c, A["request.presence"]) ? decodeRequestList(c) : undefined;
  return {
    name: "access-response",
    "long-invoke-id-and-priority": invokeId,
    "date-time": dateTime,
    "access-response-body": {
      ...(request === undefined ? undefined : { "access-request-specification": request }),
      "access-response-list-of-data": decodeList(c, A.listOfData, decodeData),
      "access-response-specification": decodeList(c, A.list, decodeAccessResponseSpecification),
    },
  };
}

function decodeRequestList(c: Cursor): AccessRequestSpecification[] {
  return decodeList(c, R.list, decodeAccessRequestSpecification);
}
