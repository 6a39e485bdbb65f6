/** What AARQ and AARE must bring, and why a server refuses. */
import { describe, expect, it } from "vitest";
import { concatenate } from "../../../../decoder/core/bytes.js";
import { toBytes } from "../../dissect-bytes.js";
import { greenBook } from "../../security/cipher-builder.js";
import {
  type Answer,
  aare,
  aarq,
  initiateRequest,
  initiateResponse,
  Trace,
} from "./association-frames.js";

const { clientTitle, serverTitle } = greenBook;
const challenge = "0102030405060708";
const otherChallenge = "1112131415161718";
/** HLS-GMAC with everything that it needs, with ciphering. */
const gmac = { context: 3, mechanism: 5, title: clientTitle, challenge };
const gmacAnswer: Answer = {
  ...gmac,
  title: serverTitle,
  challenge: otherChallenge,
  diagnostic: 14,
};

/** The same without some of its parts. */
function without<Parts extends object>(parts: Parts, ...keys: readonly (keyof Parts)[]): Parts {
  const kept = Object.entries(parts).filter(([key]) => !keys.includes(key as keyof Parts));
  return Object.fromEntries(kept) as Parts;
}

const codesOf = (request: Uint8Array, ...answers: readonly Uint8Array[]) =>
  new Trace().client(request).server(...answers).codes;

describe("a complete opening", () => {
  it("with HLS-GMAC, with a password, and without security has nothing wrong", () => {
    expect(codesOf(aarq(gmac), aare(gmacAnswer))).toEqual([]);
    expect(codesOf(aarq({ mechanism: 1, challenge: "3132" }), aare())).toEqual([]);
    expect(codesOf(aarq(), aare())).toEqual([]);
  });
});

describe("names that differ", () => {
  it("the application context", () => {
    const answer = aare({ ...gmacAnswer, context: 1 });
    const trace = new Trace().client(aarq(gmac)).server(answer);
    expect(trace.codes).toEqual(["2 association.context-differs"]);
    expect(trace.found[0]?.detail).toBe(
      "logical-name-referencing-no-ciphering, asked for was logical-name-referencing-with-ciphering",
    );
  });

  it("the mechanism; not one that is none of the standard's, which is reported where it is read", () => {
    expect(codesOf(aarq(gmac), aare({ ...gmacAnswer, mechanism: 6 }))).toEqual([
      "2 association.mechanism-differs",
    ]);
    // 05 with the highest bit set, as a meter of the corpus sends it: 2.16.756.5.8.2 ends with 85
    expect(codesOf(aarq(gmac), aare({ ...gmacAnswer, mechanism: 0x85 }))).toEqual([]);
  });

  it("are no matter where the server refuses", () => {
    const codes = codesOf(
      aarq(gmac),
      aare({ ...gmacAnswer, context: 1, result: 1, diagnostic: 2 }),
    );
    expect(codes).toEqual(["2 association.refused-context"]);
  });
});

describe("system titles", () => {
  it("are needed where the context has ciphering", () => {
    const [request, answer] = [without(gmac, "title"), without(gmacAnswer, "title")];
    expect(codesOf(aarq(request), aare(answer))).toEqual([
      "1 association.client-title-missing",
      "2 association.server-title-missing",
    ]);
  });

  it.each([5, 6, 7])("are needed for mechanism %i without ciphering", (mechanism) => {
    const request = { ...without(gmac, "title"), context: 1, mechanism };
    expect(codesOf(aarq(request))).toEqual(["1 association.client-title-missing"]);
  });

  it.each([3, 4])("are not for mechanism %i without ciphering", (mechanism) => {
    const parts = { context: 1, mechanism };
    const request = { ...without(gmac, "title"), ...parts };
    const answer = { ...without(gmacAnswer, "title"), ...parts };
    expect(codesOf(aarq(request), aare(answer))).toEqual([]);
  });

  it("have 8 bytes", () => {
    const short = clientTitle.subarray(0, 7);
    expect(codesOf(aarq({ ...gmac, title: short }))).toEqual(["1 association.title-length"]);
    // Without need of it, it is nobody's business.
    expect(codesOf(aarq({ title: short }))).toEqual([]);
  });
});

describe("challenges", () => {
  it("are needed on both sides", () => {
    const [request, answer] = [without(gmac, "challenge"), without(gmacAnswer, "challenge")];
    const trace = new Trace().client(aarq(request)).server(aare(answer));
    expect(trace.found).toMatchObject([
      { frame: 1, code: "association.challenge-missing", detail: "that of the client" },
      { frame: 2, code: "association.challenge-missing", detail: "that of the server" },
    ]);
  });

  it.each([
    [7, true],
    [8, false],
    [64, false],
    [65, true],
  ])("of %i bytes: wrong is %s", (length, wrong) => {
    // Without user-information, so that the AARQ stays below 128 bytes.
    const request = { ...without(gmac, "title"), context: 1, mechanism: 3, initiate: "" };
    const codes = codesOf(aarq({ ...request, challenge: "5a".repeat(length) }));
    const others = ["1 association.user-information-missing"];
    expect(codes).toEqual(wrong ? ["1 association.challenge-length", ...others] : others);
  });

  it("must not be the same", () => {
    expect(codesOf(aarq(gmac), aare({ ...gmacAnswer, challenge }))).toEqual([
      "2 association.challenge-same",
    ]);
  });

  it("must not be used again, on either side", () => {
    const trace = new Trace().client(aarq(gmac)).server(aare(gmacAnswer)).link("SNRM", "UA");
    trace.client(aarq(gmac)).server(aare(gmacAnswer));
    const reused = trace.found.filter(({ code }) => code === "association.challenge-repeated");
    expect(reused).toMatchObject([
      { frame: 5, detail: "that of the client" },
      { frame: 6, detail: "that of the server" },
    ]);
  });

  it("may be sent again while they are not answered, and new ones are fine", () => {
    expect(new Trace().client(aarq(gmac), aarq(gmac)).server(aare(gmacAnswer)).codes).toEqual([]);
    const trace = new Trace().client(aarq(gmac)).server(aare(gmacAnswer)).link("SNRM", "UA");
    trace.client(aarq({ ...gmac, challenge: "2122232425262728" }));
    trace.server(aare({ ...gmacAnswer, challenge: "3132333435363738" }));
    expect(trace.codes).not.toContain("5 association.challenge-repeated");
    expect(trace.codes).not.toContain("6 association.challenge-repeated");
  });

  it("of a bit string begin behind the number of unused bits", () => {
    // calling-authentication-value as bitstring (81): no unused bits, then the challenge
    const context = "a109060760857405080101";
    const mechanism = "8a0207808b0760857405080203";
    const value = `ac0b810900${challenge}`;
    const information = `be10040e${initiateRequest()}`;
    const body = toBytes(context + mechanism + value + information);
    const request = concatenate([Uint8Array.of(0x60, body.length), body]);
    const answer = aare({ mechanism: 3, challenge, diagnostic: 14 });
    expect(codesOf(request, answer)).toEqual(["2 association.challenge-same"]);
  });
});

describe("the xDLMS context", () => {
  it("must be there", () => {
    expect(codesOf(aarq({ initiate: "" }), aare({ initiate: "" }))).toEqual([
      "1 association.user-information-missing",
      "2 association.user-information-missing",
    ]);
  });

  it("that stayed ciphered is there", () => {
    // glo-initiate-request and -response with a key that is not given
    const sealed = (tag: string) => `${tag} 13 30 00000001 ${"5a".repeat(14)}`;
    expect(
      codesOf(
        aarq({ ...gmac, initiate: sealed("21") }),
        aare({ ...gmacAnswer, initiate: sealed("28") }),
      ),
    ).toEqual([]);
  });

  it("has the version that was proposed", () => {
    const answer = aare({ initiate: initiateResponse("007e1f", "0400", "05") });
    const trace = new Trace().client(aarq()).server(answer);
    expect(trace.codes).toEqual(["2 association.dlms-version-differs"]);
    expect(trace.found[0]?.detail).toBe("5, proposed was 6");
  });

  it("grants no more than was proposed", () => {
    // get is bit 19 (000010), set bit 20 (000008), action bit 23 (000001), counted from the left
    const proposing = (conformance: string) => aarq({ initiate: initiateRequest(conformance) });
    const granting = (conformance: string) => aare({ initiate: initiateResponse(conformance) });
    const trace = new Trace().client(proposing("000010")).server(granting("000019"));
    expect(trace.found).toMatchObject([
      { frame: 2, code: "association.conformance-not-proposed", detail: "set, action" },
    ]);
    expect(codesOf(proposing("000019"), granting("000010"))).toEqual([]);
  });
});

describe("a refusal", () => {
  it.each([
    [0, "refused"],
    [1, "refused"],
    [2, "refused-context"],
    [3, "refused-calling-title"],
    [4, "refused-calling-identifier"],
    [5, "refused-calling-identifier"],
    [6, "refused-calling-identifier"],
    [7, "refused-called-name"],
    [8, "refused-called-name"],
    [9, "refused-called-name"],
    [10, "refused-called-name"],
    [11, "refused-mechanism"],
    [12, "refused-mechanism-missing"],
    [13, "refused-authentication"],
    [14, "refused-authentication-missing"],
  ])("for the diagnostic %i of the service user", (diagnostic, key) => {
    const trace = new Trace().client(aarq()).server(aare({ result: 1, diagnostic, initiate: "" }));
    expect(trace.codes).toEqual([`2 association.${key}`]);
    expect(trace.found[0]?.severity).toBe("warning");
    expect(trace.state).toBe("rejected");
  });

  it("tells what was asked for", () => {
    const refused = aare({ context: 3, result: 1, diagnostic: 13, initiate: "" });
    const [found] = new Trace().client(aarq(gmac)).server(refused).found;
    expect(found?.detail).toBe(
      "authentication-failure; asked for were logical-name-referencing-with-ciphering and high-level-security-gmac",
    );
    // An AARE may be the first frame of a capture.
    const [alone] = new Trace().server(refused).found;
    expect(alone?.detail).toContain("authentication-failure; the server names the context");
  });

  it("for ACSE: the service provider's diagnostic 2", () => {
    const refused = toBytes("6117 a109060760857405080101 a203020101 a305a203020102");
    expect(codesOf(aarq(), refused)).toEqual(["2 association.refused-acse-version"]);
  });

  it("for the InitiateRequest: a confirmed-service-error in the AARE", () => {
    // initiateError (1), ServiceError initiate (6), dlms-version-too-low (1)
    const answer = aare({ result: 1, diagnostic: 1, initiate: "0e010601" });
    const trace = new Trace().client(aarq()).server(answer);
    expect(trace.codes).toEqual(["2 association.refused-initiate"]);
    expect(trace.found[0]?.detail).toContain("initiate: dlms-version-too-low");
  });

  it("of the InitiateRequest counts although ACSE accepts, or its result cannot be read", () => {
    const accepted = new Trace().client(aarq()).server(aare({ initiate: "0e010602" }));
    expect(accepted.codes).toEqual(["2 association.refused-initiate"]);
    expect(accepted.found[0]?.detail).toContain("initiate: incompatible-conformance");
    // user-information alone
    const alone = toBytes("6108 be06 0404 0e010602");
    expect(codesOf(aarq(), alone)).toEqual(["2 association.refused-initiate"]);
  });

  it("is none where the server accepts", () => {
    expect(codesOf(aarq(), aare({ diagnostic: 0 }))).toEqual([]);
  });
});
