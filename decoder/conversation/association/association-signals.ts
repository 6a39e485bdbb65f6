/** What kind of step a frame is, as far as an association is concerned. Pure. */
import type { Hdlc } from "../../link/hdlc/hdlc.js";
import { judgedOnce } from "../judged-once.js";
import type { ObservedFrame } from "../observed-frame.js";

/** A command or answer that sets up or ends an HDLC link; undefined for any other frame. */
export type LinkSignal = "SNRM" | "DISC" | "UA" | "DM";

const linkSignals: ReadonlySet<string> = new Set<LinkSignal>(["SNRM", "DISC", "UA", "DM"]);

export function linkSignalOf({ link }: Pick<ObservedFrame, "link">): LinkSignal | undefined {
  const type = (link["hdlc"] as Hdlc | undefined)?.control?.type;
  return type !== undefined && isLinkSignal(type) ? type : undefined;
}

function isLinkSignal(type: string): type is LinkSignal {
  return linkSignals.has(type);
}

/** Whether the frame is a UA with the parameters that only the answer to a SNRM has. */
export function negotiatesLink({ link }: ObservedFrame): boolean {
  return (link["hdlc"] as Hdlc | undefined)?.parameters !== undefined;
}

/**
 * What of a service a frame carries. `failure` is an answer that the service itself was not taken,
 * `notification` is what a server sends by itself, `part` a block of a service that is not known.
 */
export type ServiceRole = "request" | "response" | "failure" | "notification" | "part";

const notifications: ReadonlySet<string> = new Set([
  "event-notification-request",
  "information-report-request",
  "data-notification",
  "data-notification-confirm",
]);
const failures: ReadonlySet<string> = new Set(["exception-response", "confirmed-service-error"]);
/** Opening of an association without ACSE; no service. */
const initiate = /^initiate-(request|response)$/;

/**
 * Undefined for ACSE, for frames without an APDU, and where nothing says who sent it. `isAnswer`: a
 * request is known that the frame answers.
 */
export function serviceRoleOf(frame: ObservedFrame, isAnswer: boolean): ServiceRole | undefined {
  const name = innermostName(frame);
  const role = name === undefined ? "none" : roleOfName(name);
  if (role === "none") return undefined;
  if (role !== "of-either-side") return role;
  if (frame.direction === null) return undefined;
  if (frame.direction === "client-to-server") return "request";
  // What a server sends by itself and nobody can read is probably a push.
  return isAnswer ? "response" : "notification";
}

const roleOfName = judgedOnce((name): ServiceRole | "none" | "of-either-side" => {
  const service = withoutCiphering(name);
  if (notifications.has(service)) return "notification";
  if (failures.has(service)) return "failure";
  if (initiate.test(service)) return "none";
  if (/-request(-|$)/.test(service)) return "request";
  if (/-response(-|$)/.test(service)) return "response";
  if (service === "general-block-transfer") return "part";
  // Both sides send these, and they stayed ciphered.
  return service.startsWith("general-") ? "of-either-side" : "none";
});

/** Whether an APDU that stayed ciphered, or was not read to its end, may be pass 3 or 4. */
export function mayCarryPass(frame: ObservedFrame): boolean {
  const name = innermostName(frame);
  if (name === undefined) return false;
  if (/^general-.*(ciphering|signing)$/.test(name) || passServices.test(name)) return true;
  return passServices.test(`glo-${name}`) && Object.keys(frame.apdu ?? {}).length <= 1;
}

/** Services that carry the method reply_to_HLS_authentication. */
const passServices = /^(glo|ded)-(action|read|write)-/;

function innermostName({ apdu, apdus }: ObservedFrame): string | undefined {
  return apdu?.name ?? apdus[apdus.length - 1]?.name;
}

function withoutCiphering(name: string): string {
  return name.replace(/^(glo|ded)-/, "");
}
