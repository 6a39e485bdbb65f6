import type { DecodeAs, Framing } from "../analyzer/index.js";
import { UsageError } from "./exit.js";
import { oneOf } from "./usage.js";

/** The framings that bytes can be said to have. */
export const framings = [
  "hdlc",
  "wrapper",
  "llc",
  "llc-61334",
  "mbus",
  "apdu",
  "p1",
] as const satisfies readonly Framing[];

/** Reads `tcp.port==7001=hdlc`; a usage error says what is wrong with it. */
export function parseDecodeAs(text: string): DecodeAs {
  const match =
    /^(?<selector>tcp\.port|udp\.port|link\.type)==(?<value>\d{1,5})=(?<framing>.+)$/.exec(text);
  const { selector, value, framing } = match?.groups ?? {};
  if (selector === undefined || value === undefined || framing === undefined) {
    throw new UsageError(
      `--decode-as takes SELECTOR==NUMBER=FRAMING with the selectors tcp.port, udp.port and link.type, for example tcp.port==7001=hdlc; '${text}' is not that`,
    );
  }
  return {
    selector: selector as DecodeAs["selector"],
    value: Number(value),
    framing: oneOf("--decode-as", framing, framings),
  };
}
