/** Value group D of electricity: how it is processed. IEC 62056-6-1, Value group D codes, Electricity. */

export type ProcessingKind =
  | "value" // in the unit of the quantity
  | "integral" // in the unit of its time integral
  | "counter"
  | "time";

export interface Processing {
  /** The standard's words: `Time integral 1`. */
  readonly meaning: string;
  /** What follows in the name; of integrals, in the name of an energy. */
  readonly suffix: string;
  readonly kind: ProcessingKind;
  /** Value group E counts harmonics where the quantity has some. */
  readonly isOfHarmonics: boolean;
}

/** Lines `D;kind;meaning;suffix`: the suffix is the meaning unless one is given, `-` for none. */
const lines = `
0;value;Billing period average;average in the billing period
1;value;Cumulative minimum 1
2;value;Cumulative maximum 1
3;value;Minimum 1
4;value;Current average 1
5;value;Last average 1
6;value;Maximum 1
7;value;Instantaneous value;-
8;integral;Time integral 1;-
9;integral;Time integral 2;in the billing period
10;integral;Time integral 3;above the threshold in the billing period
11;value;Cumulative minimum 2
12;value;Cumulative maximum 2
13;value;Minimum 2
14;value;Current average 2
15;value;Last average 2
16;value;Maximum 2
17;integral;Time integral 7;to the end of the last recording interval 1
18;integral;Time integral 8;to the end of the last recording interval 2
19;integral;Time integral 9;in the billing period to the end of the last recording interval 1
20;integral;Time integral 10;in the billing period to the end of the last recording interval 2
21;value;Cumulative minimum 3
22;value;Cumulative maximum 3
23;value;Minimum 3
24;value;Current average 3
25;value;Last average 3
26;value;Maximum 3
27;value;Current average 5
28;value;Current average 6
29;integral;Time integral 5;in recording interval 1
30;integral;Time integral 6;in recording interval 2
31;value;Under limit threshold
32;counter;Under limit occurrence counter
33;time;Under limit duration
34;value;Under limit magnitude
35;value;Over limit threshold
36;counter;Over limit occurrence counter
37;time;Over limit duration
38;value;Over limit magnitude
39;value;Missing threshold
40;counter;Missing occurrence counter
41;time;Missing duration
42;value;Missing magnitude
43;time;Time threshold for under limit
44;time;Time threshold for over limit
45;time;Time threshold for missing magnitude
46;value;Contracted value
49;value;Average for recording interval 1
50;value;Average for recording interval 2
51;value;Minimum for recording interval 1
52;value;Minimum for recording interval 2
53;value;Maximum for recording interval 1
54;value;Maximum for recording interval 2
55;value;Test average
56;value;Current average 4 for harmonics
58;integral;Time integral 4;in test mode`;

let table: ReadonlyMap<number, Processing> | undefined;

/** Undefined for a code that is reserved. */
export function findProcessing(d: number): Processing | undefined {
  table ??= new Map(lines.trim().split("\n").map(processing));
  return table.get(d);
}

function processing(line: string): [number, Processing] {
  const [code = "", kind = "", meaning = "", suffix = meaning.toLowerCase()] = line.split(";");
  const d = Number(code);
  const isOfHarmonics = d === 7 || d === 24 || d === 56 || (d >= 31 && d <= 45);
  return [
    d,
    {
      meaning,
      suffix: suffix === "-" ? "" : `, ${suffix}`,
      kind: isKind(kind) ? kind : "value",
      isOfHarmonics,
    },
  ];
}

function isKind(text: string): text is ProcessingKind {
  return ["value", "integral", "counter", "time"].includes(text);
}
