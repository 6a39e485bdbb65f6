import { defineDiagnostics } from "../../core/diagnostics.js";

/** What a packet without a frame of DLMS in it has to say. */
export const payloadDiagnostics = defineDiagnostics("packet", {
  "no-dlms": {
    severity: "info",
    group: "undecoded",
    message: "Nothing in the payload looks like DLMS",
    check: "Say what it is (--decode-as) if it is DLMS all the same",
  },
  "part-of-message": {
    severity: "info",
    group: "incomplete",
    message: "The packet holds a part of a message; the message is listed where it is complete",
  },
  fragment: {
    severity: "info",
    group: "incomplete",
    message:
      "The packet holds a fragment of a datagram; what is in it is listed where it is complete",
  },
});
