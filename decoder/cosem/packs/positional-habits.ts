/** The habits of vendors that findPositionalPush knows: a table. */
import type { PositionalColumn, PositionalPush } from "./positional-push.js";

const W = 27;
const VAR = 29;
const WH = 30;
const VARH = 32;
const A = 33;
const V = 35;

function data(obis: string, name?: string): PositionalColumn {
  return { classId: 1, obis, attribute: 2, ...(name === undefined ? {} : { name }) };
}

function register(obis: string, unit: number, scaler = 0): PositionalColumn {
  return { classId: 3, obis, attribute: 2, unit, scaler };
}

const clock: PositionalColumn = { classId: 8, obis: "0-0:1.0.0*255", attribute: 2 };

const power = register("1-0:1.7.0*255", W);
const exportedPower = register("1-0:2.7.0*255", W);
const powers = [
  power,
  exportedPower,
  register("1-0:3.7.0*255", VAR),
  register("1-0:4.7.0*255", VAR),
];
const energies = [
  register("1-0:1.8.0*255", WH),
  register("1-0:2.8.0*255", WH),
  register("1-0:3.8.0*255", VARH),
  register("1-0:4.8.0*255", VARH),
];
const importByRate = ["0", "1", "2"].map((rate) => register(`1-0:1.8.${rate}*255`, WH));
const exportByRate = ["0", "1", "2"].map((rate) => register(`1-0:2.8.${rate}*255`, WH));
const importByPhase = ["21", "41", "61"].map((c) => register(`1-0:${c}.7.0*255`, W));
const exportByPhase = ["22", "42", "62"].map((c) => register(`1-0:${c}.7.0*255`, W));
const currents = (scaler: number) =>
  ["31", "51", "71"].map((c) => register(`1-0:${c}.7.0*255`, A, scaler));
const voltages = (scaler: number) =>
  ["32", "52", "72"].map((c) => register(`1-0:${c}.7.0*255`, V, scaler));

const u8 = "unsigned";
const u16 = "long-unsigned";
const u32 = "double-long-unsigned";
const times = (count: number, type: string): string[] => Array.from({ length: count }, () => type);

const kaifaSource =
  "OBIS lists that Kaifa published for the Norwegian HAN; byte breakdown by Mälarenergi, Sweden";
const kaifaHead = [
  data("1-1:0.2.129*255", "OBIS list version"),
  data("0-0:96.1.0*255", "Meter number (GIAI, GS1)"),
  data("0-0:96.1.7*255", "Meter type"),
  ...powers,
];
const kaifaHeadTypes = [
  "octet-string:7=KFM_001|visible-string:7=KFM_001",
  "octet-string:16|visible-string:16",
  "octet-string|visible-string",
  ...times(4, u32),
];
/** Meters behind current transformers count in 64 bits. */
const kaifaEnergyTypes = ["octet-string:12", ...times(4, `${u32}|long64-unsigned`)];
const kaifaSinglePhase = [register("1-0:31.7.0*255", A, -3), register("1-0:32.7.0*255", V, -1)];
const kaifaThreePhases = [...currents(-3), ...voltages(-1)];

const iskraSource =
  "Readers of Iskraemeco AM550 (amsleser.no); sums of rates and of phases in recorded pushes agree";
const iskraName = "octet-string:16=ISK";
const iskraHead = [data("0-0:42.0.0*255", "COSEM logical device name")];

export const habits: readonly PositionalPush[] = [
  {
    id: "kaifa-list-1",
    label: "Kaifa list 1 (Norway, Sweden)",
    source: kaifaSource,
    types: [u32],
    columns: [power],
  },
  {
    id: "kaifa-list-2-single-phase",
    label: "Kaifa list 2, single phase (Norway, Sweden)",
    source: kaifaSource,
    types: [...kaifaHeadTypes, ...times(2, u32)],
    columns: [...kaifaHead, ...kaifaSinglePhase],
  },
  {
    id: "kaifa-list-2",
    label: "Kaifa list 2, three phases (Norway, Sweden)",
    source: kaifaSource,
    types: [...kaifaHeadTypes, ...times(6, u32)],
    columns: [...kaifaHead, ...kaifaThreePhases],
  },
  {
    id: "kaifa-list-3-single-phase",
    label: "Kaifa list 3, single phase (Norway, Sweden)",
    source: kaifaSource,
    types: [...kaifaHeadTypes, ...times(2, u32), ...kaifaEnergyTypes],
    columns: [...kaifaHead, ...kaifaSinglePhase, clock, ...energies],
  },
  {
    id: "kaifa-list-3",
    label: "Kaifa list 3, three phases (Norway, Sweden)",
    source: kaifaSource,
    types: [...kaifaHeadTypes, ...times(6, u32), ...kaifaEnergyTypes],
    columns: [...kaifaHead, ...kaifaThreePhases, clock, ...energies],
  },
  {
    id: "iskra-am550-instantaneous",
    label: "Iskraemeco AM550, momentary values (Elektro Ljubljana, Slovenia)",
    source: iskraSource,
    types: [iskraName, "octet-string:8", ...times(4, u32), ...times(6, u16), ...times(6, u32)],
    columns: [
      ...iskraHead,
      undefined,
      ...powers,
      ...voltages(-1),
      ...currents(-2),
      ...importByPhase,
      ...exportByPhase,
    ],
  },
  {
    id: "iskra-am550-energies",
    label: "Iskraemeco AM550, energies (Elektro Ljubljana, Slovenia)",
    source: iskraSource,
    types: [iskraName, "octet-string:8", "enum|boolean", "octet-string:2", ...times(8, u32)],
    columns: [
      ...iskraHead,
      undefined,
      { classId: 70, obis: "0-0:96.3.10*255", attribute: 3, name: "Disconnector" },
      data("0-0:96.14.0*255", "Active energy tariff"),
      ...importByRate,
      ...exportByRate,
      register("1-0:3.8.0*255", VARH),
      register("1-0:4.8.0*255", VARH),
    ],
  },
  {
    id: "iskra-am550-celje",
    label: "Iskraemeco AM550, momentary values (Elektro Celje, Slovenia)",
    source: iskraSource,
    types: [iskraName, "octet-string:5", ...times(6, u16), ...times(4, u32)],
    columns: [...iskraHead, undefined, ...voltages(-1), ...currents(-2), ...powers],
  },
  {
    id: "iskra-am550-single-phase",
    label: "Iskraemeco AM550, single phase, momentary values (Elektro Ljubljana, Slovenia)",
    source: iskraSource,
    types: [iskraName, "octet-string:11=ISK", ...times(4, u32), u16, u16, u32, u32],
    columns: [
      ...iskraHead,
      undefined,
      ...powers,
      register("1-0:32.7.0*255", V, -1),
      register("1-0:31.7.0*255", A, -2),
      register("1-0:21.7.0*255", W),
      register("1-0:22.7.0*255", W),
    ],
  },
  {
    id: "iskra-am550-single-phase-voltage",
    label: "Iskraemeco AM550, single phase, powers and voltage (Elektro Ljubljana, Slovenia)",
    source: iskraSource,
    types: [iskraName, "octet-string:11=ISK", ...times(4, u32), u16, u32, u32],
    columns: [
      ...iskraHead,
      undefined,
      ...powers,
      register("1-0:32.7.0*255", V, -1),
      undefined,
      undefined,
    ],
  },
  {
    id: "iskra-am550-powers-and-energies",
    label: "Iskraemeco AM550, powers and energies (Elektro Ljubljana, Slovenia)",
    source: iskraSource,
    types: [iskraName, ...times(8, u32)],
    columns: [...iskraHead, power, exportedPower, ...importByRate, ...exportByRate],
  },
  {
    id: "iskra-am550-totals",
    label: "Iskraemeco AM550, energy totals (Elektro Ljubljana, Slovenia)",
    source: `${iskraSource}; the totals of another push of the same meter`,
    types: ["octet-string:8", u8, u32, u32],
    columns: [undefined, undefined, register("1-0:1.8.0*255", WH), register("1-0:2.8.0*255", WH)],
  },
  {
    id: "iskra-ie5",
    label: "Iskraemeco IE.5 (HEP, Croatia)",
    source: "Readers of Iskraemeco IE.5 (amsleser.no); sums of rates and of phases agree",
    types: [
      "octet-string:8",
      "octet-string:4",
      "octet-string:5",
      ...times(12, u32),
      u16,
      ...times(6, u32),
      ...times(6, u16),
      u32,
      ...times(3, "array"),
      "boolean",
    ],
    columns: [
      undefined,
      { ...data("1-0:0.9.1*255"), name: "Local time" },
      { ...data("1-0:0.9.2*255"), name: "Local date" },
      ...importByRate,
      ...exportByRate,
      ...["5", "6", "7", "8"].map((c) => register(`1-0:${c}.8.0*255`, VARH)),
      power,
      exportedPower,
      { classId: 3, obis: "1-0:13.7.0*255", attribute: 2, unit: 255, scaler: -3 },
      ...importByPhase,
      ...exportByPhase,
      ...voltages(-1),
      ...currents(-2),
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ],
  },
  {
    id: "iskra-am550-kelag",
    label: "Iskraemeco AM550 (Kärnten Netz, Austria)",
    source: "Readers of Iskraemeco AM550 (amsleser.no)",
    types: [
      "octet-string:6",
      "octet-string:13",
      "octet-string:4",
      "octet-string:5",
      ...times(6, u32),
      "octet-string:0",
      "octet-string:0",
    ],
    columns: [
      { classId: 40, obis: "0-6:25.9.0*255", attribute: 1, name: "Push setup" },
      undefined,
      { ...data("1-0:0.9.1*255"), name: "Local time" },
      { ...data("1-0:0.9.2*255"), name: "Local date" },
      ...energies,
      power,
      exportedPower,
      undefined,
      undefined,
    ],
  },
  {
    id: "landis-gyr-e450-burgenland",
    label: "Landis+Gyr E450 (Netz Burgenland, Austria)",
    source: "Readers of Landis+Gyr E450 (amsleser.no), breakdown by the operator's customers",
    types: [...times(6, u16), ...times(4, u32), ...times(3, u16), "octet-string:8"],
    columns: [
      ...voltages(0),
      ...currents(-2),
      power,
      exportedPower,
      register("1-0:1.8.0*255", WH),
      register("1-0:2.8.0*255", WH),
      undefined,
      undefined,
      undefined,
      data("0-0:96.1.0*255", "Meter number"),
    ],
  },
];
