/** What is kept of a request until its answer comes. */
import type { Timestamp } from "../../chunk.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import { detach } from "../detach.js";
import { objectsOf } from "../names/object-names.js";
import type { ObjectReference } from "../names/object-reference.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { type ServiceApdu, toServiceApdu } from "./exchange-apdu.js";
import { hdlcControlOf, type RequestMessage } from "./exchange-message.js";
import type { BlockTransfers } from "./exchange-transfers.js";
import type { WaitingRequest } from "./exchange-waiting.js";
import type { KnownAttributes } from "./known-attributes.js";
import { compareOwnLists, reportListLengths } from "./service-lists.js";

const nothing: readonly ObjectReference[] = Object.freeze([]);

/** Whether more is kept of a request than that it was there: nobody asks what a push had said. */
export function isContentKept({ service, awaitsAnswer }: RequestMessage): boolean {
  return service !== "notification" || awaitsAnswer;
}

function lengthOf({ content }: ObservedFrame): number {
  return content === undefined ? 0 : content.end - content.start;
}

/** What is kept of the APDU of a request: copies. */
interface KeptRequest {
  readonly apdu: Apdu | undefined;
  /** The same by its exact type. */
  readonly asked: ServiceApdu | undefined;
  readonly objects: readonly ObjectReference[];
}

const nothingKept: KeptRequest = { apdu: undefined, asked: undefined, objects: nothing };

function keepAsked(
  { apdu, context }: ObservedFrame,
  message: RequestMessage,
  known: KnownAttributes,
): KeptRequest {
  if (!isContentKept(message)) return nothingKept;
  const { apdu: service } = message;
  // Nearly every request is one of these.
  if (service?.name === "get-request-normal" && service["access-selection"] === undefined) {
    const { descriptor, objects } = known.of(service["cosem-attribute-descriptor"]);
    const asked = { ...service, "cosem-attribute-descriptor": descriptor };
    return { apdu: asked, asked, objects };
  }
  const copy = detach(apdu);
  if (copy === undefined) return nothingKept;
  const asked = service === undefined ? undefined : toServiceApdu(copy);
  return { apdu: copy, asked, objects: objectsOf(copy, context.association.shortNames) };
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
  known: KnownAttributes,
  transfers: BlockTransfers,
  sink: FindingSink,
): WaitingRequest {
  const { name, service, invocation, awaitsAnswer } = message;
  const { number } = frame;
  const { apdu, asked, objects: named } = keepAsked(frame, message, known);
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
    naming: isNaming ? apdu : beginning.apdu,
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
