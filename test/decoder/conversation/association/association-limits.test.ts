/** What was negotiated, and what is used and sent all the same. */
import { describe, expect, it } from "vitest";
import {
  aare,
  aarq,
  get,
  getAnswer,
  initiateRequest,
  initiateResponse,
  Trace,
} from "./association-frames.js";

/** An open association with that conformance and those longest APDUs. */
function opened(conformance: string, clientMax = "ffff", serverMax = "ffff"): Trace {
  const request = aarq({ initiate: initiateRequest(conformance, clientMax) });
  return new Trace()
    .client(request)
    .server(aare({ initiate: initiateResponse(conformance, serverMax) }));
}

/** Bits of the conformance block, counted from the left: get 19. */
const getOnly = "000010";

describe("services that were not negotiated", () => {
  const set = "c10141 0003 0100010800ff 02 00 0600000001";

  it("are reported once, with the name of the bit", () => {
    const trace = opened(getOnly).client(set).server("c5014100").client(set);
    expect(trace.found).toMatchObject([
      { frame: 3, code: "association.service-not-negotiated", detail: "set", severity: "warning" },
    ]);
  });

  it("are those of the server, too", () => {
    // event-notification-request without time
    const trace = opened(getOnly).server("c2 00 0003 0100010800ff 02 0600000001");
    expect(trace.found).toMatchObject([{ frame: 3, detail: "event-notification" }]);
  });

  it("are none where the bit is there, and where nothing is known of the conformance", () => {
    expect(opened("000018").client(get).server(getAnswer).client(set).codes).toEqual([]);
    const unknown = new Trace().client(aarq({ initiate: "" })).server(aare({ initiate: "" }));
    expect(unknown.client(set).codes).not.toContain("3 association.service-not-negotiated");
  });

  it("are not judged by an association that has ended", () => {
    const trace = opened(getOnly).client("6203800100").server("6303800100").client(set);
    expect(trace.codes).toEqual([]);
  });

  it("are not passes 3 and 4", () => {
    const initiate = initiateRequest(getOnly);
    const trace = new Trace()
      .client(aarq({ mechanism: 3, challenge: "0102030405060708", initiate }))
      .server(
        aare({
          mechanism: 3,
          challenge: "1112131415161718",
          diagnostic: 14,
          initiate: initiateResponse(getOnly),
        }),
      )
      .client(`c30141 000f 0000280000ff 01 01 0910${"aa".repeat(16)}`)
      .server(`c70141 00 01 00 0910${"bb".repeat(16)}`);
    expect(trace.codes).toEqual(["3 security.hls-not-checked", "4 security.hls-not-checked"]);
    // Any other ACTION is one: disconnect control, method 1.
    trace.client("c30141 0046 0000600310ff 01 01 0f00");
    expect(trace.found.at(-1)).toMatchObject({ frame: 5, detail: "action" });
  });

  it("high priority is but informative", () => {
    const trace = opened(getOnly).client("c001c1 0003 0100010800ff 02 00");
    expect(trace.found).toMatchObject([
      { frame: 3, code: "association.priority-not-negotiated", severity: "info" },
    ]);
    // priority-mgmt-supported is bit 9
    expect(opened("004010").client("c001c1 0003 0100010800ff 02 00").codes).toEqual([]);
  });
});

describe("an APDU that is too long", () => {
  /** c4 01, invoke-id, choice; 09, length and contents of an octet-string. */
  const answer = `c40141 00 0964 ${"5a".repeat(100)}`;
  const length = 4 + 2 + 100;

  it("for the client", () => {
    const limit = (length - 1).toString(16).padStart(4, "0");
    const trace = opened(getOnly, limit).client(get).server(answer);
    expect(trace.codes).toEqual(["4 association.pdu-too-long"]);
    expect(trace.found[0]?.detail).toBe(`${length} bytes, the client takes ${length - 1}`);
  });

  it("for the client, with the block transfer that was agreed", () => {
    // block-transfer-with-get-or-read is bit 11 (001000)
    const trace = opened("001010", "0064").client(get).server(answer);
    expect(trace.found[0]?.detail).toBe(
      `${length} bytes, the client takes 100; block-transfer-with-get-or-read was negotiated and should have been used`,
    );
  });

  it("for the server", () => {
    // get-request-normal: 13 bytes; 12 are taken
    const trace = opened(getOnly, "ffff", "000c").client(get);
    expect(trace.found[0]?.detail).toBe("13 bytes, the server takes 12");
  });

  it("is none up to the limit, and where 0 says that there is none", () => {
    const limit = length.toString(16).padStart(4, "0");
    expect(opened(getOnly, limit, "000d").client(get).server(answer).codes).toEqual([]);
    expect(opened(getOnly, "0000", "0000").client(get).server(answer).codes).toEqual([]);
  });

  it("is counted a block at a time where blocks carry it", () => {
    // general-block-transfer is bit 2 (200000). One block, the last: tag, control, number,
    // acknowledged number and length stand before its contents of 106 bytes, in all 113 (71).
    const block = `e0 80 0001 0000 6a ${answer}`;
    expect(opened("200010", "0071").client(get).server(block).codes).not.toContain(
      "4 association.pdu-too-long",
    );
    expect(opened("200010", "0070").client(get).server(block).codes).toContain(
      "4 association.pdu-too-long",
    );
  });
});
