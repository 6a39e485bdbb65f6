/** The association from its opening to its end, one trace a rule. */
import { describe, expect, it } from "vitest";
import { toBytes } from "../../dissect-bytes.js";
import { greenBook } from "../../security/cipher-builder.js";
import {
  aare,
  aarq,
  exception,
  get,
  getAnswer,
  initiateRequest,
  initiateResponse,
  rlre,
  rlrq,
  Trace,
} from "./association-frames.js";

/** HLS-MD5 needs challenges, and no system titles. */
const hlsRequest = aarq({ mechanism: 3, challenge: "0102030405060708" });
const hlsAnswer = aare({ mechanism: 3, challenge: "1112131415161718", diagnostic: 14 });
/** reply_to_HLS_authentication with an octet-string of 16 bytes. */
const pass3 = `c30141 000f 0000280000ff 01 01 0910${"aa".repeat(16)}`;
const pass4 = `c70141 00 01 00 0910${"bb".repeat(16)}`;

describe("the state", () => {
  it("follows a session over HDLC", () => {
    const trace = new Trace();
    const states = [trace.state];
    const note = () => states.push(trace.state);
    trace.link("SNRM", "UA");
    note();
    trace.client(aarq());
    note();
    trace.server(aare());
    note();
    trace.client(get).server(getAnswer).client(rlrq).server(rlre);
    note();
    trace.link("DISC", "UA").finish();
    note();
    expect(states).toEqual(["unknown", "unknown", "requested", "open", "released", "released"]);
    expect(trace.codes).toEqual([]);
  });

  it("is authenticating until pass 4", () => {
    const trace = new Trace().client(hlsRequest).server(hlsAnswer);
    expect(trace.state).toBe("authenticating");
    trace.client(pass3);
    expect(trace.state).toBe("authenticating");
    trace.server(pass4).client(get).server(getAnswer).finish();
    expect(trace.state).toBe("open");
    expect(trace.codes).toEqual(["3 security.hls-not-checked", "4 security.hls-not-checked"]);
  });

  it("is open at once where the AARQ wants no answer", () => {
    // response-allowed present and false
    const unconfirmed = "01 00 0100 00 06 5f1f0400 007e1f ffff";
    const trace = new Trace().client(aarq({ initiate: unconfirmed }), get);
    expect(trace.state).toBe("open");
    expect(trace.codes).toEqual([]);
  });

  it("is not changed by a damaged frame", () => {
    const trace = new Trace().client(aarq()).server(aare()).damaged(rlrq);
    expect(trace.state).toBe("open");
  });

  it("is not changed by APDUs of which only the name could be read", () => {
    const trace = new Trace().client(aarq()).server("6102a2");
    expect(trace.state).toBe("unknown");
    expect(trace.codes).toEqual([]);
  });
});

describe("the view", () => {
  it("holds what was agreed", () => {
    const titles = { title: greenBook.clientTitle, context: 3 };
    const trace = new Trace()
      .client(aarq({ ...titles, mechanism: 1, challenge: "31", initiate: initiateRequest() }))
      .server(aare({ ...titles, initiate: initiateResponse("000010", "00ef") }));
    expect(trace.tracker.view).toEqual({
      state: "open",
      ciphered: true,
      mechanism: "low-level-security",
      // bit 19, counted from the left
      conformance: ["get"],
      clientMaxReceivePduSize: 0xffff,
      serverMaxReceivePduSize: 0xef,
      requestFrame: 1,
      responseFrame: 2,
    });
  });

  it("forgets it with a new link", () => {
    const trace = new Trace().client(aarq()).server(aare()).link("SNRM", "UA");
    expect(trace.tracker.view).toMatchObject({
      state: "unknown",
      conformance: undefined,
      requestFrame: undefined,
    });
  });
});

describe("services without an association", () => {
  it("are taken for those of a pre-established one, which is said once", () => {
    const trace = new Trace().client(get).server(getAnswer).client(get).server(getAnswer);
    expect(trace.codes).toEqual(["1 association.pre-established"]);
    expect(trace.state).toBe("unknown");
  });

  it("are nothing to speak of where the AARQ was captured", () => {
    const trace = new Trace().client(aarq()).server(aare()).client(get).server(getAnswer);
    expect(trace.codes).toEqual([]);
  });

  it("are nothing to speak of where the meter pushes", () => {
    const trace = new Trace().server("0f 40000001 00 0600000001");
    expect(trace.codes).toEqual([]);
    // general-glo-ciphering that stays ciphered
    const sealed = `db 00 19 30 00000001 ${"5a".repeat(20)}`;
    expect(new Trace().server(sealed, sealed).codes).toEqual([]);
    // It shows no association that is open, either.
    const released = new Trace().client(aarq()).server(aare()).client(rlrq).server(rlre);
    released.client(get).server(sealed);
    expect(released.state).toBe("released");
    // As an answer it is a service of an association.
    expect(new Trace().answer(sealed).codes).toEqual(["1 association.pre-established"]);
  });

  it("are wrong after a release, if the server does not serve them; said once", () => {
    const open = () => new Trace().client(aarq()).server(aare()).client(rlrq).server(rlre);
    const refused = open().client(get).server(exception).client(get).server(exception);
    expect(refused.codes).toEqual(["5 association.no-association"]);
    expect(refused.found[0]?.detail).toBe("it is released");
    const unanswered = open().client(get).finish();
    expect(unanswered.codes).toEqual(["5 association.no-association"]);
  });

  it("are wrong after a refusal", () => {
    const trace = new Trace().client(aarq()).server(aare({ result: 1, diagnostic: 1 }));
    trace.client(get).link("DM");
    expect(trace.codes).toContain("3 association.no-association");
  });

  it("show that an opening was not captured, if the server serves them", () => {
    const trace = new Trace().client(aarq()).server(aare()).client(rlrq).server(rlre);
    trace.client(get).server(getAnswer).finish();
    expect(trace.codes).toEqual(["6 association.pre-established"]);
    expect(trace.state).toBe("unknown");
  });

  it("are not judged after a damaged frame, which may have been the AARQ", () => {
    const trace = new Trace().client(aarq()).server(aare()).client(rlrq).server(rlre);
    trace.damaged(aarq()).client(get).server(exception).finish();
    expect(trace.codes).not.toContain("6 association.no-association");
  });
});

describe("services before the authentication is finished", () => {
  it("are reported, once", () => {
    const trace = new Trace().client(hlsRequest).server(hlsAnswer).client(get, get);
    expect(trace.codes).toEqual(["3 association.before-authentication"]);
  });

  it("are not, after pass 3 of which the answer was not captured", () => {
    const trace = new Trace().client(hlsRequest).server(hlsAnswer).client(pass3, get);
    expect(trace.codes).toEqual(["3 security.hls-not-checked"]);
    expect(trace.state).toBe("open");
  });

  it("are not, after a damaged frame", () => {
    const trace = new Trace().client(hlsRequest).server(hlsAnswer).damaged(pass3).client(get);
    expect(trace.codes).toEqual([]);
  });

  it("are not, where the server asks for no passes", () => {
    const answer = aare({ mechanism: 3, challenge: "1112131415161718", diagnostic: 0 });
    expect(new Trace().client(hlsRequest).server(answer).client(get).codes).toEqual([]);
  });

  it("may be pass 3 where they stayed ciphered", () => {
    // glo-action-request and -response, ciphered with a key that is not given
    const sealed = (tag: string) => `${tag} 19 30 00000001 ${"5a".repeat(20)}`;
    const trace = new Trace().client(hlsRequest).server(hlsAnswer);
    trace.client(sealed("cb")).server(sealed("cf")).client(get);
    expect(trace.state).toBe("open");
    expect(trace.codes).toEqual(["3 security.hls-not-checked", "4 security.hls-not-checked"]);
  });

  it("cannot be pass 3 where a ciphered service names another one", () => {
    const trace = new Trace().client(hlsRequest).server(hlsAnswer);
    trace.client(`c8 19 30 00000001 ${"5a".repeat(20)}`);
    expect(trace.codes).toEqual(["3 association.before-authentication"]);
  });
});

describe("an authentication that is not finished", () => {
  it("is noted at the AARE when a new association is asked for, and at the end", () => {
    const again = aarq({ mechanism: 3, challenge: "2122232425262728" });
    const trace = new Trace().client(hlsRequest).server(hlsAnswer).client(again);
    expect(trace.codes).toContain("2 association.authentication-unfinished");
    const ended = new Trace().client(hlsRequest).server(hlsAnswer).finish();
    expect(ended.codes).toEqual(["2 association.authentication-unfinished"]);
  });

  it("is not where the capture ends after pass 3, and where it is finished", () => {
    const trace = new Trace().client(hlsRequest).server(hlsAnswer).client(pass3).finish();
    expect(trace.codes).toEqual(["3 security.hls-not-checked"]);
    trace.server(pass4).finish();
    expect(trace.codes).toHaveLength(2);
  });

  it("is said once where the client releases and disconnects", () => {
    const trace = new Trace().client(hlsRequest).server(hlsAnswer).client(rlrq).server(rlre);
    trace.link("DISC", "UA").finish();
    expect(trace.codes).toEqual(["2 association.authentication-unfinished"]);
  });
});

describe("AARQ and AARE at the wrong time", () => {
  it("an AARQ while an association is open", () => {
    const trace = new Trace().client(aarq()).server(aare()).client(get).server(getAnswer);
    trace.client(aarq());
    expect(trace.codes).toEqual(["5 association.request-while-open"]);
    expect(trace.found[0]?.detail).toBe("the association is open, since frame 2");
    expect(trace.state).toBe("requested");
  });

  it("is fine as a repetition, after a release and on a new link", () => {
    const repeated = new Trace()
      .client(aarq(), aarq())
      .server(aare())
      .client(aarq())
      .server(aare());
    expect(repeated.codes).toEqual([]);
    const released = new Trace().client(aarq()).server(aare()).client(get, rlrq).server(rlre);
    expect(released.client(aarq()).codes).toEqual([]);
    const relinked = new Trace().client(aarq()).server(aare()).client(get);
    expect(relinked.link("DISC", "UA", "SNRM", "UA").client(aarq()).codes).toEqual([
      "4 association.closed-without-release",
    ]);
  });

  it("an AARE that answers no AARQ", () => {
    const trace = new Trace().client(get).server(getAnswer).server(aare());
    expect(trace.codes).toContain("3 association.response-without-request");
  });

  it("is fine at the beginning of a capture, as a repetition, and after a damaged frame", () => {
    expect(new Trace().server(aare()).codes).toEqual([]);
    expect(new Trace().client(aarq()).server(aare(), aare()).codes).toEqual([]);
    const damaged = new Trace().link("SNRM", "UA").damaged(aarq()).server(aare());
    expect(damaged.codes).toEqual([]);
    expect(damaged.state).toBe("open");
  });

  it("a service that is answered although the AARE was not captured leaves all open", () => {
    const trace = new Trace().client(aarq(), get).server(getAnswer).client(get).server(getAnswer);
    expect(trace.codes).toEqual([]);
    expect(trace.state).toBe("unknown");
  });
});

describe("the end", () => {
  const open = () => new Trace().client(aarq()).server(aare());

  it("by DISC or SNRM without RLRQ is told once", () => {
    expect(open().link("DISC", "DISC", "UA").codes).toEqual([
      "3 association.closed-without-release",
    ]);
    expect(open().link("SNRM", "UA").codes).toEqual(["3 association.closed-without-release"]);
    expect(open().client(rlrq).server(rlre).link("DISC", "UA").codes).toEqual([]);
  });

  it("by a DM that no DISC asked for", () => {
    const trace = open().client(get).link("DM");
    expect(trace.codes).toEqual(["4 association.link-lost"]);
    expect(trace.state).toBe("aborted");
    const asked = open().client(rlrq).server(rlre).link("DISC", "DM");
    expect(asked.codes).toEqual([]);
    expect(asked.state).toBe("released");
  });

  it("that the server refuses", () => {
    // RLRE with reason not-finished
    const trace = open().client(rlrq).server("6303800101");
    expect(trace.codes).toEqual(["4 association.release-refused"]);
    expect(trace.state).toBe("open");
    expect(open().client(rlrq).server(exception).codes).toEqual(["4 association.release-refused"]);
    expect(open().client(rlrq).server(rlre).codes).toEqual([]);
  });

  it("that is not answered shows when the client goes on, not when the capture ends", () => {
    expect(open().client(rlrq).link("DISC", "UA").codes).toEqual([
      "3 association.release-unanswered",
    ]);
    expect(open().client(rlrq, rlrq).server(rlre).codes).toEqual([]);
    expect(open().client(rlrq).finish().codes).toEqual([]);
  });
});

describe("passes 3 and 4 with short names", () => {
  it("are READ of the method of the Association SN object, base name FA00, offset 58", () => {
    const request = aarq({ context: 2, mechanism: 3, challenge: "0102030405060708" });
    const answer = aare({
      context: 2,
      mechanism: 3,
      challenge: "1112131415161718",
      diagnostic: 14,
    });
    const read = `05 01 04 fa58 00 0910${"aa".repeat(16)}`;
    const trace = new Trace().client(request).server(answer).client(read);
    trace.server(`0c 01 00 0910${"bb".repeat(16)}`);
    expect(trace.state).toBe("open");
    expect(trace.codes).toEqual(["3 security.hls-not-checked", "4 security.hls-not-checked"]);
  });

  it("or WRITE", () => {
    const request = aarq({ context: 2, mechanism: 3, challenge: "0102030405060708" });
    const answer = aare({
      context: 2,
      mechanism: 3,
      challenge: "1112131415161718",
      diagnostic: 14,
    });
    const trace = new Trace().client(request).server(answer);
    trace.client(`06 01 02 fa58 01 0910${"aa".repeat(16)}`).server("0d 01 00");
    expect(trace.state).toBe("open");
  });
});

it("whatever comes in whatever order throws nothing", () => {
  const steps: ((trace: Trace) => Trace)[] = [
    (trace) => trace.client(hlsRequest),
    (trace) => trace.server(hlsAnswer),
    (trace) => trace.client(pass3),
    (trace) => trace.server(pass4),
    (trace) => trace.client(rlrq),
    (trace) => trace.server(rlre),
    (trace) => trace.link("SNRM", "UA"),
    (trace) => trace.link("DM"),
    (trace) => trace.client(toBytes("c301")),
    (trace) => trace.server(toBytes("c7014100")),
    (trace) => trace.damaged(get),
    (trace) => trace.server(exception),
  ];
  for (const a of steps) {
    for (const b of steps) {
      for (const c of steps) expect(() => c(b(a(new Trace()))).finish()).not.toThrow();
    }
  }
});
