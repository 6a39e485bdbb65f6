/** InformationReportRequest: what a server with short names sends unasked. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import { decodePresence, presence } from "./boolean.js";
import { type Data, decodeData } from "./data.js";
import { decodeLength } from "./length.js";
import { decodeList } from "./list.js";
import { decodeVariableAccess, type VariableAccess } from "./variable-access.js";

export interface InformationReportRequest {
  readonly name: "information-report-request";
  /** GeneralizedTime of ASN.1, as it was sent: `20240131235959Z`. */
  readonly "current-time"?: string;
  readonly "variable-access-specification": readonly VariableAccess[];
  readonly "list-of-data": readonly Data[];
}

const clause = "IEC 62056-5-3, InformationReportRequest";

const F = defineFields("xdlms.information-report-request", {
  "": { name: "InformationReportRequest", type: "group", clause },
  "currentTime.presence": { name: "Current-Time is", values: presence, clause },
  "currentTime.length": { name: "Length of Current-Time", clause },
  currentTime: { name: "Current-Time", type: "string", clause },
  list: { name: "List of variables", type: "group", clause },
  listOfData: { name: "List-Of-Data", type: "group", clause },
});

export const informationReportApdus: readonly ApduDefinition[] = [
  {
    tag: 0x18,
    name: "information-report-request",
    field: F[""],
    decode: decodeInformationReportRequest,
  },
];

export function decodeInformationReportRequest(c: Cursor): InformationReportRequest {
  decodeTag(c);
  const time = decodePresence(c, F["currentTime.presence"]) ? decodeCurrentTime(c) : undefined;
  return {
    name: "information-report-request",
    ...(time === undefined ? undefined : { "current-time": time }),
    "variable-access-specification": decodeList(c, F.list, decodeVariableAccess),
    "list-of-data": decodeList(c, F.listOfData, decodeData),
  };
}

function decodeCurrentTime(c: Cursor): string {
  return c.characters(F.currentTime, decodeLength(c, F["currentTime.length"]));
}
