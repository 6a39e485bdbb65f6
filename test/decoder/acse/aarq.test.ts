import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAarq } from "../../../decoder/acse/aarq.js";
import { toHex } from "../../../decoder/core/bytes.js";
import type { SpanNode } from "../../../decoder/core/recorder.js";
import {
  dissectBytes,
  expectInBounds,
  expectPrefixes,
  expectTiled,
  findNode,
} from "../dissect-bytes.js";
import { greenBook, hex } from "../security/cipher-builder.js";
import { bothKeys, secured } from "../security/secured-context.js";

/** Logical names, no authentication (DLMS UA Green Book, example without security). */
const lowest = "601da109060760857405080101be10040e01000000065f1f0400007e1f04b0";
/** The same with low level security, password 12345678. */
const low =
  "6036a1090607608574050801018a0207808b0760857405080201ac0a80083132333435363738" +
  "be10040e01000000065f1f0400007e1f04b0";
/** The same with HLS-GMAC, challenge K56iVagY. */
const gmac =
  "6036a1090607608574050801018a0207808b0760857405080205ac0a80084b35366956616759" +
  "be10040e01000000065f1f0400007e1f04b0";
/** DLMS UA Green Book, AARQ with a ciphered initiate-request, system title of the client MMM. */
const ciphered =
  "6066a109060760857405080103a60a04084d4d4d0000bc614e8a0207808b0760857405080201ac0a8008" +
  "3132333435363738be34043221303001234567801302ff8a7874133d414ced25b42534d28db0047720606b" +
  "175bd52211be6841db204d39ee6fdb8e356855";

/** The initiate-request in the examples above. */
const initiate = {
  name: "initiate-request",
  "proposed-dlms-version-number": 6,
  "client-max-receive-pdu-size": 1200,
};

function decode(input: string | Uint8Array, context = {}) {
  const dissected = dissectBytes(input, decodeAarq, context);
  expectTiled(dissected.tree, input);
  expectInBounds(dissected);
  return dissected;
}

describe("AARQ", () => {
  it("without authentication", () => {
    const { value, codes, tree } = decode(lowest);
    expect(codes).toEqual([]);
    expect(value).toEqual({
      name: "aarq",
      "application-context-name": "logical-name-referencing-no-ciphering",
      "user-information": expect.objectContaining(initiate),
    });
    expect(findNode(tree, "acse.application-context-name")).toMatchObject({
      start: 2,
      end: 13,
      value: "logical-name-referencing-no-ciphering",
      note: "2.16.756.5.8.1.1",
    });
    expect(findNode(tree, "xdlms.initiate-request")).toMatchObject({ start: 17, end: 31 });
  });

  it("with a challenge, which is shown", () => {
    const { value, codes, tree } = decode(gmac);
    expect(codes).toEqual([]);
    expect(value).toMatchObject({
      "sender-acse-requirements": ["authentication"],
      "mechanism-name": "high-level-security-gmac",
      "calling-authentication-value": { charstring: hex("4b35366956616759") },
    });
    expect(findNode(tree, "acse.calling-authentication-value")).toMatchObject({
      value: hex("4b35366956616759"),
      note: '"K56iVagY"',
    });
  });

  it("names every mechanism and every context", () => {
    const mechanism = (n: string) =>
      decode(gmac.replace("60857405080205", `608574050802${n}`)).value?.["mechanism-name"];
    expect(["00", "01", "02", "03", "04", "05", "06", "07"].map(mechanism)).toEqual([
      "lowest-level-security",
      "low-level-security",
      "high-level-security",
      "high-level-security-md5",
      "high-level-security-sha1",
      "high-level-security-gmac",
      "high-level-security-sha256",
      "high-level-security-ecdsa",
    ]);
    const context = (n: string) =>
      decode(lowest.replace("60857405080101", `608574050801${n}`)).value?.[
        "application-context-name"
      ];
    expect(["01", "02", "03", "04", "05"].map(context)).toEqual([
      "logical-name-referencing-no-ciphering",
      "short-name-referencing-no-ciphering",
      "logical-name-referencing-with-ciphering",
      "short-name-referencing-with-ciphering",
      "2.16.756.5.8.1.5",
    ]);
  });

  it("with a ciphered initiate-request: its title is that of the AARQ", () => {
    const { value, codes, dissection, tree, sources } = decode(ciphered, secured([bothKeys]));
    expect(codes).toEqual([]);
    expect(value).toMatchObject({
      "calling-ap-title": greenBook.clientTitle,
      "user-information": { ...initiate, "dedicated-key": "present" },
    });
    expect(dissection.ciphering).toMatchObject({
      status: "decrypted",
      service: "glo-initiate-request",
      authenticated: true,
      "system-title": greenBook.clientTitle,
    });
    expect(dissection.dedicatedKey).toEqual(hex("00112233445566778899aabbccddeeff"));
    expect(findNode(tree, "acse.calling-ap-title").note).toBe("manufacturer MMM");
    expect(findNode(tree, "xdlms.initiate-request").source).toBe(1);
    expectTiled(tree, sources[1]?.bytes ?? "", 1);
  });

  it("with a ciphered initiate-request and no key", () => {
    const { value, codes, dissection } = decode(ciphered);
    expect(codes).toEqual(["ciphering.no-key"]);
    expect(value?.["user-information"]).toMatchObject({
      name: "glo-initiate-request",
      "invocation-counter": 0x01234567,
    });
    expect(dissection.ciphering?.status).toBe("no-key");
  });

  it("with every component there is", () => {
    const components = [
      ["80020780", "protocol-version", ["version1"]],
      ["a203040144", "called-ap-title", hex("44")],
      ["a303040145", "called-ae-qualifier", hex("45")],
      ["a403020107", "called-ap-invocation-id", 7],
      ["a5040202ff7f", "called-ae-invocation-id", -129],
      ["a60a04084d4d4d0000bc614e", "calling-ap-title", greenBook.clientTitle],
      ["a703040146", "calling-ae-qualifier", hex("46")],
      ["a803020101", "calling-ap-invocation-id", 1],
      ["a903020110", "calling-ae-invocation-id", 16],
      ["9d03616263", "implementation-information", "abc"],
    ] as const;
    const body = components.map(([bytes]) => bytes).join("");
    const input = `60${toHex(Uint8Array.of(body.length / 2))}${body}`;
    const { value, codes } = decode(input);
    expect(codes).toEqual([]);
    expect(value).toEqual({
      name: "aarq",
      ...Object.fromEntries(components.map(([, name, expected]) => [name, expected])),
    });
  });
});

describe("AARQ as met in the field", () => {
  it("a context of another standard", () => {
    // github.com/Gurux, conformance tests (corpus gurux-pdu-0002).
    const { value, codes } = decode(
      "601da10906075f857504070203be10040e01000000065f1f04007c1ba0ffff",
    );
    expect(codes).toEqual(["acse.unknown-name"]);
    expect(value?.["application-context-name"]).toBe("2.15.757.4.7.2.3");
    expect(value?.["user-information"]).toMatchObject({ name: "initiate-request" });
  });

  it("identifiers and titles nobody asked for", () => {
    // github.com/Gurux, conformance tests (corpus gurux-pdu-0004), calling-AP-invocation-id as an
    // octet string. The responder's own tags stand where the request has others.
    const { value, codes } = decode(
      "6059a109060760857405080101a203040144a303040144a403020100a503020100a703040144a803020100" +
        "a9030201018a0207808b0760857405080201ac0a80083132333435363738" +
        "be10040e01000000065f1f040060fe9fffff",
    );
    expect(codes).toEqual([]);
    expect(value).toMatchObject({
      "called-ap-title": hex("44"),
      "calling-ae-qualifier": hex("44"),
      "calling-ae-invocation-id": 1,
      "user-information": { name: "initiate-request" },
    });
  });

  it("an identifier that is an octet string, a name that is empty", () => {
    const { codes } = decode("6005a803040144");
    expect(codes).toEqual(["acse.unexpected-type"]);
    // github.com/u9n/dlms-cosem (corpus u9n-pdu-0071): nothing in it is right.
    expect(decode("6008a106060000010000").codes).toEqual(["acse.empty-object-identifier"]);
  });

  it("a bit set that should not be", () => {
    const { codes, value } = decode(gmac.replace("60857405080205", "60857405080285"));
    expect(codes).toEqual(["acse.object-identifier"]);
    expect(value?.["mechanism-name"]).toBe("high-level-security-gmac");
    expect(value?.["calling-authentication-value"]).toEqual({
      charstring: hex("4b35366956616759"),
    });
  });

  it("tags that are implicit where they should be explicit, and the other way round", () => {
    const { codes, value } = decode("600c8203020107ab05060360857401");
    expect(codes).toContain("acse.tagging");
    expect(value?.name).toBe("aarq");
    const wrapped = decode("600fa90302011082084d4d4d0000bc614e");
    expect(wrapped.codes).toEqual(["acse.tagging"]);
    expect(wrapped.value?.["called-ap-title"]).toEqual(greenBook.clientTitle);
  });

  it("components that are unknown, repeated, or broken: the others are read", () => {
    const { codes, value } = decode("6010" + "b4021234" + "a903020110" + "a500" + "a903020111");
    expect(codes).toEqual(["acse.unknown-component", "core.truncated", "acse.repeated-component"]);
    expect(value).toEqual({ name: "aarq", "calling-ae-invocation-id": 17 });
  });

  it("user-information that is nothing known, or stands without its octet string", () => {
    const unknown = decode("6007be050403123456");
    expect(unknown.codes).toEqual(["acse.user-information"]);
    expect(unknown.value?.["user-information"]).toEqual(hex("123456"));
    const bare = decode("6010be0e01000000065f1f0400007e1f04b0");
    expect(bare.codes).toEqual([]);
    expect(bare.value?.["user-information"]).toMatchObject(initiate);
  });

  it("lengths of more than one byte, and none at all", () => {
    const long = `6081${lowest.slice(2)}`;
    expect(decode(long).value).toEqual(decode(lowest).value);
    const open = decode(`6080${lowest.slice(4)}`);
    expect(open.codes).toEqual(["acse.indefinite-length"]);
    expect(open.value).toEqual(decode(lowest).value);
  });
});

describe("the password", () => {
  const password = "3132333435363738";

  /** Every value of the tree that holds bytes or text. */
  function shown(nodes: readonly SpanNode[]): string {
    return nodes
      .map(({ value, note, children }) => {
        const text = value instanceof Uint8Array ? toHex(value) : String(value);
        return `${text} ${note ?? ""} ${shown(children ?? [])}`;
      })
      .join(" ");
  }

  function expectHidden(input: string) {
    const dissected = decode(input);
    const { value, tree, diagnostics } = dissected;
    const everything = JSON.stringify([value, diagnostics]) + shown(tree);
    expect(everything).not.toContain(password);
    expect(everything).not.toContain("12345678");
    return dissected;
  }

  it("is masked in the value, and no node shows it", () => {
    const { value, tree } = expectHidden(low);
    expect(value?.["calling-authentication-value"]).toEqual({ charstring: "********" });
    expect(findNode(tree, "acse.calling-authentication-value")).toMatchObject({
      value: undefined,
      note: "8 characters, hidden",
    });
  });

  it("as a bit string, without its choice, with bytes behind it", () => {
    const value = "ac0a80083132333435363738";
    expectHidden(low.replace(value, "ac0a81083132333435363738"));
    expectHidden(low.replace(value, `ac0a${password}0000`));
    expectHidden(low.replace(value, `ac0a8000${password}`));
    expectHidden(low.replace(value, `ac0a8088${password}`));
  });

  it("where the mechanism is unknown, missing, or stands behind it", () => {
    expectHidden(low.replace("60857405080201", "60857405080209"));
    expectHidden(`600cac0a8008${password}`);
    expectHidden(`6015ac0a8008${password}8b0760857405080201`);
    const behind = decode("6015ac0a80084b353669566167598b0760857405080205");
    expect(behind.value?.["calling-authentication-value"]).toEqual({
      charstring: hex("4b35366956616759"),
    });
  });

  it("where the message is cut off in the middle of it", () => {
    for (let length = 8; length < low.length; length += 2) {
      const { value, tree } = dissectBytes(low.slice(0, length), decodeAarq);
      expect(shown(tree) + JSON.stringify(value)).not.toContain("3132");
    }
  });
});

describe("damage", () => {
  it("every prefix says what is missing", () => {
    for (const input of [lowest, low, gmac]) expectPrefixes(input, decodeAarq);
    expectPrefixes(ciphered, decodeAarq, secured([bothKeys]));
  });

  it("changed bytes throw nothing and stay explained", () => {
    const whole = hex(ciphered);
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        const input = whole.slice();
        input[at] = value;
        decode(input, secured([bothKeys]));
      }),
      { numRuns: 400 },
    );
  });

  it("so does noise behind the tag", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
        decode(new Uint8Array([0x60, noise.length, ...noise]));
      }),
      { numRuns: 400 },
    );
  });
});
