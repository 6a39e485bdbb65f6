/** EventNotificationRequest: what a server with logical names sends unasked. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import { type AttributeDescriptor, decodeAttributeDescriptor } from "./attribute-descriptor.js";
import { decodePresence, presence } from "./boolean.js";
import { type Data, decodeData } from "./data.js";
import { type DateTimeString, decodeDateTimeString } from "./date-time-string.js";

export interface EventNotificationRequest {
  readonly name: "event-notification-request";
  readonly time?: DateTimeString;
  readonly "cosem-attribute-descriptor": AttributeDescriptor;
  readonly "attribute-value": Data;
}

const clause = "IEC 62056-5-3, EventNotificationRequest";

const F = defineFields("xdlms.event-notification-request", {
  "": { name: "EventNotificationRequest", type: "group", clause },
  "time.presence": { name: "Time is", values: presence, clause },
});

export const eventNotificationApdus: readonly ApduDefinition[] = [
  {
    tag: 0xc2,
    name: "event-notification-request",
    field: F[""],
    decode: decodeEventNotificationRequest,
  },
];

export function decodeEventNotificationRequest(c: Cursor): EventNotificationRequest {
  decodeTag(c);
  const timed = decodePresence(c, F["time.presence"]) ? { time: decodeDateTimeString(c) } : {};
  return {
    name: "event-notification-request",
    ...timed,
    "cosem-attribute-descriptor": decodeAttributeDescriptor(c),
    "attribute-value": decodeData(c),
  };
}
