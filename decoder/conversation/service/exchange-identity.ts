/** When two messages are the same, and when one takes the place of another. */
import type { HdlcControl } from "../../link/hdlc/control.js";
import type { AnswerMessage, RequestMessage } from "./exchange-message.js";
import { isInvokedService, type WaitingRequest } from "./exchange-waiting.js";

/** Whether the server asks: a notification that the client may confirm. */
export function isOfServer({ service }: WaitingRequest): boolean {
  return service === "notification";
}

/** Whether `again`, with that print, is the same request once more. */
export function isSameRequest(
  request: WaitingRequest,
  again: RequestMessage,
  print: number,
): boolean {
  return (
    request.print === print && request.service === again.service && request.name === again.name
  );
}

/** What is kept of a message, to know its frame again. */
interface SentFrame {
  readonly control: HdlcControl | undefined;
  readonly print: number;
}

/** Frames of which the link says by itself that they are sent again: they have N(S), or are commands. */
const toldByLink: ReadonlySet<string> = new Set(["I", "SNRM", "DISC"]);

/** Whether the link has sent the same frame once more: that is its own to tell. */
export function isSameLinkFrame(first: SentFrame, again: SentFrame): boolean {
  const { control: a } = first;
  const { control: b } = again;
  if (a === undefined || b === undefined || !toldByLink.has(b.type)) return false;
  return (
    first.print === again.print &&
    a.type === b.type &&
    a["poll-final"] === b["poll-final"] &&
    a["send-sequence"] === b["send-sequence"] &&
    a["receive-sequence"] === b["receive-sequence"]
  );
}

/** Whether `next` uses the invoke-id of a request again, so that no answer can mean the old one. */
export function isReplaced({ service, invocation }: WaitingRequest, next: RequestMessage): boolean {
  const isSameSpace =
    service === next.service || (isInvokedService(service) && isInvokedService(next.service));
  return isSameSpace && invocation !== undefined && invocation.id === next.invocation?.id;
}

/** Half duplex: with the poll bit the client has left the line to the server until it answers. */
export function isHandedOver({ control }: WaitingRequest): boolean {
  return control?.["poll-final"] === true;
}

/** Whether the link or the association is at its end with this answer. */
export function endsEverything({ service }: WaitingRequest, answer: AnswerMessage): boolean {
  return answer.name === "DM" || service === "release" || service === "link-disconnection";
}

/** Whether nothing is answered after this request that was asked before it. */
export function beginsAnew({ service }: RequestMessage): boolean {
  return (
    service === "link-connection" || service === "link-disconnection" || service === "association"
  );
}
