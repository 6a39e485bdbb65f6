/** What the rules of requests and answers find. */
import { defineDiagnostics } from "../../core/diagnostics.js";

export const serviceDiagnostics = defineDiagnostics("service", {
  retry: {
    severity: "note",
    group: "sequence",
    message: "The request is sent again, because no answer has come",
    check: "Is the client's timeout too short, or does the request not reach the meter?",
  },
  unanswered: {
    severity: "warning",
    group: "sequence",
    message: "The request was never answered",
    check:
      "Did the request reach the meter: address, line, ciphering? Was the answer lost or damaged?",
  },
  "capture-ends": {
    severity: "info",
    group: "incomplete",
    message: "The capture ends before the answer",
  },
  "server-silent": {
    severity: "note",
    group: "sequence",
    message: "The client goes on without an answer, and the capture shows no frame of the server",
    check:
      "Does the capture hold both directions? If it does: address of the meter, baud rate, wiring",
  },
  "late-answer": {
    severity: "note",
    group: "sequence",
    message: "The answer comes after the client has gone on with another request",
    check: "Is the client's timeout shorter than the time that the meter needs?",
  },
  "duplicate-answer": {
    severity: "note",
    group: "sequence",
    message: "The request was answered before",
    check: "Was the request or the answer sent twice, or is the line captured at two places?",
  },
  "answer-without-request": {
    severity: "note",
    group: "sequence",
    message: "No request is known that this answers",
    check: "Was the request lost in the capture, or does the answer belong to another client?",
  },
  "slow-answer": {
    severity: "note",
    group: "sequence",
    message: "The answer took more than 5 seconds",
    check: "Compare with the timeouts of the client, and with the inactivity timeout of the link",
  },
  "invoke-id": {
    severity: "error",
    group: "protocol",
    message: "The answer has another invoke-id than the request",
    clause: "IEC 62056-5-3, Invoke-Id-And-Priority",
    check: "The server has to repeat the invoke-id of the request; clients drop such an answer",
  },
  "invoke-id-changed": {
    severity: "warning",
    group: "protocol",
    message: "The request goes on with a block transfer under another invoke-id",
    clause: "IEC 62056-5-3, Invoke-Id-And-Priority",
    check: "The client has to keep the invoke-id until the last block",
  },
  priority: {
    severity: "note",
    group: "protocol",
    message: "The answer has another priority than the request",
    clause: "IEC 62056-5-3, Invoke-Id-And-Priority",
    check: "The server should repeat the priority bit of the request",
  },
  "service-class": {
    severity: "note",
    group: "protocol",
    message: "The answer has another service class than the request",
    clause: "IEC 62056-5-3, Invoke-Id-And-Priority",
    check: "The server should repeat the service class bit of the request",
  },
  "response-choice": {
    severity: "error",
    group: "protocol",
    message: "The answer is not one that this request can have",
    check: "Compare the forms of request and answer: single, list, block, last block",
  },
  "list-length": {
    severity: "error",
    group: "protocol",
    message: "Two lists that belong together have different lengths",
    check:
      "Values can no longer be told apart by their place: which element was left out or added?",
  },
  "block-number": {
    severity: "error",
    group: "sequence",
    message: "The block does not have the number that follows",
    clause: "IEC 62056-5-3, DataBlock-G and DataBlock-SA",
    check: "Blocks count from 1. Was a block left out or sent twice, or the number kept too small?",
  },
  "next-block": {
    severity: "error",
    group: "sequence",
    message: "The request for the next block names another block than the one received last",
    check: "The client names the last block that it has received; servers abort the transfer here",
  },
  "block-acknowledgement": {
    severity: "error",
    group: "sequence",
    message: "The answer acknowledges another block than the one sent",
    check: "The server repeats the number of the block that it has just received",
  },
  "no-transfer": {
    severity: "warning",
    group: "sequence",
    message: "The request goes on with a block transfer that has come to its end",
    check: "Did the client overlook the mark of the last block?",
  },
  "transfer-unfinished": {
    severity: "warning",
    group: "incomplete",
    message: "The block transfer was given up before its last block",
    check: "Why did the client stop: a wrong block, a timeout, or its user?",
  },
  "transfer-cut": {
    severity: "info",
    group: "incomplete",
    message: "The capture ends before the last block of the transfer",
  },
});

/** What the rules of general block transfer find. */
export const generalBlockDiagnostics = defineDiagnostics("service", {
  "general-block-lost": {
    severity: "warning",
    group: "sequence",
    message: "Blocks are missing before this one",
    clause: "IEC 62056-5-3, General-Block-Transfer",
    check: "Does the receiver ask for them, naming the last block before the gap?",
  },
  "general-block-repeated": {
    severity: "note",
    group: "sequence",
    message: "The block was sent before",
    clause: "IEC 62056-5-3, General-Block-Transfer",
    check: "Was the block lost, or did its acknowledgement come too late?",
  },
  "general-block-not-received": {
    severity: "note",
    group: "sequence",
    message: "The receiver has not got all blocks that were sent",
    clause: "IEC 62056-5-3, General-Block-Transfer",
    check: "The sender has to go on behind the block that is acknowledged",
  },
  "general-block-acknowledgement": {
    severity: "error",
    group: "sequence",
    message: "A block is acknowledged that was never sent",
    clause: "IEC 62056-5-3, General-Block-Transfer",
    check: "Does the receiver count the blocks of an earlier transfer?",
  },
  "general-block-unacknowledged": {
    severity: "warning",
    group: "sequence",
    message: "The sender goes on without the acknowledgement that it has asked for",
    clause: "IEC 62056-5-3, General-Block-Transfer",
    check: "With the streaming bit 0 the sender hands over; it goes on after the answer",
  },
  "general-block-window": {
    severity: "error",
    group: "sequence",
    message: "More blocks were sent than the window of the receiver allows",
    clause: "IEC 62056-5-3, General-Block-Transfer",
    check: "The receiver names its window in its own blocks; it may lose what exceeds it",
  },
});
