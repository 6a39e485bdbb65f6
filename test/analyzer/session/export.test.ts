/** Exports of an open capture: which frames, what of the user's notes, and what is left of one that ends early. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Engine } from "../../../analyzer/engine.js";
import type { Request } from "../../../analyzer/protocol/index.js";
import { writeCapture } from "../../bench/captures.js";
import { readCsv } from "../export/csv-reader.js";
import { isQuiet, startOn, TestClient, TestHost } from "./engine-client.js";

const session = join(import.meta.dirname, "../../../captures/samples/hdlc-session.txt");

let host: TestHost;
let engine: Engine;

async function start(): Promise<TestClient> {
  host = new TestHost();
  engine = await startOn(host);
  return new TestClient(engine);
}

afterEach(async () => {
  await engine.stop();
  host.folder.remove();
});

/** The export files that lie in the host's folder. */
const exportsLeft = () => readdirSync(host.folder.path).filter((name) => /^\d+-/.test(name));

/** Exports, and reads what was written. */
async function exported(client: TestClient, request: Request<"export">) {
  const { download, name, frames } = await client.ask("export", request);
  const text = readFileSync(join(host.folder.path, `${download}-${name}`), "utf8");
  return { name, frames, text };
}

const csv = (document: string, frames: Request<"export">["frames"]): Request<"export"> => ({
  document,
  format: "csv",
  tree: false,
  frames,
});

const column = (text: string, name: string) => {
  const [header = [], ...rows] = readCsv(text);
  return rows.map((row) => row[header.indexOf(name)] ?? "");
};

describe("an export", () => {
  it("has all frames that are shown, under a name of its format", async () => {
    const client = await start();
    const { id } = await client.open(session);
    const all = await exported(client, csv(id, "shown"));
    expect(all).toMatchObject({ name: "hdlc-session.csv", frames: 14 });
    expect(column(all.text, "number")).toEqual(Array.from({ length: 14 }, (_, i) => `${i + 1}`));
    expect(column(all.text, "source")[0]).toBe("hdlc-session.txt");

    await client.ask("filter", { document: id, text: "hdlc.control.send-sequence == 1" });
    await client.until(id, (state) => isQuiet(state) && state.shown === 4);
    // N(S) = 1: the first read, its damaged answer, and both sent again.
    const filtered = await exported(client, csv(id, "shown"));
    expect(column(filtered.text, "number")).toEqual(["5", "6", "7", "8"]);
  });

  it("has the frames that are marked or selected, with the user's comments", async () => {
    const client = await start();
    const { id } = await client.open(host.folder.write("log.txt", readFileSync(session)));
    const comment = "why again?";
    await client.ask("annotate", { document: id, frames: [7], set: { isMarked: true, comment } });
    await client.ask("annotate", { document: id, frames: [2], set: { isMarked: true } });
    const marked = await exported(client, csv(id, "marked"));
    expect(column(marked.text, "number")).toEqual(["2", "7"]);
    expect(column(marked.text, "marked")).toEqual(["true", "true"]);
    expect(column(marked.text, "comment")).toEqual(["", comment]);
    // In their order, each once, and none that is not there.
    const selected = await exported(client, csv(id, [9, 3, 9, 7, 999]));
    expect(column(selected.text, "number")).toEqual(["3", "7", "9"]);

    const page = await exported(client, { ...csv(id, [7]), format: "html" });
    expect(page.name).toBe("log.html");
    expect(page.text).toContain(comment);
    expect(page.text).toContain("<title>log.txt</title>");
    const { text } = await client.ask("frame-text", { document: id, number: 7, format: "xml" });
    expect(text).toContain(`<comment>${comment}</comment>`);
    expect(text).toContain("<tree type=");
  });

  it("tells how far it is, and leaves no file when it is cancelled", async () => {
    const client = await start();
    const capture = join(host.folder.path, "big.pcap");
    writeCapture(capture, "udp", 20_000);
    const { id } = await client.open(capture);
    const abort = new AbortController();
    const progress: number[] = [];
    const request = client.ask(
      "export",
      { document: id, format: "html", tree: true, frames: "shown" },
      {
        signal: abort.signal,
        onProgress: (done, total) => {
          expect(total).toBe(20_000);
          progress.push(done);
          if (progress.length === 2) abort.abort();
        },
      },
    );
    await expect(request).rejects.toMatchObject({ code: "cancelled" });
    expect(progress).toHaveLength(2);
    // Questions are answered meanwhile, and the file goes with the next slice.
    await client.ask("rows", { document: id, start: 0, count: 1, columns: [] });
    await expect.poll(exportsLeft, { timeout: 5000 }).toEqual([]);
  });

  it("ends when its capture is closed", async () => {
    const client = await start();
    const capture = join(host.folder.path, "big.pcap");
    writeCapture(capture, "udp", 20_000);
    const { id } = await client.open(capture);
    let closing: Promise<null> | undefined;
    const request = client.ask(
      "export",
      { document: id, format: "json", tree: true, frames: "shown" },
      {
        onProgress: () => {
          closing ??= client.ask("close", { document: id });
        },
      },
    );
    await expect(request).rejects.toMatchObject({ code: "no-such-document" });
    await closing;
    expect(exportsLeft()).toEqual([]);
  });

  it("says so when the file cannot be written", async () => {
    const client = await start();
    const { id } = await client.open(session);
    host.createDownload = async (name) => ({
      path: join(host.folder.path, "no", "such", "folder", basename(name)),
      download: "1",
    });
    await expect(client.ask("export", csv(id, "shown"))).rejects.toMatchObject({
      code: "cannot-write",
    });
  });
});
