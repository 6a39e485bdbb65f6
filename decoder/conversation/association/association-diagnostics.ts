/** What can be wrong with an association, beside its refusal (see association-refusal.ts). */
import { defineDiagnostics } from "../../core/diagnostics.js";

const requestClause = "IEC 62056-5-3, ACSE APDUs";
const conformanceClause = "IEC 62056-5-3, Conformance";

export const associationDiagnostics = defineDiagnostics("association", {
  "pre-established": {
    severity: "info",
    group: "assumption",
    message:
      "No AARQ was seen before this service: the association is taken to be pre-established, or to have been opened before the capture began",
    check: "Where the services fail, see whether the client should have sent an AARQ first",
  },
  "no-association": {
    severity: "warning",
    group: "protocol",
    message: "The client uses a service, and no association is open",
    check:
      "The client must open an association with an AARQ first; it may not have noticed that there is none",
  },
  "before-authentication": {
    severity: "warning",
    group: "protocol",
    message: "The client uses a service before the authentication is finished",
    check:
      "Passes 3 and 4 (reply_to_HLS_authentication of the association object) must come first; the server may answer nothing else",
  },
  "request-while-open": {
    severity: "note",
    group: "protocol",
    message: "The client asks for an association while one is open",
    check: "Was the client restarted, or did it not notice that the association was still open?",
  },
  "response-without-request": {
    severity: "warning",
    group: "protocol",
    message: "An AARE answers no AARQ",
    check: "Is the AARQ missing in the capture, or does the answer come far too late?",
  },
  "context-differs": {
    severity: "warning",
    group: "protocol",
    message: "The server accepts another application context than the client asked for",
    clause: requestClause,
    check: "Compare the application context names of AARQ and AARE; services follow the context",
  },
  "mechanism-differs": {
    severity: "warning",
    group: "protocol",
    message: "The server names another authentication mechanism than the client asked for",
    clause: requestClause,
    check: "Compare the mechanism names of AARQ and AARE; the proofs depend on the mechanism",
  },
  "client-title-missing": {
    severity: "warning",
    group: "security",
    message: "The AARQ has no system title of the client (calling-AP-title), which is needed",
    clause: "IEC 62056-5-3, System title",
    check: "Set the client's system title, 8 bytes, in the client",
  },
  "server-title-missing": {
    severity: "warning",
    group: "security",
    message: "The AARE has no system title of the server (responding-AP-title), which is needed",
    clause: "IEC 62056-5-3, System title",
    check: "The client must know the server's system title from elsewhere; give it with the keys",
  },
  "title-length": {
    severity: "warning",
    group: "security",
    message: "The system title has not 8 bytes",
    clause: "IEC 62056-5-3, System title",
    check: "Check the system title that the sender is configured with",
  },
  "challenge-missing": {
    severity: "error",
    group: "security",
    message: "The challenge is missing, and the mechanism needs one",
    clause: "IEC 62056-5-3, High Level Security",
    check: "See the authentication-value of the AARQ (client) and of the AARE (server)",
  },
  "challenge-length": {
    severity: "warning",
    group: "security",
    message: "The challenge has not 8 to 64 bytes",
    clause: "IEC 62056-5-3, High Level Security",
    check: "See how its sender makes the challenge",
  },
  "challenge-same": {
    severity: "error",
    group: "security",
    message: "The server's challenge is the client's: its proof can be sent back to the server",
    clause: "IEC 62056-5-3, High Level Security",
    check: "A client should close such an association; the server's random numbers are at fault",
  },
  "challenge-repeated": {
    severity: "warning",
    group: "security",
    message: "The challenge was used before: a recorded proof can be replayed",
    clause: "IEC 62056-5-3, High Level Security",
    check: "A challenge must be random and new for every association; see how its sender makes it",
  },
  "user-information-missing": {
    severity: "note",
    group: "protocol",
    message:
      "There is no user-information that could be read: nothing is known of the xDLMS context",
    clause: requestClause,
    check: "AARQ and accepting AARE must carry an InitiateRequest and an InitiateResponse",
  },
  "dlms-version-differs": {
    severity: "warning",
    group: "protocol",
    message: "The DLMS version that was negotiated is not the proposed one",
    clause: "IEC 62056-5-3, DLMS version",
    check: "Both ends should use version 6",
  },
  "conformance-not-proposed": {
    severity: "note",
    group: "protocol",
    message: "The server grants what the client has not proposed",
    clause: conformanceClause,
    check:
      "The negotiated conformance can only be a part of the proposed one; a client may use what it has proposed",
  },
  "service-not-negotiated": {
    severity: "warning",
    group: "protocol",
    message: "The service or function was not negotiated",
    clause: conformanceClause,
    check: "See the conformance of the InitiateRequest and of the InitiateResponse",
  },
  "priority-not-negotiated": {
    severity: "info",
    group: "protocol",
    message: "High priority is asked for and was not negotiated: the server treats it as normal",
    clause: conformanceClause,
    check: "Harmless: many clients set the bit always",
  },
  "pdu-too-long": {
    severity: "warning",
    group: "protocol",
    message: "The APDU is longer than its receiver takes",
    clause: "IEC 62056-5-3, Initiate service",
    check: "See the max receive PDU size of the receiver in the AARQ or AARE; use block transfer",
  },
  "authentication-unfinished": {
    severity: "note",
    group: "incomplete",
    message:
      "The authentication that this AARE asks for is not finished: passes 3 and 4 do not follow",
    check: "Does the client stop here, or does the capture end?",
  },
  "proof-refused": {
    severity: "warning",
    group: "result",
    message: "The server does not accept the client's proof",
    clause: "IEC 62056-5-3, High Level Security",
    check:
      "Compare the keys or the secret, the system titles and the invocation counter of client and meter",
  },
  "closed-without-release": {
    severity: "info",
    group: "protocol",
    message: "The link is closed and the association with it, without an RLRQ",
    check: "This is allowed: releasing the link releases the association",
  },
  "link-lost": {
    severity: "note",
    group: "protocol",
    message: "The link has gone down, and the association with it",
    check: "Did the meter restart, or did its inactivity time run out?",
  },
  "release-refused": {
    severity: "warning",
    group: "result",
    message: "The server does not finish the release of the association",
    clause: requestClause,
    check: "Is a service still under way? The association may still be open",
  },
  "release-unanswered": {
    severity: "note",
    group: "incomplete",
    message: "The request to release the association is not answered",
    check: "The server may still hold the association open",
  },
});
