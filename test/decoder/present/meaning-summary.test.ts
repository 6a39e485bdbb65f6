/** What a frame says beside its codes. */
import { describe, expect, it } from "vitest";
import { standardNames } from "../../../decoder/cosem/standard-names.js";
import { summarizeMeaning } from "../../../decoder/present/meaning-summary.js";
import {
  array,
  captured,
  dateTime,
  decode,
  descriptor,
  names,
  number,
  push,
  read,
  sent,
  structure,
  type Trace,
  told,
} from "../readings/reading-trace.js";

const { clock, energy, exported, profile } = names;
/** Wh (30), scaler 0 */
const scaler = read(3, energy, 3, "0202 0f00 161e");

/** The meaning of the last frame. */
function meaning(trace: Trace): string | undefined {
  const last = decode(trace).at(-1);
  return last === undefined ? undefined : summarizeMeaning(last, standardNames());
}

describe("a request", () => {
  it("has the name of the object", () => {
    expect(meaning([sent(`c001c1 ${descriptor(3, energy, 2)} 00`)])).toBe(
      "Active energy import (+A)",
    );
  });

  it("has the first name and how many follow", () => {
    const list = [energy, exported, clock].map((name) => `${descriptor(3, name, 2)} 00`);
    expect(meaning([sent(`c003c1 03 ${list.join(" ")}`)])).toBe(
      "Active energy import (+A) and 2 more",
    );
  });

  it("of what is written does not show the value", () => {
    expect(meaning([sent(`c101c1 ${descriptor(3, energy, 2)} 00 ${number(5)}`)])).toBe(
      "Active energy import (+A)",
    );
  });
});

describe("an answer", () => {
  it("has the value in its unit", () => {
    expect(meaning([...scaler, ...read(3, energy, 2, number(123_456))])).toBe(
      "Active energy import (+A) total = 123.456 kWh",
    );
  });

  it("has the first of several values", () => {
    const body = structure(`0906${energy}`, number(1), `0906${exported}`, number(2));
    expect(meaning([...scaler, push(body)])).toBe(
      "2 values, first Active energy import (+A) total = 1 Wh",
    );
  });

  it("counts the rows of a profile", () => {
    const columns = read(7, profile, 3, array(captured(8, clock), captured(3, energy)));
    const rows = (...hours: readonly number[]) =>
      read(7, profile, 2, array(...hours.map((hour) => structure(dateTime(hour), number(hour)))));
    expect(meaning([...columns, ...rows(12, 13)])).toBe(
      "4 values in 2 rows, first Clock = 2023-01-01T12:00:00*",
    );
    expect(meaning([...columns, ...rows(12)])).toBe(
      "2 values in 1 row, first Clock = 2023-01-01T12:00:00*",
    );
  });

  it("cuts long texts", () => {
    // 60 characters A.
    const text = meaning(read(1, "0000600100ff", 2, `0a3c ${"41".repeat(60)}`));
    expect(text).toMatch(/ = A{48}\.\.\.$/);
  });

  it("does not show secrets: the LLS secret of the association", () => {
    const text = meaning(read(15, "0000280000ff", 7, "0908 3132333435363738"));
    expect(text ?? "").not.toMatch(/12345678|3132333435363738/);
  });
});

it("is none where the frame names nothing", () => {
  expect(meaning([told("c401c1 00 1101")])).toBeUndefined();
  // SNRM, corpus fs-22222885268-iec21-0001.
  expect(meaning([sent("7ea0070321930f017e")])).toBeUndefined();
  // A short name that nobody knows.
  expect(meaning([sent("05 01 02 3008")])).toBeUndefined();
});
