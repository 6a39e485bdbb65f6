import { afterEach, describe, expect, it } from "vitest";
import { readWindowPlace } from "../../electron/window-state.js";
import { TestFolder } from "../analyzer/test-folder.js";

const folders: TestFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

const left = { x: 0, y: 25, width: 1920, height: 1055 };
const right = { x: 1920, y: 0, width: 2560, height: 1440 };

function read(content: string | object, workAreas = [left]) {
  const folder = new TestFolder();
  folders.push(folder);
  folder.write("window.json", typeof content === "string" ? content : JSON.stringify(content));
  return readWindowPlace(folder.path, workAreas);
}

const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  isMaximized: false,
});
const first = { bounds: { width: 1280, height: 800 }, isMaximized: false };

describe("the place of the last window", () => {
  it("is taken where a screen shows its top", () => {
    expect(read(at(100, 60))).toEqual(at(100, 60));
    expect(read(at(2000, 10), [left, right])).toEqual(at(2000, 10));
    // 120 of its 1000 pixels are still on the screen at the left: from -880 to 120.
    expect(read(at(-880, 60))).toEqual(at(-880, 60));
  });

  it.each([
    ["a screen that is gone", at(2000, 10)],
    ["too far left", at(-881, 60)],
    ["above the screen", at(100, 24)],
    ["below it", at(100, 1041)],
  ])("is not taken: %s", (_name, place) => {
    expect(read(place)).toEqual(first);
  });

  it("is not smaller than the page can be", () => {
    expect(read(at(10, 60, 10, 10))).toEqual(at(10, 60, 720, 480));
  });

  it("stays maximized, with the place that it returns to", () => {
    expect(read({ ...at(100, 60), isMaximized: true }).isMaximized).toBe(true);
  });

  it.each([
    ["no JSON", "{"],
    ["another thing", "[]"],
    ["words for numbers", { bounds: { x: "1", y: 2, width: 3, height: 4 }, isMaximized: false }],
    ["no number", { bounds: { x: null, y: 2, width: 900, height: 900 }, isMaximized: false }],
    ["a place without end", at(1e300, 0)],
  ])("is forgotten where the file is spoiled: %s", (_name, content) => {
    expect(read(content)).toEqual(first);
  });
});
