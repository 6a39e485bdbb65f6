/** The objects of the meter of `meter-day.pcapng`, and what they hold. */
import {
  array,
  dateTime,
  doubleLongUnsigned,
  enumerated,
  integer,
  logicalName,
  longUnsigned,
  octets,
  scalerUnit,
  structure,
  unsigned,
} from "./cosem-data.js";
import { type Registers, registersAfter } from "./load-curve.js";

export const obis = {
  association: "0-0:40.0.0*255",
  deviceName: "0-0:42.0.0*255",
  invocationCounter: "0-0:43.1.0*255",
  clock: "0-0:1.0.0*255",
  imported: "1-0:1.8.0*255",
  exported: "1-0:2.8.0*255",
  demand: "1-0:1.4.0*255",
  status: "0-0:96.10.1*255",
  profile: "1-0:99.1.0*255",
  disconnector: "0-0:96.3.10*255",
  pushSetup: "0-0:25.9.0*255",
} as const;

/** Midnight at the meter, as 2026-01-15 begins, and the registers then. */
export const dayBegin = Date.UTC(2026, 0, 14, 23) / 1000;
export const registersAtBegin: Registers = { imported: 12_345_678, exported: 2_034_567 };
export const quartersOfDay = 96;
export const capturePeriod = 900;

/** Scaler and unit of both registers: Wh (30). */
export const energyUnit = scalerUnit(0, 30);

/** The registers at that time of the meter: they count on from quarter to quarter. */
export function registersAt(utcSeconds: number): Registers {
  return registersAfter(Math.floor((utcSeconds - dayBegin) / capturePeriod), registersAtBegin);
}

/** A capture object, or what a push sends: class, name, attribute, the whole of it. */
function column(classId: number, name: string, attribute: number): Uint8Array {
  return structure(
    longUnsigned(classId),
    octets(logicalName(name)),
    integer(attribute),
    longUnsigned(0),
  );
}

const clockColumn = column(8, obis.clock, 2);
export const captureObjects = array(
  clockColumn,
  column(1, obis.status, 2),
  column(3, obis.imported, 2),
  column(3, obis.exported, 2),
);

/** range_descriptor: rows from one time to another, all columns. */
export function profileRange(from: number, to: number): Uint8Array {
  return structure(clockColumn, octets(dateTime(from)), octets(dateTime(to)), array());
}

/** A row for each quarter of the day, those of both midnights included. */
export function profileBuffer(): Uint8Array {
  const rows = Array.from({ length: quartersOfDay + 1 }, (_, quarter) => {
    const { imported, exported } = registersAfter(quarter, registersAtBegin);
    return structure(
      octets(dateTime(dayBegin + quarter * capturePeriod)),
      unsigned(0),
      doubleLongUnsigned(imported),
      doubleLongUnsigned(exported),
    );
  });
  return array(...rows);
}

/** It names itself first: so the body of a push tells what it brings. */
export const pushObjectList = array(
  column(40, obis.pushSetup, 2),
  clockColumn,
  column(3, obis.imported, 2),
  column(3, obis.imported, 3),
  column(3, obis.exported, 2),
  column(3, obis.exported, 3),
);

/** What the meter pushes at that time. */
export function pushBody(utcSeconds: number): Uint8Array {
  const { imported, exported } = registersAt(utcSeconds);
  return structure(
    pushObjectList,
    octets(dateTime(utcSeconds)),
    doubleLongUnsigned(imported),
    energyUnit,
    doubleLongUnsigned(exported),
    energyUnit,
  );
}

const access = { read: 1, readAndWrite: 3 } as const;
const none = Uint8Array.of(0);

/** An entry of the object list: its attributes with their rights, and the methods it may call. */
function listed(
  classId: number,
  version: number,
  name: string,
  attributes: Readonly<Record<number, number>>,
  methods: readonly number[] = [],
  selectors: Readonly<Record<number, Uint8Array>> = {},
): Uint8Array {
  const attributeRights = Object.entries(attributes).map(([attribute, mode]) =>
    structure(integer(Number(attribute)), enumerated(mode), selectors[Number(attribute)] ?? none),
  );
  const methodRights = methods.map((method) => structure(integer(method), enumerated(1)));
  return structure(
    longUnsigned(classId),
    unsigned(version),
    octets(logicalName(name)),
    structure(array(...attributeRights), array(...methodRights)),
  );
}

const { read, readAndWrite } = access;
export const objectList = array(
  listed(15, 1, obis.association, { 1: read, 2: read }, [1]),
  listed(1, 0, obis.deviceName, { 1: read, 2: read }),
  listed(1, 0, obis.invocationCounter, { 1: read, 2: read }),
  listed(8, 0, obis.clock, { 1: read, 2: readAndWrite, 3: readAndWrite, 4: read }, [6]),
  listed(3, 0, obis.imported, { 1: read, 2: read, 3: read }),
  listed(3, 0, obis.exported, { 1: read, 2: read, 3: read }),
  listed(5, 0, obis.demand, { 1: read, 2: read, 3: read, 4: read, 8: readAndWrite }),
  listed(1, 0, obis.status, { 1: read, 2: read }),
  listed(7, 1, obis.profile, { 1: read, 2: read, 3: read, 4: readAndWrite }, [], {
    2: array(integer(1), integer(2)),
  }),
  listed(70, 0, obis.disconnector, { 1: read, 2: read, 3: read, 4: read }, [1, 2]),
  listed(40, 0, obis.pushSetup, { 1: read, 2: readAndWrite }),
);
