/**
 * Objects that are listed one by one: lines of text, taken apart when the first code is looked up.
 *
 * ```
 * 96 General and service entries       a heading of value group C
 * 96.1 Device identification           a heading of value group D
 * 96.1.10 1 Metering point ID          C, D, E, the class (- where it is not certain), the name
 * 96.6.3 3 Battery voltage [35]        with a unit
 * 0.1.2*0-99 1 Time stamp {f}          with value group F, which is 255 otherwise
 * 97.98.0-9 1 Alarm register {e+1}     a range; {c}, {d}, {e}, {f} with a number added
 * 24.1.0-127 72 M-Bus client{i}        {i}: nothing for E = 0, then `, instance 1` and so on
 * 98.1.0-127*p 7 Data{p}               any billing period, and its name
 * ```
 */
import { billingPeriod } from "./billing-period.js";
import type { ObisDescription, ObisGroups } from "./obis-description.js";

export interface ObjectLines {
  /** What the code stands for; undefined where no line has it. */
  find(groups: ObisGroups): ObisDescription | undefined;
  headingC(c: number): string | undefined;
  headingD(c: number, d: number): string | undefined;
}

type Range = readonly [least: number, most: number];

interface ObjectLine {
  readonly d: Range;
  readonly e: Range;
  readonly f: Range;
  readonly classId: number | undefined;
  readonly name: string;
  readonly unit: number | undefined;
}

/** The lines of a table, still as text: the first call takes them apart. */
export function objectLines(text: () => string): () => ObjectLines {
  let lines: ObjectLines | undefined;
  return () => {
    lines ??= takeApart(text());
    return lines;
  };
}

function takeApart(text: string): ObjectLines {
  const objects = new Map<number, ObjectLine[]>();
  const headings = new Map<string, string>();
  for (const line of text.trim().split("\n")) {
    const heading = /^(\d+(?:\.\d+)?) (.+)$/.exec(line);
    const object = /^([\d-]+)\.([\d-]+)\.([\d-]+)(?:\*(\S+))? (\d+|-) (.+?)(?: \[(\d+)\])?$/.exec(
      line,
    );
    if (object !== null) {
      const [, c = "", d = "", e = "", f = "255", classId = "-", name = "", unit] = object;
      const entry = {
        d: range(d),
        e: range(e),
        f: f === "p" ? ([0, 255] as const) : range(f),
        classId: classId === "-" ? undefined : Number(classId),
        name,
        unit: unit === undefined ? undefined : Number(unit),
      };
      const [least, most] = range(c);
      for (let each = least; each <= most; each++) {
        const list = objects.get(each);
        if (list === undefined) objects.set(each, [entry]);
        else list.push(entry);
      }
    } else if (heading !== null) {
      headings.set(heading[1] ?? "", heading[2] ?? "");
    } else {
      throw new SyntaxError(`no line of objects: ${line}`);
    }
  }
  const headingC = (c: number) => headings.get(String(c));
  const headingD = (c: number, d: number) => headings.get(`${c}.${d}`);
  return {
    headingC,
    headingD,
    find(groups) {
      const { c, d, e, f } = groups;
      const found = objects
        .get(c)
        ?.find((line) => contains(line.d, d) && contains(line.e, e) && contains(line.f, f));
      if (found === undefined) return undefined;
      const period = billingPeriod(f);
      if (!period.isDefined) return undefined;
      const name = fillIn(found.name, groups);
      return {
        name,
        isSpecific: true,
        classId: found.classId,
        unit: found.unit,
        c: headingC(c),
        d: headingD(c, d) ?? headingC(c),
        e: name,
        f: period.meaning,
      };
    },
  };
}

function range(text: string): Range {
  const [least = "", most = least] = text.split("-");
  return [Number(least), Number(most)];
}

function contains([least, most]: Range, value: number): boolean {
  return value >= least && value <= most;
}

function fillIn(name: string, groups: ObisGroups): string {
  return name
    .replace("{i}", groups.e === 0 || groups.e === 255 ? "" : `, instance ${groups.e}`)
    .replace("{p}", billingPeriod(groups.f).ofProfile)
    .replace(/\{([cdef])([+-]\d+)?\}/g, (_, group: keyof ObisGroups, added?: string) =>
      String(groups[group] + Number(added ?? 0)),
    );
}
