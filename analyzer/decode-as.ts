/** How packets of a port are read, as people write it: `tcp.port==7001=hdlc`. */
import type { DecodeAs, Framing } from "../decoder/index.js";

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

/** A text that says no way of reading; the message says what is expected. */
export class DecodeAsError extends Error {
  override readonly name = "DecodeAsError";
}

/** Throws `DecodeAsError`. */
export function parseDecodeAs(text: string): DecodeAs {
  const match = /^(?<name>[^=]+)==(?<value>\d{1,5})=(?<framing>.+)$/.exec(text)?.groups ?? {};
  const { name, value, framing } = match;
  if (name === undefined || value === undefined || framing === undefined) {
    throw new DecodeAsError(
      `SELECTOR==NUMBER=FRAMING is expected, for example tcp.port==7001=hdlc; '${text}' is not that`,
    );
  }
  const selector = oneOf(name, selectorNames);
  const number = Number(value);
  if (number > selectors[selector]) {
    throw new DecodeAsError(`${selector} goes up to ${selectors[selector]}, not ${value}`);
  }
  return { selector, value: number, framing: parseFraming(framing) };
}

/** Throws `DecodeAsError`. */
export function parseFraming(text: string): (typeof framings)[number] {
  return oneOf(text, framings);
}

function oneOf<Name extends string>(text: string, names: readonly Name[]): Name {
  const name = names.find((one) => one === text);
  if (name === undefined) {
    throw new DecodeAsError(`'${text}' is none of ${names.join(", ")}`);
  }
  return name;
}
