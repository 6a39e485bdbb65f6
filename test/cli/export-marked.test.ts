/** `obiscope export` with what the application has kept of marks and comments. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { Engine } from "../../analyzer/engine.js";
import { readCsv } from "../analyzer/export/csv-reader.js";
import { isQuiet, startOn, TestClient, TestHost } from "../analyzer/session/engine-client.js";
import { obiscope, projectFolder, shell } from "./run-command.js";

const session = readFileSync(join(projectFolder, "captures/samples/hdlc-session.txt"), "utf8");
const comment = "why again?";

const hosts: TestHost[] = [];
let engine: Engine | undefined;
afterEach(() => engine?.stop());
afterAll(() => {
  for (const host of hosts) host.folder.remove();
});

function createHost(): TestHost {
  const host = new TestHost();
  hosts.push(host);
  return host;
}

/** Marks frames 2 and 7 in the application, and says something of 7 and of 9. */
async function annotate(host: TestHost, paths: readonly string[]): Promise<void> {
  engine = await startOn(host);
  const client = new TestClient(engine);
  const { documents } = await client.ask("open", {
    sources: paths.map((path) => ({ kind: "path", path })),
    merge: paths.length > 1,
    options: {},
  });
  const { id: document } = await client.until(documents[0] ?? "", isQuiet);
  await client.ask("annotate", { document, frames: [2, 7], set: { isMarked: true } });
  await client.ask("annotate", { document, frames: [7, 9], set: { comment } });
  await engine.stop();
}

function rowsOf(text: string) {
  const [header = [], ...rows] = readCsv(text);
  return rows.map((row) =>
    ["number", "marked", "comment"].map((name) => row[header.indexOf(name)]),
  );
}

const toCsv = ["export", "--format", "csv", "--out", "-"];

describe("obiscope export --marked", () => {
  it("has the frames that are marked, with their comments", async () => {
    const host = createHost();
    const log = host.folder.write("session.txt", session);
    await annotate(host, [log]);
    const marked = obiscope([...toCsv, "--marked", log]);
    expect({ status: marked.status, stderr: marked.stderr }).toEqual({ status: 0, stderr: "" });
    expect(rowsOf(marked.stdout)).toEqual([
      ["2", "true", ""],
      ["7", "true", comment],
    ]);
    const some = obiscope([...toCsv, "--marked", "--frames", "3-", log]);
    expect(rowsOf(some.stdout)).toEqual([["7", "true", comment]]);
    const filtered = obiscope([...toCsv, "--marked", "--filter", "hdlc.control.type == UA", log]);
    expect(rowsOf(filtered.stdout)).toEqual([["2", "true", ""]]);
    const said = obiscope([...toCsv, "-Y", 'frame.comment contains "again" && !frame.marked', log]);
    expect(rowsOf(said.stdout)).toEqual([["9", "", comment]]);
  });

  it("has marks and comments in an export of all frames, too", async () => {
    const host = createHost();
    const log = host.folder.write("session.txt", session);
    await annotate(host, [log]);
    const rows = rowsOf(obiscope([...toCsv, log]).stdout);
    expect(rows).toHaveLength(14);
    // The sample's first line is prose: the capture's own comment.
    expect(rows.filter(([, marked, words]) => marked !== "" || words !== "")).toEqual([
      ["1", "", "A client reads a register, 9600 8N1"],
      ["2", "true", ""],
      ["7", "true", comment],
      ["9", "", comment],
    ]);
  });

  it("counts the frames of each capture by its own notes", async () => {
    const host = createHost();
    const log = host.folder.write("session.txt", session);
    const other = host.folder.write("other.txt", session);
    await annotate(host, [log]);
    const { status, stdout, stderr } = obiscope([...toCsv, "--marked", log, other]);
    expect(status).toBe(1);
    expect(rowsOf(stdout).map(([number]) => number)).toEqual(["2", "7"]);
    expect(stderr).toBe(
      `obiscope: ${other}: no frame is marked: there is no ${other}.obiscope.json; the application marks frames\n`,
    );
  });

  it("knows the marks of a merge, which belong to none of its captures", async () => {
    const host = createHost();
    const lines = session.split("\n");
    const [sent, received] = ["TX:", "RX:"].map((mark) =>
      host.folder.write(
        `${mark.slice(0, 2)}.txt`,
        lines.filter((l) => l.includes(mark)).join("\n"),
      ),
    );
    await annotate(host, [sent ?? "", received ?? ""]);
    const home = join(host.folder.path, "home");
    mkdirSync(home);
    symlinkSync(join(host.folder.path, "state"), join(home, "obiscope"));
    const run = (...args: readonly string[]) =>
      shell(`XDG_STATE_HOME=${home} node dist/cli.js ${[...toCsv, "--marked", ...args].join(" ")}`);
    const { stdout, status } = run("--merge", sent ?? "", received ?? "");
    expect(status).toBe(0);
    expect(rowsOf(stdout).map(([number]) => number)).toEqual(["2", "7"]);
    expect(run(sent ?? "").status).toBe(1);
  });

  it("fails with a reason where nothing is marked", async () => {
    const host = createHost();
    const log = host.folder.write("session.txt", session);
    const out = join(host.folder.path, "marked.html");
    const sideFile = `${log}.obiscope.json`;
    const run = (...args: readonly string[]) =>
      obiscope(["export", "--marked", "--out", out, ...args]);

    expect(run(log)).toMatchObject({ status: 1, stdout: "" });
    expect(run(log).stderr).toContain(`there is no ${sideFile}`);
    expect(run("no-such.log").stderr).toMatch(/^obiscope: no-such\.log: /);
    expect(run("-")).toMatchObject({ status: 2 });
    expect(run("-").stderr).toContain("standard input have no marks");

    const notes = { obiscope: "notes", version: 1, frames: { "3": { comment: "only words" } } };
    writeFileSync(sideFile, JSON.stringify(notes));
    expect(run(log).stderr).toContain("the notes of it mark none");
    writeFileSync(sideFile, "{}");
    expect(run(log).stderr).toContain(`${sideFile} is no file of notes`);
    // Without --marked the trace is worth having all the same.
    const whole = obiscope([...toCsv, log]);
    expect(whole.status).toBe(0);
    expect(whole.stderr).toContain("marks and comments are left out");
    expect(rowsOf(whole.stdout)).toHaveLength(14);
    expect(() => readFileSync(out)).toThrow("ENOENT");
    // Neither is the side file written over.
    expect(obiscope(["export", log, "--out", sideFile]).status).toBe(2);
  });

  it("does not look into a pipe for notes", () => {
    const { stdout, status } = shell(
      `node dist/cli.js ${toCsv.join(" ")} <(cat captures/samples/hdlc-session.txt)`,
    );
    expect(status).toBe(0);
    expect(rowsOf(stdout)).toHaveLength(14);
  });
});
