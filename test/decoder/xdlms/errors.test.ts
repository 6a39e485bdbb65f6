import { describe, expect, test } from "vitest";
import { decodeConfirmedServiceError } from "../../../decoder/xdlms/confirmed-service-error.js";
import { decodeExceptionResponse } from "../../../decoder/xdlms/exception-response.js";
import { dissectBytes, findNode } from "../dissect-bytes.js";
import { expectApdu, expectFailure } from "./expect-apdu.js";

describe("ConfirmedServiceError", () => {
  test("initiate-error", () => {
    // initiateError [1], initiate [6], dlms-version-too-low (1)
    expectApdu("0e 01 06 01", decodeConfirmedServiceError, {
      value: {
        name: "confirmed-service-error",
        service: "initiate-error",
        "service-error": "initiate",
        reason: "dlms-version-too-low",
      },
    });
  });

  test("read", () => {
    // read [5], access [5], scope-of-access-violated (1)
    expectApdu("0e 05 05 01", decodeConfirmedServiceError, {
      value: {
        name: "confirmed-service-error",
        service: "read",
        "service-error": "access",
        reason: "scope-of-access-violated",
      },
    });
  });

  test.each([
    [0, 6, "application-reference", "deciphering-error"],
    [1, 4, "hardware-resource", "other-resource-unavailable"],
    [2, 1, "vde-state-error", "no-dlms-context"],
    [3, 1, "service", "pdu-size"],
    [4, 3, "definition", "object-attribute-inconsistent"],
    [5, 4, "access", "object-unavailable"],
    [6, 4, "initiate", "refused-by-the-vde-handler"],
    [7, 7, "load-data-set", "data-set-not-ready"],
    [9, 4, "task", "ti-unusable"],
  ])("service error %i, reason %i", (choice, reason, errorClass, word) => {
    const { value, tree, codes } = dissectBytes(
      Uint8Array.of(0x0e, 6, choice, reason),
      decodeConfirmedServiceError,
    );
    expect(value).toMatchObject({ service: "write", "service-error": errorClass, reason: word });
    expect(findNode(tree, "xdlms.service-error").value).toBe(choice);
    expect(codes).toEqual([]);
  });

  test("classes without a list of reasons", () => {
    for (const [choice, errorClass] of [
      [8, "change-scope"],
      [10, "other"],
    ] as const) {
      const { value, codes } = dissectBytes(
        Uint8Array.of(0x0e, 19, choice, 0),
        decodeConfirmedServiceError,
      );
      expect(value).toMatchObject({ "service-error": errorClass, reason: "reserved (0)" });
      expect(codes).toEqual(["xdlms.reserved-code"]);
    }
  });

  test("choices that do not exist", () => {
    expectFailure("0e 00 06 01", decodeConfirmedServiceError, "xdlms.unknown-choice");
    expectFailure("0e 14 06 01", decodeConfirmedServiceError, "xdlms.unknown-choice");
    expectFailure("0e 01 0b 01", decodeConfirmedServiceError, "xdlms.unknown-choice");
  });
});

describe("ExceptionResponse", () => {
  test.each([
    ["01 01", "service-not-allowed", "operation-not-possible"],
    ["01 02", "service-not-allowed", "service-not-supported"],
    ["02 03", "service-unknown", "other-reason"],
    ["01 04", "service-not-allowed", "pdu-too-long"],
    ["01 05", "service-not-allowed", "deciphering-error"],
  ])("%s", (hex, stateError, serviceError) => {
    expectApdu(`d8 ${hex}`, decodeExceptionResponse, {
      value: {
        name: "exception-response",
        "state-error": stateError,
        "service-error": serviceError,
      },
    });
  });

  test("invocation-counter-error tells the counter", () => {
    expectApdu("d8 01 06 0000012c", decodeExceptionResponse, {
      value: {
        name: "exception-response",
        "state-error": "service-not-allowed",
        "service-error": "invocation-counter-error",
        "invocation-counter": 300,
      },
    });
  });

  test("codes that do not exist", () => {
    expectApdu("d8 00 07", decodeExceptionResponse, {
      value: {
        name: "exception-response",
        "state-error": "reserved (0)",
        "service-error": "reserved (7)",
      },
      codes: ["xdlms.reserved-code", "xdlms.reserved-code"],
    });
  });
});
