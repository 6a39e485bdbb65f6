import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { RecordingFolder } from "../../../analyzer/host/recording-folder.js";
import { TestFolder } from "../test-folder.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
const chosen = join(folder.path, "chosen", "mine.pcapng");
const recordings = new RecordingFolder({
  folder: join(folder.path, "recordings"),
  isChosen: (path) => path === chosen,
});

it("names recordings after the time, or as one wants; what is there is never written over", async () => {
  const named = await recordings.place(null);
  expect(named).toMatch(/\/recordings\/capture-\d{8}-\d{6}\.pcapng$/);
  const place = join(recordings.folder, "line.pcapng");
  expect(await recordings.place("line")).toBe(place);
  expect(await recordings.place(" line.pcapng ")).toBe(place);
  folder.write("recordings/line.pcapng", "");
  folder.write("recordings/line-2_00001_20261125T101500.pcapng", "");
  // The second one would be taken for a file of the ring line-2.
  expect(await recordings.place("line")).toBe(join(recordings.folder, "line-3.pcapng"));
  expect(await recordings.place(chosen)).toBe(chosen);
});

it.for(["../x", "a/b", "a\\b", "/etc/x.pcapng", ".x", "x\0y"])("refuses %j", async (name) => {
  await expect(recordings.place(name)).rejects.toMatchObject({ code: "bad-recording" });
});

it("lets recordings of the folder be read, and nothing else", async () => {
  const file = folder.write("recordings/a.pcapng", "x");
  expect(await recordings.find(file)).toEqual({ path: file, name: "a.pcapng", isOwn: true });
  // What the files of a ring are named after.
  const ring = join(recordings.folder, "ring.pcapng");
  expect(await recordings.find(ring)).toBeNull();
  folder.write("recordings/ring_00007_20261125T101500.pcapng", "x");
  expect(await recordings.find(ring)).toMatchObject({ path: ring });
  mkdirSync(join(recordings.folder, "inner"));
  folder.write("recordings/inner/b.pcapng", "x");
  folder.write("outside.pcapng", "x");
  symlinkSync(folder.path, join(recordings.folder, "up"));
  for (const path of [
    join(folder.path, "outside.pcapng"),
    `${recordings.folder}/../outside.pcapng`,
    `${recordings.folder}/up/outside.pcapng`,
    `${recordings.folder}/inner/b.pcapng`,
    `${recordings.folder}/inner`,
    recordings.folder,
    "a.pcapng",
  ]) {
    expect([path, await recordings.find(path)]).toEqual([path, null]);
  }
});

it("has no unfinished recordings where nothing was recorded", async () => {
  const none = new RecordingFolder({ folder: join(folder.path, "nothing") });
  expect(await none.unfinished()).toEqual([]);
});
