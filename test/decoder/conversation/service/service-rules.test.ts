/** Forms, lists and refusals of the services, as IEC 62056-5-3 has them. */
import { describe, expect, it } from "vitest";
import { block, get, got, lengthOf, next, Trace, u32 } from "./exchange-trace.js";

const attribute = "0003 0100010800ff 02 00";
const method = "0046 000060030aff 01";
const getList = `c003c1 02 ${attribute} ${attribute}`;
const set = `c101c1 ${attribute} 1105`;
const setList = `c104c1 02 ${attribute} ${attribute} 02 1105 1106`;
const action = `c301c1 ${method} 00`;
const actionList = `c303c1 02 ${method} ${method} 02 0f00 0f00`;
const setFirst = (last: string, raw = "1105") =>
  `c102c1 ${attribute} ${last} ${u32(1)} ${lengthOf(raw)} ${raw}`;
const actionFirst = (last: string) => `c304c1 ${method} ${last} ${u32(1)} 02 1105`;

const codesOf = (request: string, answer: string) =>
  new Trace().client(request).server(answer).found;

describe("the form of an answer", () => {
  it.each([
    [get(), got()],
    [get(), block(1, true, "1105")],
    [getList, "c403c1 02 001105 001106"],
    [getList, block(1, false)],
    [set, "c501c1 00"],
    [setList, "c505c1 02 00 00"],
    [setFirst("00"), `c502c1 ${u32(1)}`],
    [setFirst("01"), `c503c1 00 ${u32(1)}`],
    [action, "c701c1 00 00"],
    [action, `c702c1 00 ${u32(1)} 01 00`],
    [actionList, "c703c1 02 0000 0000"],
    [actionFirst("00"), `c704c1 ${u32(1)}`],
    [actionFirst("01"), "c701c1 00 00"],
  ])("%s can be %s", (request, answer) => {
    expect(codesOf(request, answer)).toEqual([]);
  });

  it.each([
    [get(), "c403c1 01 001105"],
    [getList, got()],
    [set, "c505c1 01 00"],
    [setList, "c501c1 00"],
    [setFirst("00"), `c503c1 00 ${u32(1)}`],
    [setFirst("01"), `c502c1 ${u32(1)}`],
    [setFirst("01"), `c504c1 01 00 ${u32(1)}`],
    [action, "c703c1 01 0000"],
    [actionList, "c701c1 00 00"],
    [actionFirst("00"), "c701c1 00 00"],
    [actionFirst("01"), `c704c1 ${u32(1)}`],
    [get(), "c501c1 00"],
  ])("%s cannot be %s", (request, answer) => {
    expect(codesOf(request, answer)).toEqual(["2 service.response-choice"]);
  });

  it("is free where everything is refused", () => {
    // Data-Access-Result 16, no-long-get-in-progress, in a single answer.
    expect(codesOf(next(3), "c401c1 01 10")).toEqual(["2 service.refused-no-long-get-in-progress"]);
  });

  it("of ACCESS is that of each operation", () => {
    // One access-request-get; answered by access-response-set, success.
    const request = "d9 40000001 00 01 01 0003 0100010800ff 02 01 00";
    expect(codesOf(request, "da 40000001 00 00 01 1105 01 02 00")).toEqual([
      "2 service.response-choice",
    ]);
    expect(codesOf(request, "da 40000001 00 00 01 1105 01 01 00")).toEqual([]);
  });
});

describe("lists", () => {
  it.each([
    ["GET", getList, "c403c1 01 001105"],
    ["SET", setList, "c505c1 01 00"],
    ["ACTION", actionList, "c703c1 01 0000"],
    ["READ", "05 02 02 0bd8 02 0be0", "0c 01 00 1105"],
    ["WRITE", "06 02 02 0bd8 02 0be0 02 1105 1106", "0d 01 00"],
    // One get was asked for, two are answered.
    [
      "ACCESS",
      "d9 40000001 00 01 01 0003 0100010800ff 02 01 00",
      "da 40000001 00 00 02 1105 1106 02 0100 0100",
    ],
    // Get-Data-Result data 05 alone, where two were asked for.
    ["joined blocks", getList, block(1, true, "01001105")],
  ])("of %s are as long in the answer as in the request", (_, request, answer) => {
    expect(codesOf(request, answer)).toEqual(["2 service.list-length"]);
  });

  it.each([
    ["SET", `c104c1 02 ${attribute} ${attribute} 01 1105`],
    ["ACTION", `c303c1 02 ${method} ${method} 01 0f00`],
    ["WRITE", "06 02 02 0bd8 02 0be0 01 1105"],
    ["unconfirmed WRITE", "16 02 02 0bd8 02 0be0 01 1105"],
    ["ACCESS", "d9 40000001 00 01 01 0003 0100010800ff 02 02 00 00"],
    // Set-Request-With-List-And-First-Datablock, the block with a list of one value.
    ["SET in blocks", `c105c1 02 ${attribute} ${attribute} 01 ${u32(1)} 03 01 1105`],
  ])("of %s are as long as that of its values", (_, request) => {
    expect(new Trace().client(request).found).toEqual(["1 service.list-length"]);
  });

  it.each([
    [getList, "c403c1 02 001105 001106"],
    [getList, block(1, true, "02 001105 001106")],
    ["05 02 02 0bd8 02 0be0", "0c 02 00 1105 00 1106"],
    ["06 02 02 0bd8 02 0be0 02 1105 1106", "0d 02 00 00"],
    ["d9 40000001 00 01 01 0003 0100010800ff 02 01 00", "da 40000001 00 00 01 1105 01 0100"],
  ])("may be long: %s", (request, answer) => {
    expect(codesOf(request, answer)).toEqual([]);
  });
});

describe("refusals", () => {
  it.each([
    ["01", "hardware-fault"],
    ["02", "temporary-failure"],
    ["03", "read-write-denied"],
    ["04", "object-undefined"],
    ["09", "object-class-inconsistent"],
    ["0b", "object-unavailable"],
    ["0c", "type-unmatched"],
    ["0d", "scope-of-access-violated"],
    ["0e", "data-block-unavailable"],
    ["0f", "long-get-aborted"],
    ["10", "no-long-get-in-progress"],
    ["11", "long-set-aborted"],
    ["12", "no-long-set-in-progress"],
    ["13", "data-block-number-invalid"],
    ["fa", "other-reason"],
  ])("Data-Access-Result %s is explained with the object", (code, word) => {
    const trace = new Trace().client(get()).server(`c401c1 01 ${code}`);
    expect(trace.found).toEqual([`2 service.refused-${word}`]);
    expect(trace.details.get(`2 service.refused-${word}`)).toBe(
      `1-0:1.8.0*255 attribute 2 (Register.value), ${word}`,
    );
  });

  it.each([
    ["0f", "long-action-aborted"],
    ["10", "no-long-action-in-progress"],
    ["03", "read-write-denied"],
  ])("Action-Result %s is explained with the method", (code, word) => {
    const trace = new Trace().client(action).server(`c701c1 ${code} 00`);
    expect(trace.details.get(`2 service.refused-${word}`)).toBe(
      `0-0:96.3.10*255 method 1 (Disconnect control.remote_disconnect), ${word}`,
    );
  });

  it("of elements of a list name those elements, each code once", () => {
    const second = "0008 0000010000ff 02 00";
    const trace = new Trace()
      .client(`c003c1 03 ${attribute} ${second} ${second}`)
      .server("c403c1 03 001105 0103 0103");
    expect(trace.found).toEqual(["2 service.refused-read-write-denied"]);
    expect(trace.details.get("2 service.refused-read-write-denied")).toBe(
      "0-0:1.0.0*255 attribute 2 (Clock.time); 0-0:1.0.0*255 attribute 2 (Clock.time), read-write-denied",
    );
  });

  it("with a code of the maker are explained as such", () => {
    expect(codesOf(get(), "c401c1 01 c8")).toEqual(["2 service.refused-reserved"]);
  });

  it("with a code of an exception that the standard does not define are explained as such", () => {
    expect(codesOf(get(), "d8 01 07")).toEqual(["2 service.exception-reserved"]);
  });

  it("are none where the answer brings a value", () => {
    expect(codesOf(get(), got())).toEqual([]);
  });

  // One of each APDU that can refuse; nothing of the client is captured.
  it.each([
    ["GET", "c401c1 01 03", "refused-read-write-denied", "read-write-denied"],
    // DataBlock-G with Data-Access-Result 15.
    ["GET in blocks", `c402c1 01 ${u32(2)} 01 0f`, "refused-long-get-aborted", "long-get-aborted"],
    [
      "GET of a list",
      "c403c1 03 001105 0103 0103",
      "refused-read-write-denied",
      "elements 2, 3, read-write-denied",
    ],
    // One block with the results of the whole list.
    [
      "GET of a list in a block",
      block(1, true, "02 001105 0104"),
      "refused-object-undefined",
      "element 2, object-undefined",
    ],
    ["SET", "c501c1 0c", "refused-type-unmatched", "type-unmatched"],
    ["SET in blocks", `c503c1 13 ${u32(3)}`, "refused-data-block-number-invalid", "data-block-"],
    ["SET of a list", "c505c1 02 00 0b", "refused-object-unavailable", "element 2, object-"],
    [
      "SET of a list in blocks",
      `c504c1 02 00 01 ${u32(3)}`,
      "refused-hardware-fault",
      "element 2, hardware-fault",
    ],
    ["ACTION", "c701c1 02 00", "refused-temporary-failure", "temporary-failure"],
    // Action-Result success, return-parameters: Data-Access-Result 250.
    ["the answer of a method", "c701c1 00 01 01 fa", "refused-other-reason", "other-reason"],
    ["ACTION of a list", "c703c1 02 0000 0d00", "refused-scope-of-access-violated", "element 2"],
    [
      "ACCESS",
      "da 40000001 00 00 02 00 1105 02 01 04 03 00",
      "refused-object-undefined",
      "element 1, object-undefined",
    ],
    ["READ", "0c 02 00 1105 01 03", "refused-read-write-denied", "element 2, read-write-denied"],
    ["WRITE", "0d 02 00 01 0c", "refused-type-unmatched", "element 2, type-unmatched"],
  ])("of %s are told where nobody knows the request", (_, answer, key, detail) => {
    const trace = new Trace().server(answer);
    const found = `1 service.${key}`;
    expect(trace.found).toEqual([found]);
    expect(trace.details.get(found)).toContain(detail);
    expect(trace.severities.get(found)).toBe("note");
    expect(trace.abouts.get(found)).toBe("apdu");
  });

  it.each([
    ["d8 02 02", "exception-service-not-supported"],
    ["0e 06 05 02", "error-access"],
  ])("of the whole request are warnings, whatever it was: %s", (answer, key) => {
    const trace = new Trace().server(answer);
    const found = `1 service.${key}`;
    expect(trace.found).toEqual([found]);
    expect(trace.severities.get(found)).toBe("warning");
    expect(trace.abouts.get(found)).toBe("apdu");
  });

  it("are told once where the answer is repeated, and anew where it says something else", () => {
    const twice = new Trace().client(get()).server("c401c1 01 03").client(get("c2"));
    expect(twice.server("c401c1 01 03").found).toEqual([
      "2 service.refused-read-write-denied",
      "4 service.duplicate-answer",
    ]);
    const other = new Trace().client(get()).client(get()).server(got()).server("c401c1 01 02");
    expect(other.found).toEqual([
      "2 service.retry",
      "4 service.duplicate-answer",
      "4 service.refused-temporary-failure",
    ]);
  });

  it("of a damaged frame are not told", () => {
    const trace = new Trace().client(get()).server("c401c1 01 03", { damaged: true });
    expect(trace.found).toEqual([]);
  });

  it("of the proof of high level security are the association's to tell", () => {
    // ACTION of reply_to_HLS_authentication; Action-Result 3.
    const pass3 = "c301c1 000f 0000280000ff 01 01 0902aabb";
    expect(codesOf(pass3, "c701c1 03 00")).toEqual([]);
    expect(codesOf(pass3, "d8 01 05")).toEqual(["2 service.exception-deciphering-error"]);
    // The method is carried out, and its answer refused: no verdict on the proof.
    expect(codesOf(pass3, "c701c1 00 01 01 fa")).toEqual(["2 service.refused-other-reason"]);
  });

  it.each([
    ["01", "operation-not-possible"],
    ["02", "service-not-supported"],
    ["03", "other-reason"],
    ["04", "pdu-too-long"],
    ["05", "deciphering-error"],
  ])("exception %s is explained", (code, word) => {
    expect(codesOf(get(), `d8 02 ${code}`)).toEqual([`2 service.exception-${word}`]);
  });

  it("of a counter name the one that is expected", () => {
    const trace = new Trace().client(get()).server("d8 01 06 00000064");
    const detail = trace.details.get("2 service.exception-invocation-counter-error");
    expect(detail).toContain("the server expects 100 at least");
    expect(detail).toContain(
      "get-request-normal in frame 1 of 1-0:1.8.0*255 attribute 2 (Register.value)",
    );
  });

  it.each([
    ["00 00", "application-reference"],
    ["01 00", "hardware-resource"],
    ["02 01", "vde-state-error"],
    ["03 02", "service"],
    ["04 01", "definition"],
    ["05 01", "access"],
    ["06 02", "initiate"],
    ["07 01", "load-data-set"],
    ["08 00", "change-scope"],
    ["09 01", "task"],
    ["0a 00", "other"],
  ])("confirmed-service-error %s is explained", (code, word) => {
    expect(codesOf("05 01 02 0bd8", `0e 05 ${code}`)).toEqual([`2 service.error-${word}`]);
  });
});
