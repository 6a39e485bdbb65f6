/** What is kept of a request until its answer comes. */
import type { Timestamp } from "../../chunk.js";
import { objectsOf } from "../names/object-names.js";
import type { ObjectReference } from "../names/object-reference.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { toServiceApdu } from "./exchange-apdu.js";
import { detach } from "./exchange-detach.js";
import { hdlcControlOf, type RequestMessage } from "./exchange-message.js";
import type { BlockTransfers } from "./exchange-transfers.js";
import type { WaitingRequest } from "./exchange-waiting.js";
import { compareOwnLists, reportListLengths } from "./service-lists.js";

const nothing: readonly ObjectReference[] = Object.freeze([]);

/** Whether more is kept of a request than that it was there: nobody asks what a push had said. */
export function isContentKept({ service, awaitsAnswer }: RequestMessage): boolean {
  return service !== "notification" || awaitsAnswer;
}

function lengthOf({ content }: ObservedFrame): number {
  return content === undefined ? 0 : content.end - content.start;
}

/**
 * Makes a request wait that the frame sends or completes. `print` is that of its content, `time`
 * that of its first byte. Its transfer takes note of it.
 */
export function createWaiting(
  frame: ObservedFrame,
  message: RequestMessage,
  print: number,
  time: Timestamp | null,
  transfers: BlockTransfers,
  sink: FindingSink,
): WaitingRequest {
  const { name, service, invocation, awaitsAnswer } = message;
  const { number, context } = frame;
  const apdu = isContentKept(message) ? detach(frame.apdu) : undefined;
  const asked = message.apdu === undefined ? undefined : toServiceApdu(apdu);
  const named = apdu === undefined ? nothing : objectsOf(apdu, context.association.shortNames);
  const transfer =
    asked === undefined || service === "notification"
      ? undefined
      : transfers.request(
          { service, id: invocation?.id, apdu: asked, print, frame: number, objects: named },
          sink,
        );
  const beginning = transfer?.beginning;
  if (asked !== undefined) reportListLengths(compareOwnLists(asked, beginning?.apdu), sink);
  const isNaming = named.length > 0 || beginning === undefined;
  return {
    name,
    service,
    invocation,
    awaitsAnswer,
    length: lengthOf(frame),
    apdu,
    asked,
    objects: isNaming ? named : beginning.objects,
    namedBy: isNaming ? number : beginning.frame,
    transfer,
    print,
    frame: number,
    control: hdlcControlOf(frame),
    counter: frame.ciphering?.["invocation-counter"],
    time,
    isRetried: false,
    isDoubtful: false,
    isOvertaken: false,
  };
}
