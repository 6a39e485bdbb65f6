/** When two messages are the same, and when one takes the place of another. */
import { equalBytes } from "../../core/bytes.js";
import type { ObservedFrame } from "../observed-frame.js";
import { type AnswerMessage, hdlcControlOf, type RequestMessage } from "./exchange-message.js";
import { isSameValue } from "./exchange-same.js";
import { isInvokedService, type WaitingRequest } from "./exchange-waiting.js";

/** An answer that was given, kept to know it again. */
export interface GivenAnswer {
  readonly request: WaitingRequest;
  readonly answer: AnswerMessage;
  readonly frame: ObservedFrame;
}

/** Whether the server asks: a notification that the client may confirm. */
export function isOfServer({ message }: WaitingRequest): boolean {
  return message.service === "notification";
}

/** Whether `again` sends the same request once more. */
export function isSameRequest(
  { message, frame }: WaitingRequest,
  again: ObservedFrame,
  { service, name }: RequestMessage,
): boolean {
  if (message.service !== service || message.name !== name) return false;
  return isSameContent(frame, again);
}

/** Whether an answer says again what was answered, or is one more answer to a request sent twice. */
export function isSameAnswer(
  given: GivenAnswer,
  frame: ObservedFrame,
  answer: AnswerMessage,
): boolean {
  if (given.answer.name !== answer.name || answer.service === "any") return false;
  if (isAnswerToRetry(given, answer)) return true;
  return isSameContent(given.frame, frame);
}

/**
 * Whether two frames say the same. The link may number its frames anew; of what was not read, only
 * the bytes can be compared.
 */
export function isSameContent(a: ObservedFrame, b: ObservedFrame): boolean {
  const isRead = a.apdu !== undefined && Object.keys(a.apdu).length > 1;
  return isRead ? isSameValue(a.apdu, b.apdu) : isSameValue(a.bytes, b.bytes);
}

/** Frames of which the link says by itself that they are sent again: they have N(S), or are commands. */
const toldByLink: ReadonlySet<string> = new Set(["I", "SNRM", "DISC"]);

/** Whether the link has sent the same frame once more, to the last bit: that is its own to tell. */
export function isSameLinkFrame(first: ObservedFrame, again: ObservedFrame): boolean {
  const type = hdlcControlOf(again)?.type;
  if (type === undefined || !toldByLink.has(type)) return false;
  return equalBytes(withoutFlags(first), withoutFlags(again));
}

const flag = 0x7e;

/** Frames that follow each other may share a flag. */
function withoutFlags({ bytes, link }: ObservedFrame): Uint8Array {
  const hdlc: { readonly length?: number } | undefined = link["hdlc"];
  let start = 0;
  while (bytes[start] === flag) start++;
  return bytes.subarray(start, start + (hdlc?.length ?? bytes.length));
}

function isAnswerToRetry({ request }: GivenAnswer, { invocation }: AnswerMessage): boolean {
  const { attempts, message } = request;
  return (
    attempts.length > 1 && invocation !== undefined && message.invocation?.id === invocation.id
  );
}

/** Whether `next` uses the invoke-id of a request again, so that no answer can mean the old one. */
export function isReplaced({ message }: WaitingRequest, next: RequestMessage): boolean {
  const isSameSpace =
    message.service === next.service ||
    (isInvokedService(message.service) && isInvokedService(next.service));
  return (
    isSameSpace && message.invocation !== undefined && message.invocation.id === next.invocation?.id
  );
}

/** Half duplex: with the poll bit the client has left the line to the server until it answers. */
export function isHandedOver(frame: ObservedFrame): boolean {
  return hdlcControlOf(frame)?.["poll-final"] === true;
}

/** Whether the link or the association is at its end with this answer. */
export function endsEverything({ message }: WaitingRequest, answer: AnswerMessage): boolean {
  return (
    answer.name === "DM" ||
    message.service === "release" ||
    message.service === "link-disconnection"
  );
}

const beginnings: ReadonlySet<string> = new Set([
  "link-connection",
  "link-disconnection",
  "association",
]);

/** Whether nothing is answered after this request that was asked before it. */
export function beginsAnew({ service }: RequestMessage): boolean {
  return beginnings.has(service);
}
