import type { AccessRequest, AccessResponse } from "../../xdlms/access.js";
import type { ActionRequest, ActionResponse } from "../../xdlms/action.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { ConfirmedServiceError } from "../../xdlms/confirmed-service-error.js";
import type { DataNotification, DataNotificationConfirm } from "../../xdlms/data-notification.js";
import type { ExceptionResponse } from "../../xdlms/exception-response.js";
import type { GetRequest, GetResponse } from "../../xdlms/get.js";
import type { InvokeIdAndPriority } from "../../xdlms/invoke-id.js";
import type { LongInvokeIdAndPriority } from "../../xdlms/long-invoke-id.js";
import type { ReadRequest, ReadResponse } from "../../xdlms/read.js";
import type { SetRequest, SetResponse } from "../../xdlms/set.js";
import type { WriteRequest, WriteResponse } from "../../xdlms/write.js";
import { isReadToItsEnd } from "../whole-apdu.js";

/** The APDUs that ask for a service or answer one. */
export type ServiceApdu =
  | GetRequest
  | GetResponse
  | SetRequest
  | SetResponse
  | ActionRequest
  | ActionResponse
  | AccessRequest
  | AccessResponse
  | ReadRequest
  | ReadResponse
  | WriteRequest
  | WriteResponse
  | DataNotification
  | DataNotificationConfirm
  | ExceptionResponse
  | ConfirmedServiceError;

/** Names of the APDUs in `ServiceApdu`. */
export const serviceNames: ReadonlySet<string> = new Set<ServiceApdu["name"]>([
  "get-request-normal",
  "get-request-next",
  "get-request-with-list",
  "get-response-normal",
  "get-response-with-datablock",
  "get-response-with-list",
  "set-request-normal",
  "set-request-with-first-datablock",
  "set-request-with-datablock",
  "set-request-with-list",
  "set-request-with-list-and-first-datablock",
  "set-response-normal",
  "set-response-datablock",
  "set-response-last-datablock",
  "set-response-last-datablock-with-list",
  "set-response-with-list",
  "action-request-normal",
  "action-request-next-pblock",
  "action-request-with-list",
  "action-request-with-first-pblock",
  "action-request-with-list-and-first-pblock",
  "action-request-with-pblock",
  "action-response-normal",
  "action-response-with-pblock",
  "action-response-with-list",
  "action-response-next-pblock",
  "access-request",
  "access-response",
  "read-request",
  "read-response",
  "write-request",
  "unconfirmed-write-request",
  "write-response",
  "data-notification",
  "data-notification-confirm",
  "exception-response",
  "confirmed-service-error",
]);

/** The APDU by its exact type; undefined for any other, and for one that was not read to its end. */
export function toServiceApdu(apdu: Apdu | undefined): ServiceApdu | undefined {
  if (apdu === undefined || !serviceNames.has(apdu.name)) return undefined;
  return isReadToItsEnd(apdu) ? (apdu as ServiceApdu) : undefined;
}

/** What Invoke-Id-And-Priority says, short or long. */
export interface Invocation {
  readonly id: number;
  readonly serviceClass: "unconfirmed" | "confirmed";
  readonly priority: "normal" | "high";
}

/** All that the short one can say: they outlive their frames, so each is there once. */
const shortInvocations: readonly Invocation[] = Array.from({ length: 64 }, (_, bits) =>
  Object.freeze({
    id: bits & 15,
    serviceClass: (bits & 16) === 0 ? "unconfirmed" : "confirmed",
    priority: (bits & 32) === 0 ? "normal" : "high",
  }),
);

interface Invoked {
  readonly name: string;
  readonly "invoke-id-and-priority"?: InvokeIdAndPriority;
  readonly "long-invoke-id-and-priority"?: LongInvokeIdAndPriority;
}

/** The invoke-id of an APDU; undefined for services that have none. */
export function invocationOf(apdu: ServiceApdu): Invocation | undefined {
  const { "invoke-id-and-priority": short, "long-invoke-id-and-priority": long }: Invoked = apdu;
  if (short !== undefined) {
    const { "invoke-id": id, "service-class": serviceClass, priority } = short;
    const bits = (serviceClass === "confirmed" ? 16 : 0) | (priority === "high" ? 32 : 0);
    return shortInvocations[id | bits] ?? { id, serviceClass, priority };
  }
  if (long === undefined) return undefined;
  return {
    id: long["long-invoke-id"],
    serviceClass: long["service-class"],
    priority: long.priority,
  };
}
