/** The push of a meter, Data-Notification, and its confirmation. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import { type Data, decodeData } from "./data.js";
import { type DateTimeString, decodeDateTimeString } from "./date-time-string.js";
import { decodeLongInvokeIdAndPriority, type LongInvokeIdAndPriority } from "./long-invoke-id.js";

export interface DataNotification {
  readonly name: "data-notification";
  readonly "long-invoke-id-and-priority": LongInvokeIdAndPriority;
  readonly "date-time": DateTimeString;
  readonly "notification-body": { readonly "data-value": Data };
}

export interface DataNotificationConfirm {
  readonly name: "data-notification-confirm";
  readonly "long-invoke-id-and-priority": LongInvokeIdAndPriority;
  readonly "date-time": DateTimeString;
}

const clause = "IEC 62056-5-3, Data-Notification";
const confirmClause = "IEC 62056-5-3, Data-Notification-Confirm";

const F = defineFields("xdlms.data-notification", {
  "": { name: "Data-Notification", type: "group", clause },
  body: { name: "Notification-Body", type: "group", clause },
});

const C = defineFields("xdlms.data-notification-confirm", {
  "": { name: "Data-Notification-Confirm", type: "group", clause: confirmClause },
});

export const dataNotificationApdus: readonly ApduDefinition[] = [
  { tag: 0x0f, name: "data-notification", field: F[""], decode: decodeDataNotification },
  {
    tag: 0x10,
    name: "data-notification-confirm",
    field: C[""],
    decode: decodeDataNotificationConfirm,
  },
];

export function decodeDataNotification(c: Cursor): DataNotification {
  decodeTag(c);
  const invokeId = decodeLongInvokeIdAndPriority(c);
  const dateTime = decodeDateTimeString(c);
  c.open(F.body);
  const data = decodeData(c);
  c.close();
  return {
    name: "data-notification",
    "long-invoke-id-and-priority": invokeId,
    "date-time": dateTime,
    "notification-body": { "data-value": data },
  };
}

export function decodeDataNotificationConfirm(c: Cursor): DataNotificationConfirm {
  decodeTag(c);
  return {
    name: "data-notification-confirm",
    "long-invoke-id-and-priority": decodeLongInvokeIdAndPriority(c),
    "date-time": decodeDateTimeString(c),
  };
}
