/** Every way in which a server refuses, in words, and what to look at next. */
import { type DiagnosticDefinition, defineDiagnostics } from "../../core/diagnostics.js";

/** One thing of many is refused: the client goes on with the others. */
const refusal = {
  severity: "note",
  group: "result",
  clause: "IEC 62056-5-3, Data-Access-Result and Action-Result",
} as const;
/** The whole request is. */
const failure = { severity: "warning", group: "result" } as const;
const exception = { ...failure, clause: "IEC 62056-5-3, ExceptionResponse" } as const;
const serviceError = { ...failure, clause: "IEC 62056-5-3, ServiceError" } as const;

/** Data-Access-Result and Action-Result, by their words. */
const results: Readonly<Record<string, DiagnosticDefinition>> = defineDiagnostics("service", {
  "refused-hardware-fault": {
    ...refusal,
    message: "The hardware of the meter failed while it carried the request out",
    check: "Read the error register and the event log of the meter",
  },
  "refused-temporary-failure": {
    ...refusal,
    message: "The meter cannot do this at the moment",
    check: "Ask again later; is the meter busy with a billing reset, a new image, a full queue?",
  },
  "refused-read-write-denied": {
    ...refusal,
    message: "The meter does not let this client read, write or invoke this",
    check:
      "Look up the access rights in the object list of the association: another client, a higher security level, or ciphering may be needed",
  },
  "refused-object-undefined": {
    ...refusal,
    message: "The meter does not know the object",
    check: "Is the logical name in the object list of this association, and is it spelt right?",
  },
  "refused-object-class-inconsistent": {
    ...refusal,
    message: "The object is of another class than the request names",
    check: "Take the class of this logical name from the object list of the association",
  },
  "refused-object-unavailable": {
    ...refusal,
    message: "The object exists, but cannot be reached now",
    check: "Is its function switched off or not fitted, or does it belong to a missing device?",
  },
  "refused-type-unmatched": {
    ...refusal,
    message: "The data in the request is not of the type that the object takes",
    check: "Read the attribute first and send the same type, structure and length back",
  },
  "refused-scope-of-access-violated": {
    ...refusal,
    message: "The request goes beyond what this client may see",
    check: "Look at the access rights, and at the range of a selective access",
  },
  "refused-data-block-unavailable": {
    ...refusal,
    message: "The meter does not have the block that was asked for",
    check: "Does the client ask for a block after the last one?",
  },
  "refused-long-get-aborted": {
    ...refusal,
    message: "The meter has given up the long transfer of this value",
    check: "Did the client wait too long, send another request, or acknowledge a wrong block?",
  },
  "refused-no-long-get-in-progress": {
    ...refusal,
    message: "The meter knows of no long transfer that the request could go on with",
    check: "Was the association opened anew in between, or the last block already sent?",
  },
  "refused-long-set-aborted": {
    ...refusal,
    message: "The meter has given up the long write of this value",
    check: "Did the client wait too long, or is the value longer than the attribute takes?",
  },
  "refused-no-long-set-in-progress": {
    ...refusal,
    message: "The meter knows of no long write that the block could belong to",
    check: "Did the client begin with the first block, and was the association kept open?",
  },
  "refused-long-action-aborted": {
    ...refusal,
    message: "The meter has given up the long invocation of this method",
    check: "Did the client wait too long, or are the parameters longer than the method takes?",
  },
  "refused-no-long-action-in-progress": {
    ...refusal,
    message: "The meter knows of no long invocation that the block could belong to",
    check: "Did the client begin with the first block, and was the association kept open?",
  },
  "refused-data-block-number-invalid": {
    ...refusal,
    message: "The meter expected another block number",
    check: "Compare the number in the request with the last block before it",
  },
  "refused-other-reason": {
    ...refusal,
    message: "The meter refuses and gives no reason",
    check:
      "Look at the value and the parameters: out of range, wrong order of steps, or a rule of the maker",
  },
});

const reserved = defineDiagnostics("service", {
  "refused-reserved": {
    ...refusal,
    message: "The meter refuses with a code that the standard does not define",
    check: "Ask the maker what the code means, or look into a later edition of the standard",
  },
});

const exceptions: Readonly<Record<string, DiagnosticDefinition>> = defineDiagnostics("service", {
  "exception-operation-not-possible": {
    ...exception,
    message: "The server could not carry the operation out",
    check: "Is an association open, and does the order of the requests fit its state?",
  },
  "exception-service-not-supported": {
    ...exception,
    message: "The server does not support the service",
    check:
      "Compare with the conformance that was negotiated; logical and short names need different services",
  },
  "exception-other-reason": {
    ...exception,
    message: "The server refuses the request and gives no reason",
    check: "Is the APDU well formed, and ciphered as the association asks for?",
  },
  "exception-pdu-too-long": {
    ...exception,
    message: "The request is longer than the server takes",
    check: "Compare with the server-max-receive-pdu-size of the association; use block transfer",
  },
  "exception-deciphering-error": {
    ...exception,
    message: "The server could not decipher the request",
    check: "Are encryption key, authentication key, security suite and system titles the meter's?",
  },
  "exception-invocation-counter-error": {
    ...exception,
    message: "The invocation counter of the request is not one that the server accepts",
    check:
      "The counter has to be greater than the last one that the meter accepted with this key: read it from the meter first",
  },
});

const reservedErrors = defineDiagnostics("service", {
  "exception-reserved": {
    ...exception,
    message: "The server refuses the request with a code that the standard does not define",
    check: "Ask the maker what the code means, or look into a later edition of the standard",
  },
});

const serviceErrors: Readonly<Record<string, DiagnosticDefinition>> = defineDiagnostics("service", {
  "error-application-reference": {
    ...serviceError,
    message: "The server refuses because of the association or its ciphering",
    check: "Is the association open, its context the right one, and do the keys fit?",
  },
  "error-hardware-resource": {
    ...serviceError,
    message: "The server has not enough resources for the request",
    check: "Ask for less at once, or later",
  },
  "error-vde-state-error": {
    ...serviceError,
    message: "The state of the server does not allow the request",
    check: "Was the association opened before, and is the server ready?",
  },
  "error-service": {
    ...serviceError,
    message: "The server does not support the service, or not at that length",
    check: "Compare with the negotiated conformance and the PDU sizes",
  },
  "error-definition": {
    ...serviceError,
    message: "The server does not know the object as the request names it",
    check: "Take short name, class and attribute from the object list of the meter",
  },
  "error-access": {
    ...serviceError,
    message: "The server does not give access to the object",
    check: "Look up the access rights of this client",
  },
  "error-initiate": {
    ...serviceError,
    message: "The server does not agree to what the client proposes for the association",
    check: "Look at DLMS version, conformance and PDU size in the initiate-request",
  },
  "error-load-data-set": {
    ...serviceError,
    message: "The server refuses a part of a data set",
    check: "Look at the order and the size of the parts",
  },
  "error-change-scope": {
    ...serviceError,
    message: "The server refuses to change the scope",
    check: "COSEM has no such service: what did the client send?",
  },
  "error-task": {
    ...serviceError,
    message: "The server refuses to control the task",
    check: "Look at the state of the task",
  },
  "error-other": {
    ...serviceError,
    message: "The server refuses the service and gives no reason",
    check: "Is the APDU well formed, and does it fit the association?",
  },
});

/** The explanation of a word of Data-Access-Result or Action-Result other than success. */
export function explainResult(word: string): DiagnosticDefinition {
  return results[`refused-${word}`] ?? reserved["refused-reserved"];
}

/** The explanation of the service-error of an exception-response. */
export function explainException(word: string): DiagnosticDefinition {
  return exceptions[`exception-${word}`] ?? reservedErrors["exception-reserved"];
}

/** The explanation of a ServiceError by its class. */
export function explainServiceError(errorClass: string): DiagnosticDefinition {
  return serviceErrors[`error-${errorClass}`] ?? reservedErrors["exception-reserved"];
}
