// @vitest-environment happy-dom
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { type CopyFormat, copyFrames } from "../../../renderer/list/row-actions.js";
import { selectFrame } from "../../../renderer/state/selection.js";
import { readXml } from "../../analyzer/export/xml-reader.js";
import { connectPage, document, openAlone, samples } from "../page.js";

const writeText = vi.fn<(text: string) => Promise<void>>(async () => {});

beforeAll(async () => {
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  await connectPage();
  await openAlone(join(samples, "hdlc-session.txt"));
});

/** What the clipboard has after so many frames were copied. */
async function copied(format: CopyFormat, frames: readonly number[]): Promise<string> {
  selectFrame(document().id, frames[0] ?? 1, { frames });
  await copyFrames(document(), format);
  return writeText.mock.lastCall?.[0] ?? "";
}

describe("copies of rows", () => {
  test.for([[[3]], [[1, 2, 6]]])(
    "are one whole document in JSON and XML: %j",
    async ([frames = []]) => {
      const json = [JSON.parse(await copied("json", frames))].flat();
      expect(json.map(({ number }: { number: number }) => number)).toEqual(frames);
      const root = readXml(await copied("xml", frames));
      const numbers = root.children.map(({ children }) =>
        Number(children.find(({ name }) => name === "number")?.text),
      );
      expect(numbers).toEqual(frames);
      expect(root.children[0]?.children.some(({ name }) => name === "tree")).toBe(true);
    },
  );

  test("are annotated text, bytes, or the row itself", async () => {
    // Frame 1 of the sample: SNRM from client 16 to server 1/17.
    expect(await copied("hex", [1])).toBe("7e a0 08 02 23 21 93 bd 64 7e");
    expect(await copied("text", [1])).toMatch(/SNRM[\s\S]*Destination address/);
    expect(await copied("line", [1])).toMatch(/^1\t16\t1\/17\tSNRM\t10\tSNRM$/);
  });
});
