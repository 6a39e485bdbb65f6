/** What can be wrong on an HDLC link, seen over several frames. */
import { defineDiagnostics } from "../../core/diagnostics.js";

const frames = "IEC 62056-46, 6.4.3 Command and response frames";
const procedures = "IEC 62056-46, 6.4.4 Elements of the procedures";

/** Connecting and disconnecting, and what SNRM and UA settle. */
export const connectionDiagnostics = defineDiagnostics("link", {
  restart: {
    severity: "note",
    group: "protocol",
    message: "The client connects a link anew that is connected",
    clause: procedures,
    check: "Did the client time out or lose a frame just before? Its numbers begin at 0 again",
  },
  "not-connected": {
    severity: "warning",
    group: "protocol",
    message: "An information frame is sent on a link that is not connected",
    clause: procedures,
    check: "SNRM and UA must come first; look at what disconnected the link",
  },
  "snrm-unanswered": {
    severity: "warning",
    group: "protocol",
    message: "SNRM is sent again and again, and the server does not answer",
    clause: procedures,
    check: "The server's address, the baud rate, the wiring, and whether the meter is awake",
  },
  "disconnected-mode": {
    severity: "info",
    group: "result",
    message: "The server says that the link is not connected",
    clause: frames,
    check: "Nothing, where the client only made sure that no link was open",
  },
  "connection-refused": {
    severity: "warning",
    group: "result",
    message: "The server refuses to connect the link",
    clause: frames,
    check: "Is another client connected, or is the client's address unknown to the server?",
  },
  "link-lost": {
    severity: "warning",
    group: "result",
    message: "The server answers that the link is not connected, but the client takes it to be",
    clause: frames,
    check: "The inactivity time-out, or a restart of the meter; the client must send SNRM",
  },
  "frame-rejected": {
    severity: "error",
    group: "result",
    message: "The server rejects a frame",
    clause: frames,
    check: "The frame before this one, by the reason given; only SNRM or DISC helps now",
  },
  "parameters-exceed-proposal": {
    severity: "warning",
    group: "protocol",
    message: "UA settles more than SNRM has proposed",
    clause: procedures,
    check: "The meter's parameters of class IEC HDLC setup; the client may not be able to keep up",
  },
  "parameters-above-default": {
    severity: "note",
    group: "protocol",
    message: "UA settles more than the default, though SNRM proposes nothing there",
    clause: procedures,
    check: "Does the client take the values of UA, or does it stay with 128 bytes and window 1?",
  },
  "proposal-unanswered": {
    severity: "note",
    group: "protocol",
    message: "UA answers the parameters of SNRM with none: the defaults hold",
    clause: procedures,
    check: "Both stations must keep to information fields of 128 bytes and window 1",
  },
  inactivity: {
    severity: "note",
    group: "protocol",
    message: "The link was silent for longer than the default inactivity time-out of 120 s",
    clause: "IEC 62056-6-2, IEC HDLC setup",
    check: "inactivity_time_out of class IEC HDLC setup: the server may have disconnected the link",
  },
});

/** N(S), N(R), windows, busy stations and segments. */
export const sequenceDiagnostics = defineDiagnostics("link", {
  "sequence-gap": {
    severity: "warning",
    group: "sequence",
    message: "Information frames are missing before this one",
    clause: procedures,
    check: "Lost on the line or by the recording; the receiver has not acknowledged them",
  },
  "not-captured": {
    severity: "note",
    group: "capture",
    message: "Information frames are missing or damaged in the capture, but they arrived",
    check: "Does the tap lose bytes, or was the log shortened?",
  },
  retransmission: {
    severity: "note",
    group: "sequence",
    message: "An information frame is sent again",
    clause: procedures,
    check: "Was the first one damaged, or its answer lost or late?",
  },
  "retransmission-changed": {
    severity: "warning",
    group: "sequence",
    message: "Two information frames that follow each other have the same N(S) but other contents",
    clause: procedures,
    check: "A sender that does not count, or just seven frames missing in the capture",
  },
  "acknowledges-unsent": {
    severity: "warning",
    group: "sequence",
    message: "N(R) acknowledges information frames that were not yet sent",
    clause: procedures,
    check: "Do both stations count from 0 since the last SNRM and UA?",
  },
  "counts-polls": {
    severity: "note",
    group: "sequence",
    message: "N(R) counts RR frames as if they were information frames; said once for the link",
    clause: procedures,
    check: "A fault of the station that sends it; it is harmless where the other one ignores N(R)",
  },
  "not-arrived": {
    severity: "warning",
    group: "sequence",
    message: "N(R) shows that information frames did not arrive",
    clause: procedures,
    check: "Noise on the line, or a receiver too slow for frames that follow each other closely",
  },
  "window-exceeded": {
    severity: "warning",
    group: "sequence",
    message: "More information frames are under way than the window allows",
    clause: procedures,
    check: "The window sizes that UA has settled",
  },
  busy: {
    severity: "info",
    group: "protocol",
    message: "The station is busy and takes no information frames",
    clause: frames,
    check: "How long it lasts: RR of the same station ends it",
  },
  "sent-to-busy": {
    severity: "warning",
    group: "protocol",
    message: "An information frame is sent to a station that has said that it is busy",
    clause: frames,
    check: "Does the sender understand RNR? It should poll with RR until the station is ready",
  },
  "information-too-long": {
    severity: "warning",
    group: "protocol",
    message: "The information field is longer than the link allows in this direction",
    clause: procedures,
    check: "What UA has settled; without parameters it is 128 bytes",
  },
  "segmentation-unfinished": {
    severity: "warning",
    group: "incomplete",
    message: "A new message begins, but the last segment of the one before it has not come",
    clause: procedures,
    check: "Was the last segment lost, or does the sender set the segmentation bit wrongly?",
  },
});

/** Who may speak, and whether who was asked has answered. */
export const turnDiagnostics = defineDiagnostics("link", {
  "command-repeated": {
    severity: "note",
    group: "sequence",
    message: "The client repeats a command that was not answered",
    clause: procedures,
    check: "Is the client's time-out too short, or was the command or its answer lost?",
  },
  unanswered: {
    severity: "note",
    group: "incomplete",
    message: "The command has no answer",
    check: "Was the answer lost on the line, or is it only missing in the capture?",
  },
  "answer-without-command": {
    severity: "note",
    group: "sequence",
    message: "The server sends a frame that no command asks for",
    clause: procedures,
    check: "A late answer to a repeated command, or a command that the capture does not have",
  },
  "final-missing": {
    severity: "warning",
    group: "protocol",
    message: "The server has ended its answer without setting F",
    clause: procedures,
    check: "Was the last frame lost, or does the server not set F? The client waits for it",
  },
  "llc-direction": {
    severity: "warning",
    group: "protocol",
    message: "The LLC header is that of the other direction",
    clause: "IEC 62056-46, 5.3.2 LLC protocol data unit (LPDU) structure",
    check: "The client sends E6 E6 00, the server E6 E7 00",
  },
  doubled: {
    severity: "info",
    group: "capture",
    message: "The frame before this one is there a second time",
    check: "An echo of a two-wire line, or a tap that records both sides",
  },
});
