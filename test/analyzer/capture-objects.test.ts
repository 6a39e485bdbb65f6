import { describe, expect, it } from "vitest";
import { type MeterObject, readCaptureObjects } from "../../analyzer/index.js";
import { inPieces, type LogLine, message, read, writeLog } from "./session-log.js";

async function modelsOf(lines: readonly LogLine[]) {
  return readCaptureObjects(inPieces(Buffer.from(writeLog(lines)), 100));
}

/** The objects of the only meter. */
async function objectsOf(lines: readonly LogLine[]): Promise<readonly MeterObject[]> {
  const [model, ...others] = await modelsOf(lines);
  expect(others).toEqual([]);
  return model?.objects ?? [];
}

const energy = "1-0:1.8.0*255";
const value = (at: number, client?: number) => read(at, 3, energy, 2, "06 0001e240", client);

/** An element of object_list: class, version, logical name, access rights. IEC 62056-6-2, class 15. */
const listed = (
  classId: string,
  version: string,
  name: string,
  attributes: readonly string[],
  methods: readonly string[],
) =>
  `02 04 12 ${classId} 11 ${version} 09 06 ${name} 02 02 ` +
  `01 0${attributes.length} ${attributes.join(" ")} 01 0${methods.length} ${methods.join(" ")}`;
/** attribute_access_item: id, access mode, no selectors. */
const attribute = (id: string, mode: string) => `02 03 0f ${id} 16 ${mode} 00`;
const method = (id: string, mode: string) => `02 02 0f ${id} ${mode}`;
const listOf = (at: number, ...elements: string[]) =>
  read(at, 15, "0-0:40.0.0*255", 2, `01 0${elements.length} ${elements.join(" ")}`);

describe("the objects of a meter", () => {
  it("are those of its list, with version and access rights", async () => {
    const objects = await objectsOf(
      listOf(
        0,
        listed(
          "0003",
          "00",
          "0100010800ff",
          [attribute("01", "01"), attribute("02", "03"), attribute("03", "00")],
          [method("01", "16 01")],
        ),
        listed(
          "000f",
          "01",
          "0000280000ff",
          [attribute("01", "04"), attribute("02", "06"), attribute("07", "05")],
          [method("01", "16 02"), method("02", "16 00")],
        ),
        listed("0001", "00", "00002a0000ff", [attribute("02", "02")], [method("01", "03 01")]),
      ),
    );
    expect(
      objects.map(({ logicalName, classId, version, isListed, access }) => [
        logicalName.join("."),
        classId,
        version,
        isListed,
        access,
      ]),
    ).toEqual([
      // By their logical names; mode 0 is no access.
      [
        "0.0.40.0.0.255",
        15,
        1,
        true,
        "1 authenticated read, 2 authenticated read and write, 7 authenticated write; method 1 authenticated",
      ],
      ["0.0.42.0.0.255", 1, 0, true, "2 write; method 1"],
      ["1.0.1.8.0.255", 3, 0, true, "1 read, 2 read and write; method 1"],
    ]);
  });

  it("have access rights in bits where the association is of version 3", async () => {
    // 0x01 read, 0x02 write, 0x04 authenticated request, 0x20 authenticated response; how a request
    // is to be protected says nothing where it may neither read nor write.
    const objects = await objectsOf(
      listOf(
        0,
        listed("000f", "03", "0000280000ff", [attribute("02", "01")], []),
        listed(
          "0003",
          "00",
          "0100010800ff",
          [attribute("02", "05"), attribute("03", "27"), attribute("04", "04")],
          [method("01", "16 05"), method("02", "16 01")],
        ),
      ),
    );
    expect(objects.map(({ access }) => access)).toEqual([
      "2 read",
      "2 read (authenticated request), " +
        "3 read and write (authenticated request, authenticated response); " +
        "method 1 (authenticated request), method 2",
    ]);
  });

  it("are those that were named, too, with the number of frames that name them", async () => {
    const objects = await objectsOf([
      ...value(0),
      ...value(1000),
      // get-request-with-list names one object twice.
      message(2000, "client", "c00341 02 0003 0100010800ff 02 00 0003 0100010800ff 03 00"),
      message(2100, "server", "c40341 02 00 06 00000007 00 02 02 0f 00 16 1e"),
      // set-request-normal and its answer.
      message(3000, "client", "c10141 0001 0000600e00ff 02 00 11 05"),
      message(3100, "server", "c50141 00"),
    ]);
    expect(
      objects.map(({ logicalName, isListed, version, access, frames }) => [
        logicalName.join("."),
        isListed,
        version,
        access,
        frames,
      ]),
    ).toEqual([
      ["0.0.96.14.0.255", false, undefined, "", 1],
      ["1.0.1.8.0.255", false, undefined, "", 3],
    ]);
    // What the client writes is no value that the meter told.
    expect(objects[0]?.values.size).toBe(0);
    expect(objects[1]?.values.get(2)).toEqual({ text: "7 Wh", time: undefined, frame: 6 });
  });

  it("have the last value of each attribute", async () => {
    const [object] = await objectsOf([
      ...read(0, 4, "1-0:1.6.0*255", 2, "12 00c8"),
      ...read(1000, 4, "1-0:1.6.0*255", 3, "02 02 0f 00 16 1b"),
      ...read(2000, 4, "1-0:1.6.0*255", 5, "09 0c 07ea0102 05 030400 00 8000 00"),
      ...read(3000, 4, "1-0:1.6.0*255", 2, "12 00c9"),
    ]);
    expect([...(object?.values ?? [])]).toEqual([
      [2, { text: "201 W", time: undefined, frame: 8 }],
      [5, { text: "2026-01-02T03:04:00*", time: undefined, frame: 6 }],
    ]);
  });

  it("have values in the scaler that was read after them", async () => {
    // 123456 times 10 to the power of 1 Wh.
    const scaler = read(1000, 3, energy, 3, "02 02 0f 01 16 1e");
    for (const lines of [
      [...value(0), ...scaler],
      [...scaler, ...value(2000)],
    ]) {
      const [object] = await objectsOf(lines);
      expect(object?.values.get(2)?.text).toBe("1.23456 MWh");
    }
  });

  it("keep the scaler of the time of the value where it changes later", async () => {
    const [object] = await objectsOf([
      ...read(0, 3, energy, 3, "02 02 0f 01 16 1e"),
      ...value(1000),
      ...read(2000, 3, energy, 3, "02 02 0f 02 16 1e"),
    ]);
    expect(object?.values.get(2)?.text).toBe("1.23456 MWh");
  });

  it("are one where a push names them without their class, and a request with it", async () => {
    // data-notification: structure of a logical name and 5.
    const push = message(0, "server", "0f 00000001 00 02 02 09 06 0100010800ff 11 05");
    const scaler = read(1000, 3, energy, 3, "02 02 0f 00 16 1e");
    for (const lines of [
      [push, ...scaler],
      [...scaler, push],
    ]) {
      const [object, ...others] = await objectsOf(lines);
      expect(others).toEqual([]);
      expect(object).toMatchObject({ classId: 3, frames: 2 });
      expect(object?.values.get(2)?.text).toBe("5 Wh");
    }
  });

  it("are counted once in an event notification that brings their value", async () => {
    // event-notification-request without time.
    const [object] = await objectsOf([message(0, "server", "c2 00 0003 0100010800ff 02 11 05")]);
    expect(object).toMatchObject({ classId: 3, frames: 1 });
    expect(object?.values.get(2)?.text).toBe("5");
  });
});

describe("the objects of several conversations", () => {
  /** KFM12, an octet-string. */
  const deviceName = (at: number, client: number) =>
    read(at, 1, "0-0:42.0.0*255", 2, "09 05 4b464d3132", client);

  it("are those of one meter where it calls itself the same", async () => {
    const models = await modelsOf([
      ...deviceName(0, 16),
      ...value(1000, 16),
      ...deviceName(2000, 1),
      ...read(3000, 3, energy, 2, "06 00000007", 1),
      ...read(4000, 8, "0-0:1.0.0*255", 2, "09 0c 07ea0102 05 030405 00 ffc4 00", 1),
      // Again with the first client, after the second: what it learns is of its own conversation.
      ...read(5000, 3, energy, 3, "02 02 0f 00 16 1e", 16),
      ...read(6000, 3, energy, 3, "02 02 0f 01 16 1e", 1),
    ]);
    expect(models.map(({ meter }) => meter)).toEqual(["KFM12"]);
    const objects = models[0]?.objects ?? [];
    expect(
      objects.map(({ logicalName, frames, values }) => [
        logicalName.join("."),
        frames,
        values.get(2)?.text,
        values.get(2)?.frame,
      ]),
    ).toEqual([
      ["0.0.1.0.0.255", 1, "2026-01-02T03:04:05+01:00", 10],
      ["0.0.42.0.0.255", 2, "KFM12", 6],
      // The value of frame 8 is the last one; 7 times 10 to the power of 1.
      ["1.0.1.8.0.255", 4, "70 Wh", 8],
    ]);
  });

  it("are one where but one of them knows the class", async () => {
    const push = (client: number) =>
      message(4000, "server", "0f 00000001 00 02 02 09 06 0100010800ff 11 05", client);
    for (const [first, second] of [
      [16, 1],
      [1, 16],
    ] as const) {
      const [model] = await modelsOf([
        ...deviceName(0, first),
        ...deviceName(1000, second),
        ...value(2000, 16),
        push(1),
      ]);
      const energies = model?.objects.filter(({ logicalName }) => logicalName[0] === 1) ?? [];
      expect(energies).toMatchObject([{ classId: 3, frames: 2 }]);
      expect(energies[0]?.values.get(2)).toMatchObject({ text: "5", frame: 7 });
    }
  });

  it("are those of different meters otherwise", async () => {
    const models = await modelsOf([...deviceName(0, 16), ...value(1000, 16), ...value(2000, 1)]);
    expect(models.map(({ meter, objects }) => [meter, objects.length])).toEqual([
      ["KFM12", 2],
      ["server 1", 1],
    ]);
  });
});
