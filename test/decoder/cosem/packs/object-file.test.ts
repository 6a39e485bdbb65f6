import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ObjectFileError, readObjectFile } from "../../../../decoder/cosem/packs/object-file.js";

/** The refusal of a text. */
function refusal(text: string): ObjectFileError {
  try {
    readObjectFile(text, "objects.csv");
  } catch (error) {
    if (error instanceof ObjectFileError) return error;
    throw error;
  }
  throw new Error("not refused");
}

describe("readObjectFile, CSV", () => {
  it("reads code, class, name, unit and scaler, and what is left out", () => {
    const text = "1-0:1.8.0*255,3,Energy import,Wh,3\n0.0.96.1.0.255,,Meter number\n";
    expect(readObjectFile(text, "objects.csv")).toEqual([
      {
        pattern: { least: [1, 0, 1, 8, 0, 255], most: [1, 0, 1, 8, 0, 255] },
        code: "1-0:1.8.0*255",
        classId: 3,
        name: "Energy import",
        unit: 30,
        scaler: 3,
        origin: "objects.csv",
        place: "line 1",
      },
      {
        pattern: { least: [0, 0, 96, 1, 0, 255], most: [0, 0, 96, 1, 0, 255] },
        code: "0.0.96.1.0.255",
        name: "Meter number",
        origin: "objects.csv",
        place: "line 2",
      },
    ]);
  });

  it.each([
    ["n for any value", "0-n:24.2.1*255", [0, 0, 24, 2, 1, 255], [0, 255, 24, 2, 1, 255]],
    ["x for any value", "0-x:24.2.1*255", [0, 0, 24, 2, 1, 255], [0, 255, 24, 2, 1, 255]],
    ["a range", "1-0:1.8.1-4*255", [1, 0, 1, 8, 1, 255], [1, 0, 1, 8, 4, 255]],
    ["a range of channels", "0-1-4:24.1.0*255", [0, 1, 24, 1, 0, 255], [0, 4, 24, 1, 0, 255]],
    ["a range between dots", "0.1-4.24.1.0.255", [0, 1, 24, 1, 0, 255], [0, 4, 24, 1, 0, 255]],
    ["255 for F left out", "1-0:1.8.0", [1, 0, 1, 8, 0, 255], [1, 0, 1, 8, 0, 255]],
  ])("takes %s", (_, code, least, most) => {
    expect(readObjectFile(`${code},,Name`, "objects.csv")[0]?.pattern).toEqual({ least, most });
  });

  it.each([
    ["commas", "1-0:1.8.0*255,3,Energy,Wh,0"],
    ["semicolons", "1-0:1.8.0*255;3;Energy;Wh;0"],
    ["tabulators", "1-0:1.8.0*255\t3\tEnergy\tWh\t0"],
    ["blanks around fields", " 1-0:1.8.0*255 , 3 , Energy , Wh , 0 "],
    ["quotes", '"1-0:1.8.0*255","3","Energy","Wh","0"'],
    [
      "a byte order mark, CRLF, remarks and empty lines",
      "\ufeff# mine\r\n\r\n1-0:1.8.0*255,3,Energy,Wh,0\r\n",
    ],
    ["a header", "code,class,name,unit,scaler\n1-0:1.8.0*255,3,Energy,Wh,0"],
    ["a header of its own order", "name;obis;scaler;unit;class\nEnergy;1-0:1.8.0*255;0;30;3"],
  ])("reads %s", (_, text) => {
    expect(readObjectFile(text, "objects.csv")).toMatchObject([
      { code: "1-0:1.8.0*255", classId: 3, name: "Energy", unit: 30, scaler: 0 },
    ]);
  });

  it("keeps separators and quotes within a quoted name", () => {
    const text = '1-0:1.8.0*255,3,"Energy, ""day"" and night",Wh,0';
    expect(readObjectFile(text, "objects.csv")[0]?.name).toBe('Energy, "day" and night');
  });

  it.each([
    ["a code that is none", "# mine\n1-0:1.8*255,3,Energy", 2, /a code such as 1-0:1\.8\.0\*255/],
    ["a group above 255", "1-0:1.8.256*255,3,Energy", 1, /a code such as/],
    ["a range that runs backwards", "1-0:1.8.4-1*255,3,Energy", 1, /a code such as/],
    ["no name", "1-0:1.8.0*255,3,,Wh", 1, /a name is expected/],
    ["a class that is none", "1-0:1.8.0*255,Register,Energy", 1, /a class is a number/],
    ["class 0", "1-0:1.8.0*255,0,Energy", 1, /a class is a number from 1 to 65535/],
    ["a unit with a prefix", "1-0:1.8.0*255,3,Energy,kWh", 1, /Wh with scaler 3 for kWh/],
    ["a reserved unit", "1-0:1.8.0*255,3,Energy,200", 1, /a unit is its number or symbol/],
    ["a scaler too large", "1-0:1.8.0*255,3,Energy,Wh,10", 1, /from -9 to 9/],
    ["a broken scaler", "1-0:1.8.0*255,3,Energy,Wh,0.5", 1, /a whole number/],
    [
      "too many fields",
      "1-0:1.8.0*255,3,Energy,Wh,0,more",
      1,
      /5 fields at most are expected, not 6/,
    ],
    [
      "open quotes",
      'code,class,name\r\n\r\n1-0:1.8.0*255,3,"Energy',
      3,
      /quotes must open and close/,
    ],
    [
      "a header with a stranger",
      "code,name,colour\n1-0:1.8.0*255,Energy,red",
      1,
      /the header may name/,
    ],
    [
      "a code twice",
      "1-0:1.8.0*255,3,Energy\n# again\n1.0.1.8.0.255,3,Energy",
      3,
      /1\.0\.1\.8\.0\.255 is already named in line 1/,
    ],
  ])("refuses %s with its line", (_, text, line, message) => {
    const error = refusal(text);
    expect(error.line).toBe(line);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`objects.csv, line ${line}: `);
  });

  it("takes the same code for two classes", () => {
    const text = "0-0:96.3.10*255,70,Disconnector\n0-0:96.3.10*255,1,Its state";
    expect(readObjectFile(text, "objects.csv")).toHaveLength(2);
  });
});

describe("readObjectFile, JSON", () => {
  it("reads objects with obis, class, name, unit and scaler", () => {
    const text = `[
      { "obis": "1-0:1.8.0*255", "class": 3, "name": "Energy", "unit": "Wh", "scaler": 0 },
      { "obis": "0-n:24.2.1*255", "name": "Gas", "unit": 13, "scaler": null }
    ]`;
    expect(readObjectFile(text, "objects.json")).toMatchObject([
      { classId: 3, name: "Energy", unit: 30, scaler: 0, place: "[0]" },
      { code: "0-n:24.2.1*255", name: "Gas", unit: 13, place: "[1]" },
    ]);
  });

  it.each([
    ["a class that is none", '[{"obis":"1-0:1.8.0","name":"E","class":"x"}]', "[0].class"],
    ["a code that is none", '[{"obis":"1-0:1.8","name":"E"}]', "[0].obis"],
    ["no code", '[{"name":"E"}]', "[0].obis"],
    ["no name", '[{"obis":"1-0:1.8.0"}]', "[0].name"],
    ["a member it does not know", '[{"obis":"1-0:1.8.0","name":"E","colour":"red"}]', "[0].colour"],
    ["a list for a text", '[{"obis":"1-0:1.8.0","name":["E"]}]', "[0].name"],
    ["what is no object", '[{"obis":"1-0:1.8.0","name":"E"},3]', "[1]"],
    ["what is no array", '{"obis":"1-0:1.8.0","name":"E"}', "line 1"],
    ["broken JSON", '[\n  {"obis" "1-0:1.8.0"}\n]', "line 2, column 11"],
    ["a code twice", '[{"obis":"1-0:1.8.0","name":"E"},{"obis":"1-0:1.8.0","name":"F"}]', "[1]"],
  ])("refuses %s with its place", (_, text, place) => {
    expect(refusal(text).place).toBe(place);
  });
});

describe("readObjectFile, any text", () => {
  it("reads it or refuses it with a place", () => {
    const pieces = fc.constantFrom(
      "1-0:1.8.0*255",
      ",",
      ";",
      '"',
      "\n",
      "#",
      "3",
      "Wh",
      "[",
      "{",
      "n",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((p) => p.join("")),
        ),
        (text) => {
          try {
            readObjectFile(text, "any");
          } catch (error) {
            if (!(error instanceof ObjectFileError)) throw error;
            expect(error.place).not.toBe("");
          }
        },
      ),
    );
  });
});
