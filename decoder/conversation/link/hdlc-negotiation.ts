/** What SNRM proposes and UA settles. */
import type { HdlcParameters } from "../../link/hdlc/parameters.js";
import type { FindingSink } from "../observed-frame.js";
import { connectionDiagnostics as D } from "./hdlc-link-diagnostics.js";
import { joinWords } from "./hdlc-link-frame.js";

/** What a station may send on the link. */
export interface HdlcLimits {
  /** Bytes of an information field. */
  readonly maximumInformationFieldLength: number;
  /** Information frames that may be under way without an acknowledgement. */
  readonly windowSize: number;
}

/** What holds where SNRM and UA say nothing (IEC 62056-46, 6.4.4). */
export const defaultHdlcLimits: HdlcLimits = { maximumInformationFieldLength: 128, windowSize: 1 };

/** What the client may send, by the parameters of UA: what the server receives. */
export function clientLimits(settled: HdlcParameters): HdlcLimits {
  return {
    maximumInformationFieldLength:
      settled["max-information-field-length-receive"] ??
      defaultHdlcLimits.maximumInformationFieldLength,
    windowSize: settled["window-size-receive"] ?? defaultHdlcLimits.windowSize,
  };
}

/** What the server may send, by the parameters of UA: what it transmits. */
export function serverLimits(settled: HdlcParameters): HdlcLimits {
  return {
    maximumInformationFieldLength:
      settled["max-information-field-length-transmit"] ??
      defaultHdlcLimits.maximumInformationFieldLength,
    windowSize: settled["window-size-transmit"] ?? defaultHdlcLimits.windowSize,
  };
}

interface Pairing {
  readonly settled: keyof HdlcParameters;
  /** The same limit as the client names it. */
  readonly proposed: keyof HdlcParameters;
  readonly words: string;
  readonly otherwise: number;
}

/** What one station transmits, the other receives. */
const pairings: readonly Pairing[] = [
  {
    settled: "max-information-field-length-transmit",
    proposed: "max-information-field-length-receive",
    words: "information field from server to client",
    otherwise: defaultHdlcLimits.maximumInformationFieldLength,
  },
  {
    settled: "max-information-field-length-receive",
    proposed: "max-information-field-length-transmit",
    words: "information field from client to server",
    otherwise: defaultHdlcLimits.maximumInformationFieldLength,
  },
  {
    settled: "window-size-transmit",
    proposed: "window-size-receive",
    words: "window from server to client",
    otherwise: defaultHdlcLimits.windowSize,
  },
  {
    settled: "window-size-receive",
    proposed: "window-size-transmit",
    words: "window from client to server",
    otherwise: defaultHdlcLimits.windowSize,
  },
];

/** Compares the parameters of UA with those of the SNRM that it answers, both undefined if absent. */
export function judgeNegotiation(
  proposed: HdlcParameters | undefined,
  settled: HdlcParameters | undefined,
  sink: FindingSink,
): void {
  if (settled === undefined) {
    if (proposed !== undefined && proposesOtherThanDefaults(proposed)) {
      sink.report(D["proposal-unanswered"]);
    }
    return;
  }
  const exceeding: string[] = [];
  const unproposed: string[] = [];
  for (const pairing of pairings) {
    const value = settled[pairing.settled];
    const limit = proposed?.[pairing.proposed];
    if (value === undefined || value <= (limit ?? pairing.otherwise)) continue;
    if (limit === undefined) unproposed.push(`${pairing.words} ${value}`);
    else exceeding.push(`${pairing.words} ${value}, proposed ${limit}`);
  }
  if (exceeding.length > 0) sink.report(D["parameters-exceed-proposal"], exceeding.join("; "));
  if (unproposed.length > 0) sink.report(D["parameters-above-default"], joinWords(unproposed));
}

function proposesOtherThanDefaults(proposed: HdlcParameters): boolean {
  return pairings.some((pairing) => {
    const value = proposed[pairing.proposed];
    return value !== undefined && value !== pairing.otherwise;
  });
}
