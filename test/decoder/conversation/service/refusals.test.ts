/** Every refusal that the standard names has a finding of its own, in its words. */
import { describe, expect, it } from "vitest";
import { get, got, Trace } from "./exchange-trace.js";

const attribute = "0003 0100010800ff 02 00";
const set = `c101c1 ${attribute} 1105`;
const action = "c301c1 0046 000060030aff 01 00";
const found = (request: string, answer: string) => new Trace().client(request).server(answer).found;
const byte = (value: number) => value.toString(16).padStart(2, "0");

/** Data-Access-Result (IEC 62056-5-3, the enumeration of the ASN.1). */
const dataAccessResults = [
  [1, "service.refused-hardware-fault"],
  [2, "service.refused-temporary-failure"],
  [3, "service.refused-read-write-denied"],
  [4, "service.refused-object-undefined"],
  [9, "service.refused-object-class-inconsistent"],
  [11, "service.refused-object-unavailable"],
  [12, "service.refused-type-unmatched"],
  [13, "service.refused-scope-of-access-violated"],
  [14, "service.refused-data-block-unavailable"],
  [15, "service.refused-long-get-aborted"],
  [16, "service.refused-no-long-get-in-progress"],
  [17, "service.refused-long-set-aborted"],
  [18, "service.refused-no-long-set-in-progress"],
  [19, "service.refused-data-block-number-invalid"],
  [250, "service.refused-other-reason"],
] as const;

/** Action-Result, where it differs. */
const actionResults = [
  [15, "service.refused-long-action-aborted"],
  [16, "service.refused-no-long-action-in-progress"],
] as const;

/** `service-error` of the exception-response. */
const exceptions = [
  [1, "service.exception-operation-not-possible"],
  [2, "service.exception-service-not-supported"],
  [3, "service.exception-other-reason"],
  [4, "service.exception-pdu-too-long"],
  [5, "service.exception-deciphering-error"],
] as const;

/** The choices of ServiceError, with their tags. */
const serviceErrors = [
  [0, "service.error-application-reference"],
  [1, "service.error-hardware-resource"],
  [2, "service.error-vde-state-error"],
  [3, "service.error-service"],
  [4, "service.error-definition"],
  [5, "service.error-access"],
  [6, "service.error-initiate"],
  [7, "service.error-load-data-set"],
  [8, "service.error-change-scope"],
  [9, "service.error-task"],
  [10, "service.error-other"],
] as const;

describe("a refusal", () => {
  it.each(dataAccessResults)("of GET with Data-Access-Result %i: %s", (value, code) => {
    expect(found(get(), `c401c1 01 ${byte(value)}`)).toEqual([`2 ${code}`]);
  });

  it.each(dataAccessResults)("of SET with Data-Access-Result %i: %s", (value, code) => {
    expect(found(set, `c501c1 ${byte(value)}`)).toEqual([`2 ${code}`]);
  });

  it.each(actionResults)("of ACTION with Action-Result %i: %s", (value, code) => {
    expect(found(action, `c701c1 ${byte(value)} 00`)).toEqual([`2 ${code}`]);
  });

  it.each(exceptions)("by exception-response, service-error %i: %s", (value, code) => {
    // State-error 1, service-not-allowed.
    expect(found(get(), `d8 01 ${byte(value)}`)).toEqual([`2 ${code}`]);
  });

  it.each(serviceErrors)("by confirmed-service-error, choice %i: %s", (choice, code) => {
    // Choice 5 of ConfirmedServiceError is read; reason 0 stands in all of them.
    expect(found("0501 02 0bd8", `0e 05 ${byte(choice)} 00`)).toEqual([`2 ${code}`]);
  });

  it("is none where the server answers", () => {
    expect(found(get(), got())).toEqual([]);
    expect(found(set, "c501c1 00")).toEqual([]);
    expect(found(action, "c701c1 00 00")).toEqual([]);
  });
});
