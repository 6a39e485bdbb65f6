import { describe, expect, it } from "vitest";
import type { KeySetView } from "../../../analyzer/protocol/index.js";
import { completeKeyFile } from "../../../renderer/keys/key-file-completion.js";
import { findKeyFileFaults } from "../../../renderer/keys/key-file-faults.js";
import { hoverInKeyFile } from "../../../renderer/keys/key-file-hover.js";

const sets: readonly KeySetView[] = [
  {
    id: "3",
    name: "meter 1",
    systemTitle: "4d4d4d0000bc614e",
    securitySuite: null,
    roles: [{ role: "masterKey", fingerprint: "12ab34cd" }],
  },
];
const titles = [{ title: "4d4d4d0000bc614e", from: "in capture.pcapng" }];

/** A text with `|` where the caret is. */
function at(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf("|");
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

function complete(marked: string) {
  const { text, offset } = at(marked);
  return { text, ...completeKeyFile(text, offset, { sets, titles }) };
}

/** The text after a completion is taken: without the marks of the snippet. */
function take(marked: string, label: string): string {
  const { text, at: place, items } = complete(marked);
  const item = items.find((one) => one.label === label);
  if (item === undefined) throw new Error(`There is no completion ${label}.`);
  return text.slice(0, place.start) + item.snippet.replace(/\$\d/g, "") + text.slice(place.end);
}

const labels = (marked: string) => complete(marked).items.map(({ label }) => label);

describe("completion in a key file", () => {
  it("begins a file", () => {
    const text = take("|", "key file");
    expect(JSON.parse(text)).toEqual({
      keySets: [
        { name: "", systemTitle: "", globalUnicastEncryptionKey: "", authenticationKey: "" },
      ],
    });
  });

  it("offers names that are not there yet, in quotes or without", () => {
    for (const marked of [
      '{"keySets":[{"masterKey":"00", "|"}]}',
      '{"keySets":[{"masterKey":"00", au|}]}',
      '{"keySets":[{"masterKey":"00", |',
    ]) {
      const names = labels(marked);
      expect(names).toContain("authenticationKey");
      expect(names).not.toContain("masterKey");
    }
    expect(labels('{"|": 1}')).toEqual(["keySets"]);
    expect(labels('{"keySets":[{"signingPublicKeys":{"client":"00","|"}}]}')).toEqual(["server"]);
  });

  it("puts a name with its value and the comma that follows, or the name alone", () => {
    expect(take('{"keySets":[{ ma|\n"name":"m"}]}', "masterKey")).toBe(
      '{"keySets":[{ "masterKey": "",\n"name":"m"}]}',
    );
    expect(take('{"keySets":[{ "ma|": "00" }]}', "masterKey")).toBe(
      '{"keySets":[{ "masterKey": "00" }]}',
    );
  });

  it("finds names by the abbreviations that people use", () => {
    const { items } = complete('{"keySets":[{"|"}]}');
    const found = items.filter(({ words }) => /\bGUEK\b/.test(words)).map(({ label }) => label);
    expect(found).toEqual(["globalUnicastEncryptionKey"]);
  });

  it("says how long a key is in the suite of its set", () => {
    const meaning = (suite: string) =>
      complete(`{"keySets":[{${suite}"|"}]}`).items.find(({ label }) => label === "masterKey")
        ?.meaning;
    expect(meaning("")).toMatch(/16 or 32 bytes/);
    expect(meaning('"securitySuite":2,')).toMatch(/ 32 bytes/);
  });

  it("offers values: suites, titles of the capture, keys that are there", () => {
    expect(labels('{"keySets":[{"securitySuite": |}]}')).toEqual(["0", "1", "2"]);
    expect(labels('{"keySets":[{"systemTitle": "|"}]}')).toEqual(["4d4d4d0000bc614e"]);
    expect(labels('{"keySets":[{"masterKey": |')).toEqual(["kept 3/masterKey"]);
    // Of another role there is none.
    expect(labels('{"keySets":[{"authenticationKey": |')).toEqual([]);
    expect(labels('{"keySets":[{"name": "|"}]}')).toEqual([]);
  });

  it("puts a set behind another, with its comma", () => {
    const text = take('{"keySets":[{"hlsSecret":"00"} |]}', "key set");
    expect(JSON.parse(text)).toMatchObject({ keySets: [{ hlsSecret: "00" }, { name: "" }] });
  });

  it("offers nothing where nothing of a key file can be", () => {
    expect(labels("[|]")).toEqual([]);
    expect(labels('{"keySets":[]}|')).toEqual([]);
    expect(labels('{"keySets":[{"colour": "|"}]}')).toEqual([]);
  });

  it("offers only what is no fault", () => {
    for (const label of ["0", "1", "2"]) {
      const text = take('{"keySets":[{"hlsSecret":"00","securitySuite": |}]}', label);
      expect(findKeyFileFaults(text, sets)).toEqual([]);
    }
    for (const marked of ['"|"', "|", '"kep|t"', '"kept 3|']) {
      const end = marked.endsWith("|") && marked.length > 1 ? "\n" : "";
      const text = take(`{"keySets":[{"masterKey": ${marked}${end}}]}`, "kept 3/masterKey");
      expect(text.replace("\n", "")).toBe('{"keySets":[{"masterKey": "kept 3/masterKey"}]}');
      expect(findKeyFileFaults(text, sets)).toEqual([]);
    }
  });
});

describe("hovers in a key file", () => {
  const hover = (marked: string) => {
    const { text, offset } = at(marked);
    const found = hoverInKeyFile(text, offset, sets);
    return found && { ...found, on: text.slice(found.at.start, found.at.end) };
  };

  it("say what a key is for, and how long it is", () => {
    const found = hover('{"keySets":[{"authent|icationKey":"00"}]}');
    expect(found?.on).toBe('"authenticationKey"');
    expect(found?.title).toBe("Authentication key (GAK, AK)");
    expect(found?.lines.join(" ")).toMatch(/16 or 32 bytes in hex/);
  });

  it("say what a suite and a word stand for", () => {
    expect(hover('{"keySets":[{"securitySuite":|1}]}')?.lines.join(" ")).toMatch(/P-256/);
    const kept = hover('{"keySets":[{"masterKey":"kept |3/masterKey"}]}');
    expect(kept?.lines.join(" ")).toMatch(/meter 1 .*fingerprint 12ab34cd/);
  });

  it("say whose key one of a pair is", () => {
    expect(hover('{"keySets":[{"signingPublicKeys":{"cl|ient":"00"}}]}')?.title).toMatch(/client/);
  });

  it("say nothing where nothing is known", () => {
    expect(hover('{"keySets":[{"col|our":"00"}]}')).toBeUndefined();
    expect(hover("{|}")).toBeUndefined();
  });
});
