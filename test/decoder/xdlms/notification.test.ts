import { describe, expect, test } from "vitest";
import {
  decodeDataNotification,
  decodeDataNotificationConfirm,
} from "../../../decoder/xdlms/data-notification.js";
import { decodeEventNotificationRequest } from "../../../decoder/xdlms/event-notification.js";
import { dissectBytes, findNode } from "../dissect-bytes.js";
import { attribute, bytes } from "./apdu-parts.js";
import { expectApdu } from "./expect-apdu.js";

const plainInvoke = {
  "long-invoke-id": 0,
  "self-descriptive": false,
  "processing-option": "continue-on-error",
  "service-class": "unconfirmed",
  priority: "normal",
} as const;

/** 2021-07-19 (a Monday) 12:26:10, hundredths not given, deviation not given, status 0. */
const time = "07e50713010c1a0aff800000";
const timeText = "2021-07-19T12:26:10*";

describe("Data-Notification", () => {
  test("without a time", () => {
    // alexander423-ha-smartmeter-a-pdu-0001
    expectApdu("0f 00000001 00 0201 112a", decodeDataNotification, {
      value: {
        name: "data-notification",
        "long-invoke-id-and-priority": { ...plainInvoke, "long-invoke-id": 1 },
        "date-time": null,
        "notification-body": {
          "data-value": { type: "structure", value: [{ type: "unsigned", value: 42 }] },
        },
      },
    });
  });

  test("with a time", () => {
    // The head of amsleser-hdlc-0003; the body is one number.
    expectApdu(`0f 000008e2 0c ${time} 112a`, decodeDataNotification, {
      value: {
        name: "data-notification",
        "long-invoke-id-and-priority": { ...plainInvoke, "long-invoke-id": 0x8e2 },
        "date-time": timeText,
        "notification-body": { "data-value": { type: "unsigned", value: 42 } },
      },
    });
  });

  test("a time with a Data tag, as Kaifa sends it", () => {
    // The head of u9n-hdlc-0007; the body is one number.
    expectApdu(`0f 40000000 09 0c 07e7090401103400ff800000 112a`, decodeDataNotification, {
      value: {
        name: "data-notification",
        "long-invoke-id-and-priority": { ...plainInvoke, "service-class": "confirmed" },
        "date-time": "2023-09-04T16:52:00*",
        "notification-body": { "data-value": { type: "unsigned", value: 42 } },
      },
      codes: ["xdlms.tagged-date-time"],
    });
  });

  test("a body that is an octet-string, as u9n-pdu-0001 has it", () => {
    const { value, codes } = dissectBytes("0f 000001db 00 09 02 125a", decodeDataNotification);
    expect(value?.["date-time"]).toBeNull();
    expect(value?.["notification-body"]["data-value"]).toEqual({
      type: "octet-string",
      value: bytes("125a"),
    });
    expect(codes).toEqual([]);
  });

  test("a body that is a date-time, behind no time", () => {
    const { value, codes } = dissectBytes(`0f 000001db 00 090c ${time}`, decodeDataNotification);
    expect(value?.["date-time"]).toBeNull();
    expect(value?.["notification-body"]["data-value"].type).toBe("octet-string");
    expect(codes).toEqual([]);
  });

  test("a time of another length is kept as bytes", () => {
    expectApdu("0f 00000000 05 07e50713ff 112a", decodeDataNotification, {
      value: {
        name: "data-notification",
        "long-invoke-id-and-priority": plainInvoke,
        "date-time": bytes("07e50713ff"),
        "notification-body": { "data-value": { type: "unsigned", value: 42 } },
      },
      codes: ["xdlms.date-time-length"],
    });
  });

  test("every flag of the invoke-id", () => {
    const { tree, value } = dissectBytes("0f f0ffffff 00 00", decodeDataNotification);
    expect(value?.["long-invoke-id-and-priority"]).toEqual({
      "long-invoke-id": 0xffffff,
      "self-descriptive": true,
      "processing-option": "break-on-error",
      "service-class": "confirmed",
      priority: "high",
    });
    expect(findNode(tree, "xdlms.long-invoke-id").value).toBe(0xffffff);
    expect(findNode(tree, "xdlms.self-descriptive").value).toBe(1);
    expect(findNode(tree, "xdlms.processing-option").value).toBe(1);
    expect(findNode(tree, "xdlms.long-invoke-id.service-class").value).toBe(1);
    expect(findNode(tree, "xdlms.long-invoke-id.priority").value).toBe(1);
  });
});

test("Data-Notification-Confirm", () => {
  expectApdu(`10 40000007 0c ${time}`, decodeDataNotificationConfirm, {
    value: {
      name: "data-notification-confirm",
      "long-invoke-id-and-priority": {
        ...plainInvoke,
        "long-invoke-id": 7,
        "service-class": "confirmed",
      },
      "date-time": timeText,
    },
  });
});

describe("EventNotificationRequest", () => {
  const event = "0001 0000600100ff 02 1105";
  const value = {
    "cosem-attribute-descriptor": attribute(1, "0000600100ff", 2),
    "attribute-value": { type: "unsigned", value: 5 },
  };

  test("without a time", () => {
    expectApdu(`c2 00 ${event}`, decodeEventNotificationRequest, {
      value: { name: "event-notification-request", ...value },
    });
  });

  test("with a time", () => {
    expectApdu(`c2 01 0c ${time} ${event}`, decodeEventNotificationRequest, {
      value: { name: "event-notification-request", time: timeText, ...value },
    });
  });
});
