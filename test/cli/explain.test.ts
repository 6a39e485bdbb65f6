import { afterAll, describe, expect, it } from "vitest";
import { explain, listDiagnostics, listFields } from "../../decoder/index.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { obiscope } from "./run-command.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

describe("obiscope explain", () => {
  it("tells what an object is", () => {
    const { stdout, stderr, status } = obiscope(["explain", "1-0:1.8.0*255"]);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^object 1-0:1\.8\.0\*255: Active energy import \(\+A\)\n/);
    expect(stdout).toMatch(/\n {2}usual class +3 Register\n/);
    expect(stdout).toMatch(/\n {4}D = 8 +Time integral 1\n/);
    expect(stdout).not.toContain("\x1b");
  });

  it("takes several words as one topic", () => {
    const { stdout } = obiscope(["explain", "Profile", "generic"]);
    expect(stdout).toMatch(/^class 7: Profile generic\n/);
    expect(obiscope(["explain", "Profile generic"]).stdout).toBe(stdout);
    expect(obiscope(["explain", "class", "64", "attribute", "2"]).stdout).toMatch(
      /\n\nclass 64 attribute 2: security_policy of Security setup\n/,
    );
  });

  it.for(["hdlc.fcs-mismatch", "service.refused-object-undefined", "ciphering.security-suite"])(
    "shows clause and check of %s",
    (topic) => {
      const text = obiscope(["explain", topic]).stdout.replace(/\s+/g, " ");
      const definitions = [...listDiagnostics(), ...listFields()].filter(
        (each) => ("code" in each ? each.code : each.id) === topic,
      );
      expect(definitions).toHaveLength(1);
      for (const definition of definitions) {
        if (definition.clause !== undefined) expect(text).toContain(`clause ${definition.clause}`);
        if ("check" in definition) expect(text).toContain(`check ${definition.check}`);
      }
    },
  );

  it.for(["xdlms", "hdlc", "security", "yes", "class 15", "class 64 method 7", "Choice"])(
    "stays within 100 columns: %s",
    (topic) => {
      const lines = obiscope(["explain", topic]).stdout.split("\n");
      expect(lines.filter((line) => line.length > 100)).toEqual([]);
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    },
  );

  it("gives the same as JSON", () => {
    const { stdout, status } = obiscope(["explain", "--format", "json", "64/2"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(explain("64/2"))));
  });

  it("tells the names of packs and of the user's files, and who gives them", () => {
    const path = folder.write("mine.csv", "1-0:1.8.0*255,3,Cellar,Wh,3\n");
    const { stdout, status } = obiscope(["explain", "--obis", path, "1-0:1.8.0*255"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^object 1-0:1\.8\.0\*255: Cellar\n/);
    expect(stdout).toContain(`named by      ${path}\n`);
    expect(stdout).toMatch(/\n {2}scaler +3\n/);
    const ofPack = obiscope(["explain", "--obis", "sweden", "1-0:1.8.0*255"]).stdout;
    expect(ofPack).toMatch(/^object 1-0:1\.8\.0\*255: Meter reading - active energy import\n/);
    // A file goes before a pack, wherever it stands.
    expect(obiscope(["explain", "--obis", "sweden", "--obis", path, "1-0:1.8.0*255"]).stdout).toBe(
      stdout,
    );
    // What is no object stays as it is.
    expect(obiscope(["explain", "--obis", path, "class", "7"]).stdout).toBe(
      obiscope(["explain", "class", "7"]).stdout,
    );
  });

  it("refuses a file with a wrong line by its number", () => {
    const path = folder.write("wrong.csv", "1-0:1.8.0*255,3,A\n1-0:1.8,3,B\n");
    const { stdout, stderr, status } = obiscope(["explain", "--obis", path, "1-0:1.8.0*255"]);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr.startsWith(`obiscope: ${path}, line 2: `)).toBe(true);
    expect(obiscope(["explain", "--obis", "atlantis", "7"]).status).toBe(2);
  });

  it("says what is near an unknown topic", () => {
    const { stdout, stderr, status } = obiscope(["explain", "hdlc.fsc"]);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toContain("nothing is known of 'hdlc.fsc' (near it: hdlc.fcs");
  });

  it("refuses no topic and unknown formats, and has help", () => {
    expect(obiscope(["explain"]).status).toBe(2);
    expect(obiscope(["explain", "--format", "html", "7"]).status).toBe(2);
    const { stdout, status } = obiscope(["explain", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("obiscope explain class 64 attribute 2");
    expect(obiscope(["--help"]).stdout).toContain("obiscope explain TOPIC");
  });
});
