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

/** What can be selected, and the greatest number of it. */
const selectors = {
  "tcp.port": 65_535,
  "udp.port": 65_535,
  user: 15,
  "link-type": 65_535,
} as const satisfies Record<DecodeAs["selector"], number>;
const selectorNames = Object.keys(selectors) as DecodeAs["selector"][];

/** Reads `tcp.port==7001=hdlc`; a usage error says what is wrong with it. */
export function parseDecodeAs(text: string): DecodeAs {
  const match = /^(?<name>[^=]+)==(?<value>\d{1,5})=(?<framing>.+)$/.exec(text)?.groups ?? {};
  const { name, value, framing } = match;
  if (name === undefined || value === undefined || framing === undefined) {
    throw new UsageError(
      `--decode-as takes SELECTOR==NUMBER=FRAMING, for example tcp.port==7001=hdlc; '${text}' is not that`,
    );
  }
  const selector = oneOf("--decode-as", name, selectorNames);
  const number = Number(value);
  if (number > selectors[selector]) {
    throw new UsageError(
      `--decode-as: ${selector} goes up to ${selectors[selector]}, not ${value}`,
    );
  }
  return { selector, value: number, framing: oneOf("--decode-as", framing, framings) };
}
