/** Frames without an APDU in one line: what their link layer says. */
import type { Frame } from "../frame.js";
import type { Hdlc } from "../link/hdlc/hdlc.js";
import type { HdlcParameters } from "../link/hdlc/parameters.js";
import type { Iec6205621 } from "../link/iec-62056-21.js";
import type { Llc } from "../link/llc.js";
import type { Mbus } from "../link/mbus.js";
import type { P1 } from "../link/p1.js";
import { countBytes } from "../xdlms/data-summary.js";
import { summarizePacket } from "./packet-summary.js";

/** `SNRM, frames up to 128 bytes`; `P1 telegram KFM5..., 21 objects`; `12 bytes between frames`. */
export function summarizeLink(frame: Frame): string {
  const { framing, link } = frame;
  switch (framing) {
    case "hdlc":
      return summarizeHdlc(link["hdlc"] as Hdlc | undefined, link["llc"] as Llc | undefined);
    case "mbus":
      return summarizeMbus(link["mbus"] as Mbus | undefined);
    case "p1":
      return summarizeP1(link["p1"] as P1 | undefined);
    case "iec-62056-21":
      return summarizeIec6205621(link["iec-62056-21"] as Iec6205621 | undefined);
    case "packet":
      return summarizePacket(frame);
    case "noise":
      return frame.layers[0] === "capture"
        ? summarizeRemark(frame)
        : `${countBytes(frame.sources[0]?.bytes ?? new Uint8Array())} between frames`;
    default:
      return `${framing}, not readable to its end`;
  }
}

function summarizeRemark({ diagnostics }: Frame): string {
  if (diagnostics.length === 0) return "the capture ends with words";
  return diagnostics.some(({ definition }) => definition.group === "capture")
    ? "a fault of the capture file"
    : "what the end of the capture shows of earlier frames";
}

function summarizeHdlc(hdlc: Hdlc | undefined, llc: Llc | undefined): string {
  const control = hdlc?.control;
  if (hdlc === undefined || control === undefined) return "HDLC, not readable to its control field";
  const parts = [control.type];
  const send = control["send-sequence"];
  const receive = control["receive-sequence"];
  if (send !== undefined) parts.push(`N(S)=${send}`);
  if (receive !== undefined) parts.push(`N(R)=${receive}`);
  if (llc?.begins !== undefined) parts.push(`first segment of ${llc.begins}`);
  else if (hdlc.segmented) parts.push("segment of an APDU");
  else if (control.type === "I" && hdlc.hcs !== undefined) parts.push("last segment of an APDU");
  const text = parts.join(" ");
  return hdlc.parameters === undefined ? text : `${text}, ${summarizeParameters(hdlc.parameters)}`;
}

function summarizeParameters(parameters: HdlcParameters): string {
  const length = (key: "transmit" | "receive") =>
    parameters[`max-information-field-length-${key}`] ?? "default";
  const window = (key: "transmit" | "receive") => parameters[`window-size-${key}`] ?? "default";
  return `information field ${length("transmit")}/${length("receive")} bytes, window ${window("transmit")}/${window("receive")} (transmit/receive)`;
}

function summarizeMbus(mbus: Mbus | undefined): string {
  if (mbus === undefined) return "M-Bus, not readable to its end";
  const segment = mbus["segment-number"];
  if (segment === undefined) return `M-Bus ${mbus.frame} frame`;
  const last = mbus["last-segment"] === true ? " (last)" : "";
  return `M-Bus segment ${segment}${last} of an APDU, ${mbus.segment?.length ?? 0} bytes`;
}

function summarizeP1(telegram: P1 | undefined): string {
  if (telegram === undefined) return "P1 telegram, not readable to its end";
  const version = telegram.version === undefined ? "" : ` version ${telegram.version}`;
  return `P1 telegram${version} ${telegram.identification}, ${telegram.objects.length} objects`;
}

function summarizeIec6205621(message: Iec6205621 | undefined): string {
  if (message === undefined) return "IEC 62056-21, not readable to its end";
  switch (message.message) {
    case "request": {
      const address = message["device-address"];
      return `sign-on request${address === "" ? "" : ` to device ${address}`}`;
    }
    case "identification":
      return `identification ${message.manufacturer} ${message.identification}, ${message["baud-rate"] ?? "unknown"} baud`;
    case "option-select":
      return `option select ${message.mode}, ${message["baud-rate"] ?? "unknown"} baud`;
    case "command":
      return `command ${message.command}, ${message["data-sets"].length} data sets`;
    case "data":
      return `data, ${message["data-sets"].length} data sets`;
    default:
      return message.message.replace("-", " ");
  }
}
