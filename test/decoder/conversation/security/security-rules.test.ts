import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MeterMemories } from "../../../../decoder/conversation/security/meter-memory.js";
import { listDiagnostics } from "../../../../decoder/core/diagnostics.js";
import { toBytes } from "../../dissect-bytes.js";
import { general, greenBook, hex, specific } from "../../security/cipher-builder.js";
import {
  type AssociateChoices,
  aare,
  aarq,
  by,
  generalGetRequest,
  getRequest,
  getResponse,
  getScaler,
  gloGetRequest,
  gloGetResponse,
  greenBookKeys,
  initiateRequest,
  initiateWithKey,
  SecurityTrace,
  setRequest,
  setResponse,
} from "./security-trace.js";

const client = greenBook.clientTitle;
const server = greenBook.serverTitle;
const dedicatedKey = hex("0f0e0d0c0b0a09080706050403020100");

/** An association that is open, with both titles given. */
function opened(choices: AssociateChoices = {}, keySets = [greenBookKeys]): SecurityTrace {
  const trace = new SecurityTrace(keySets);
  trace.client(aarq({ ...choices, title: client }));
  trace.server(aare({ context: choices.context ?? "ciphered", title: server }));
  return trace;
}

/** The codes of a trace without `security.`. */
const codes = (trace: SecurityTrace) => trace.codes.map((code) => code.replace("security.", ""));

describe("a healthy association", () => {
  it("with ciphering has no findings", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.server(gloGetResponse(1));
    trace.client(gloGetRequest(2));
    trace.server(gloGetResponse(2));
    expect(trace.codes).toEqual([]);
  });

  it("without ciphering has none either", () => {
    const trace = opened({ context: "plain" });
    trace.client(getRequest);
    trace.server(getResponse);
    expect(trace.codes).toEqual([]);
  });

  it("gives back the same arrays while nothing is learnt", () => {
    const trace = new SecurityTrace();
    const first = trace.client(gloGetRequest(1));
    const second = trace.server(gloGetResponse(1));
    expect(second.learntKeys).toBe(first.learntKeys);
    expect(second.certificates).toBe(first.certificates);
  });
});

describe("the security suite", () => {
  it("changes within an association", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.server(gloGetResponse(1, { control: 0x31 }));
    expect(trace.findings).toEqual([
      { frame: 4, code: "security.suite-changed", detail: "1, before 0" },
    ]);
  });

  it("may be another one in the next association", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.client(aarq({ title: client }));
    trace.client(gloGetRequest(2, { control: 0x31 }));
    expect(trace.codes).toEqual([]);
  });
});

describe("the protection of answers", () => {
  it("in clear after a ciphered request", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.server(getResponse);
    expect(trace.findings).toEqual([
      { frame: 4, code: "security.answer-in-clear", detail: "request in frame 3" },
    ]);
  });

  it("an exception-response and a confirmed-service-error may come in clear", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.server("d80105");
    trace.client(gloGetRequest(2));
    trace.server("0e010603");
    expect(trace.codes).toEqual([]);
  });

  it("encrypted only, after a request that is authenticated, too", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.server(gloGetResponse(1, { control: 0x20 }));
    expect(trace.findings[0]).toEqual({
      frame: 4,
      code: "security.answer-less-protected",
      detail: "encrypted, there authenticated and encrypted",
    });
  });

  it("more than the request is no fault", () => {
    const trace = opened();
    trace.client(gloGetRequest(1, { control: 0x10 }));
    trace.server(gloGetResponse(1));
    expect(codes(trace)).toEqual(["authentication-without-encryption"]);
  });

  it("with the broadcast key", () => {
    const keys = { ...greenBookKeys, globalBroadcastEncryptionKey: dedicatedKey };
    const trace = opened({}, [keys]);
    trace.client(gloGetRequest(1));
    trace.server(gloGetResponse(1, { control: 0x70, key: dedicatedKey }));
    expect(codes(trace)).toEqual(["broadcast-key-for-answer"]);
  });

  it("the broadcast key in a request is what it is for", () => {
    const keys = { ...greenBookKeys, globalBroadcastEncryptionKey: dedicatedKey };
    const trace = opened({}, [keys]);
    trace.client(gloGetRequest(1, { control: 0x70, key: dedicatedKey }));
    expect(trace.codes).toEqual([]);
  });
});

describe("the protection of one side's services", () => {
  it("is less than before", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.client(gloGetRequest(2, { control: 0x10 }));
    expect(trace.findings[0]).toEqual({
      frame: 4,
      code: "security.less-protected-than-before",
      detail: "authenticated, there authenticated and encrypted",
    });
    const growing = opened();
    growing.client(gloGetRequest(1, { control: 0x10 }));
    growing.client(gloGetRequest(2));
    expect(growing.codes).not.toContain("security.less-protected-than-before");
  });

  it("ends: a request in clear after ciphered ones", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.server(gloGetResponse(1));
    trace.client(getRequest);
    expect(codes(trace)).toEqual(["in-clear-after-ciphering"]);
  });

  it("does not end where a new association is opened, or the first was closed", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.client(aarq({ context: "plain", title: client }));
    trace.server(aare({ context: "plain", title: server }));
    trace.client(getRequest);
    expect(trace.codes).toEqual([]);
    const closed = opened();
    closed.client(gloGetRequest(1));
    closed.client(getRequest, { view: { state: "released" } });
    expect(closed.codes).toEqual([]);
  });

  it("encrypted without authentication, said once for each side", () => {
    const trace = opened();
    trace.client(gloGetRequest(1, { control: 0x20 }));
    trace.client(gloGetRequest(2, { control: 0x20 }));
    expect(codes(trace)).toEqual(["encryption-without-authentication"]);
  });

  it("authenticated without encryption", () => {
    const trace = opened();
    trace.client(gloGetRequest(1, { control: 0x10 }));
    expect(codes(trace)).toEqual(["authentication-without-encryption"]);
  });

  it("is not judged where the bytes do not tell", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    // The header says that nothing is protected, as loggers leave it.
    trace.server(gloGetResponse(1, { control: 0x00 }));
    expect(trace.codes).toEqual([]);
  });

  it("a push in clear beside a ciphered association is another matter", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.server("0f00000001 00 0600000001", { unasked: true });
    expect(trace.codes).toEqual([]);
  });
});

describe("the application context", () => {
  it("with ciphering, and services in clear: said once for each side", () => {
    const trace = opened();
    trace.client(getRequest);
    trace.server(getResponse);
    trace.client(getScaler);
    trace.server(getResponse);
    expect(trace.findings).toEqual([
      { frame: 3, code: "security.plain-service", detail: undefined },
      { frame: 4, code: "security.plain-service", detail: undefined },
    ]);
  });

  it("with ciphering, and the passes of HLS in clear", () => {
    // action-request-normal: class 15, 0.0.40.0.0.255, method 1, an octet-string.
    const pass3 = toBytes("c301c1 000f 0000280000ff 01 01 0904 01020304");
    const pass4 = toBytes("c701c1 00 0100 0904 05060708");
    const trace = opened();
    trace.client(pass3);
    trace.server(pass4);
    expect(codes(trace)).toEqual(["hls-in-clear", "hls-in-clear"]);
    const plain = opened({ context: "plain" });
    plain.client(pass3);
    plain.server(pass4);
    expect(plain.codes).toEqual([]);
  });

  it("without ciphering, and a service that is ciphered", () => {
    const trace = opened({ context: "plain" });
    trace.client(gloGetRequest(1));
    expect(codes(trace)).toEqual(["ciphered-in-plain-context"]);
    const unknown = new SecurityTrace();
    unknown.client(gloGetRequest(1));
    expect(unknown.codes).toEqual([]);
  });

  it("without ciphering says nothing of what the meter pushes", () => {
    const trace = opened({ context: "plain" });
    const push = toBytes("0f00000001 00 0600000001");
    trace.server(general(0xdb, push, by("server", 1)), { unasked: true });
    expect(trace.codes).toEqual([]);
  });
});

describe("system titles", () => {
  const other = hex("4142430000000001");

  it("of general ciphering are those of the association", () => {
    const trace = opened();
    trace.client(generalGetRequest(1));
    expect(trace.codes).toEqual([]);
    trace.client(generalGetRequest(2, { title: other }));
    trace.client(generalGetRequest(3, { title: other }));
    expect(trace.findings).toEqual([
      {
        frame: 4,
        code: "security.title-of-another",
        detail: "4142430000000001, given 4d4d4d0000bc614e",
      },
    ]);
  });

  it("may be any where AARQ and AARE were not seen", () => {
    const trace = new SecurityTrace();
    trace.client(generalGetRequest(1, { title: other }));
    expect(trace.codes).toEqual([]);
  });

  it("of client and server differ", () => {
    const trace = new SecurityTrace();
    trace.client(aarq({ title: client }));
    trace.server(aare({ title: client }));
    expect(trace.findings).toEqual([
      { frame: 2, code: "security.same-titles", detail: "4d4d4d0000bc614e" },
    ]);
    expect(opened().codes).toEqual([]);
  });
});

describe("dedicated keys", () => {
  const withKey = (key: Uint8Array) => ({ initiate: initiateWithKey(key) });
  const dedicated = (counter: number) =>
    specific(0xd0, getRequest, by("client", counter, { key: dedicatedKey }));

  it("agreed and used", () => {
    const trace = opened(withKey(dedicatedKey));
    trace.client(dedicated(1));
    expect(trace.codes).toEqual([]);
  });

  it("agreed, and global ciphering all the same", () => {
    const trace = opened(withKey(dedicatedKey));
    trace.client(gloGetRequest(1));
    trace.client(gloGetRequest(2));
    expect(trace.findings).toEqual([
      { frame: 3, code: "security.dedicated-key-unused", detail: "glo-get-request" },
    ]);
  });

  it("agreed, and the release under the global key, as it must be", () => {
    const trace = opened(withKey(dedicatedKey));
    const initiate = specific(0x21, initiateRequest, by("client", 1));
    // RLRQ: reason normal, user-information with an octet string.
    const information = [0xbe, initiate.length + 2, 0x04, initiate.length, ...initiate];
    trace.client(Uint8Array.of(0x62, information.length + 3, 0x80, 0x01, 0x00, ...information));
    expect(trace.codes).toEqual([]);
  });

  it("used without being agreed", () => {
    const trace = opened({ initiate: initiateRequest });
    trace.client(dedicated(1));
    expect(codes(trace)).toEqual(["dedicated-key-not-agreed"]);
    const unseen = new SecurityTrace();
    unseen.client(dedicated(1));
    expect(unseen.codes).toEqual([]);
    // The initiate-request stays ciphered: nobody knows what is in it.
    const initiate = specific(0x21, initiateRequest, by("client", 1, { key: dedicatedKey }));
    const closed = opened({ initiate });
    closed.client(dedicated(2));
    expect(closed.codes).toEqual([]);
  });

  it("equal to the global key: the finding is the AARQ's", () => {
    const trace = opened(withKey(greenBook.encryptionKey));
    trace.client(specific(0xd0, getRequest, by("client", 1)));
    expect(trace.findings).toEqual([
      { frame: 1, code: "security.dedicated-key-is-global", detail: undefined },
    ]);
  });

  it("of a length that no suite has", () => {
    const trace = opened(withKey(dedicatedKey.subarray(0, 8)));
    expect(trace.findings).toEqual([
      { frame: 1, code: "security.dedicated-key-length", detail: "8 bytes" },
    ]);
  });

  it("of a length of another suite", () => {
    const long = new Uint8Array(32).fill(7);
    const trace = opened(withKey(long));
    expect(trace.codes).toEqual([]);
    trace.client(specific(0xd0, getRequest, by("client", 1, { key: long })));
    expect(trace.findings).toEqual([
      {
        frame: 1,
        code: "security.dedicated-key-length",
        detail: "32 bytes, 16 in security suite 0",
      },
    ]);
  });
});

describe("weak authentication", () => {
  it("a password in clear", () => {
    expect(opened({ context: "plain", mechanism: "low" }).codes).toEqual([
      "security.password-in-clear",
    ]);
    expect(opened({ context: "plain", mechanism: "gmac" }).codes).toEqual([]);
  });

  it("a write at the lowest level, said once", () => {
    const trace = opened({ context: "plain", mechanism: "lowest" });
    trace.client(getRequest);
    trace.client(setRequest);
    trace.server(setResponse);
    trace.client(setRequest);
    expect(trace.findings).toEqual([
      { frame: 4, code: "security.write-without-authentication", detail: undefined },
    ]);
  });

  it("a write at a higher level, or where the level is not known, is none", () => {
    const gmac = opened({ context: "plain", mechanism: "gmac" });
    gmac.client(setRequest);
    expect(gmac.codes).toEqual([]);
    const unknown = new SecurityTrace();
    unknown.client(setRequest);
    expect(unknown.codes).toEqual([]);
  });
});

describe("damage and nonsense", () => {
  it("damaged frames neither report nor change anything", () => {
    const trace = opened();
    trace.client(gloGetRequest(1));
    trace.server(getResponse, { damaged: true });
    trace.client(aarq({ context: "plain" }), { damaged: true });
    trace.client(gloGetRequest(2, { control: 0x31 }), { damaged: true });
    expect(trace.codes).toEqual([]);
  });

  it("nothing throws for any bytes, whatever the association", () => {
    const starts = [0x60, 0x61, 0xc0, 0xc1, 0xc3, 0xc7, 0xc8, 0xd0, 0xdb, 0xdd, 0x06, 0x0d];
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 40 }), fc.boolean()),
        ),
        (frames) => {
          const trace = new SecurityTrace();
          for (const [first, rest, fromClient] of frames) {
            const bytes = Uint8Array.of(first, ...rest);
            if (fromClient) trace.client(bytes);
            else trace.server(bytes);
          }
        },
      ),
    );
  });

  it("every prefix of a ciphered APDU passes", () => {
    const whole = gloGetRequest(1);
    for (let end = 1; end < whole.length; end++) opened().client(whole.slice(0, end));
  });

  it("every finding says what to look at next", () => {
    new SecurityTrace(undefined, new MeterMemories());
    const ours = listDiagnostics().filter(({ code }) => code.startsWith("security."));
    expect(ours.length).toBeGreaterThan(30);
    for (const { code, check, message } of ours) {
      expect(check, code).toBeTruthy();
      expect(message, code).not.toMatch(/\.$/);
    }
  });
});
