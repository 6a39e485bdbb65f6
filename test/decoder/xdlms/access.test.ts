import { describe, test } from "vitest";
import { decodeAccessRequest, decodeAccessResponse } from "../../../decoder/xdlms/access.js";
import { attribute, method } from "./apdu-parts.js";
import { expectApdu, expectFailure } from "./expect-apdu.js";

const invoke = {
  "long-invoke-id": 1,
  "self-descriptive": false,
  "processing-option": "continue-on-error",
  "service-class": "confirmed",
  priority: "normal",
};
const nothing = { type: "null-data", value: null };
const name = attribute(1, "0000600100ff", 2);
const clock = attribute(8, "0000010000ff", 2);

describe("Access-Request", () => {
  test("reads", () => {
    // The first two steps of youserj-cosempdu-project-pdu-0006, with their data.
    const steps = "02 01 0001 0000600100ff 02 01 0008 0000010000ff 02";
    expectApdu(`d9 40000001 00 ${steps} 02 00 00`, decodeAccessRequest, {
      value: {
        name: "access-request",
        "long-invoke-id-and-priority": invoke,
        "date-time": null,
        "access-request-body": {
          "access-request-specification": [
            { "access-request-get": { "cosem-attribute-descriptor": name } },
            { "access-request-get": { "cosem-attribute-descriptor": clock } },
          ],
          "access-request-list-of-data": [nothing, nothing],
        },
      },
    });
  });

  test("every other step, with a time", () => {
    const steps = [
      "02 0001 0000600100ff 02", // set
      "03 000f 0000280000ff 01", // action
      "04 0001 0000600100ff 02 01 1103", // get with selection: selector, parameters
      "05 0001 0000600100ff 02 01 1104", // set with selection
    ];
    const selection = (value: number) => ({
      "access-selector": 1,
      "access-parameters": { type: "unsigned", value },
    });
    const time = "0c 07e50713010c1a0aff800000";
    const data = "04 1105 00 00 1106";
    expectApdu(`d9 40000001 ${time} 04 ${steps.join("")} ${data}`, decodeAccessRequest, {
      value: {
        name: "access-request",
        "long-invoke-id-and-priority": invoke,
        "date-time": "2021-07-19T12:26:10*",
        "access-request-body": {
          "access-request-specification": [
            { "access-request-set": { "cosem-attribute-descriptor": name } },
            {
              "access-request-action": {
                "cosem-method-descriptor": method(15, "0000280000ff", 1),
              },
            },
            {
              "access-request-get-with-selection": {
                "cosem-attribute-descriptor": name,
                "access-selection": selection(3),
              },
            },
            {
              "access-request-set-with-selection": {
                "cosem-attribute-descriptor": name,
                "access-selection": selection(4),
              },
            },
          ],
          "access-request-list-of-data": [
            { type: "unsigned", value: 5 },
            nothing,
            nothing,
            { type: "unsigned", value: 6 },
          ],
        },
      },
    });
  });

  test("a step that does not exist", () => {
    expectFailure("d9 40000001 00 01 06 0001", decodeAccessRequest, "xdlms.unknown-choice");
  });
});

describe("Access-Response", () => {
  test("every result", () => {
    // No repeated request; three data; get success, set read-write-denied, action other-reason.
    const results = "03 01 00 02 03 03 fa";
    expectApdu(`da 40000001 00 00 03 1105 00 00 ${results}`, decodeAccessResponse, {
      value: {
        name: "access-response",
        "long-invoke-id-and-priority": invoke,
        "date-time": null,
        "access-response-body": {
          "access-response-list-of-data": [{ type: "unsigned", value: 5 }, nothing, nothing],
          "access-response-specification": [
            { "access-response-get": { result: "success" } },
            { "access-response-set": { result: "read-write-denied" } },
            { "access-response-action": { result: "other-reason" } },
          ],
        },
      },
    });
  });

  test("with the request repeated", () => {
    const request = "01 01 01 0001 0000600100ff 02";
    expectApdu(`da 40000001 00 ${request} 01 1105 01 01 00`, decodeAccessResponse, {
      value: {
        name: "access-response",
        "long-invoke-id-and-priority": invoke,
        "date-time": null,
        "access-response-body": {
          "access-request-specification": [
            { "access-request-get": { "cosem-attribute-descriptor": name } },
          ],
          "access-response-list-of-data": [{ type: "unsigned", value: 5 }],
          "access-response-specification": [{ "access-response-get": { result: "success" } }],
        },
      },
    });
  });

  test("a result that does not exist", () => {
    expectFailure("da 40000001 00 00 00 01 04 00", decodeAccessResponse, "xdlms.unknown-choice");
  });
});
