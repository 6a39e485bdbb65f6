/** What meters send unasked, in one line each. */
import { toHex } from "../core/bytes.js";
import type { DataNotification, DataNotificationConfirm } from "./data-notification.js";
import { summarizeData } from "./data-summary.js";
import type { DateTimeString } from "./date-time-string.js";
import type { EventNotificationRequest } from "./event-notification.js";
import { summarizeAttribute } from "./logical-name-summary.js";

/** `DATA NOTIFICATION 2019-12-16T07:59:40* structure of 27`, and the like. */
export function summarizeNotification(
  apdu: DataNotification | DataNotificationConfirm | EventNotificationRequest,
): string {
  switch (apdu.name) {
    case "data-notification": {
      const data = summarizeData(apdu["notification-body"]["data-value"]);
      return `DATA NOTIFICATION ${summarizeTime(apdu["date-time"])}${data}`;
    }
    case "data-notification-confirm":
      return `DATA NOTIFICATION confirm ${apdu["long-invoke-id-and-priority"]["long-invoke-id"]}`;
    case "event-notification-request": {
      const object = summarizeAttribute(apdu["cosem-attribute-descriptor"]);
      const data = summarizeData(apdu["attribute-value"]);
      return `EVENT NOTIFICATION ${summarizeTime(apdu.time ?? null)}${object}: ${data}`;
    }
  }
}

function summarizeTime(time: DateTimeString): string {
  if (time === null) return "";
  return typeof time === "string" ? `${time} ` : `${toHex(time)} `;
}
