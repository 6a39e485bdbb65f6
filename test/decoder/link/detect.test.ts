import { describe, expect, it } from "vitest";
import { detectFraming } from "../../../decoder/link/detect.js";
import { toBytes } from "../dissect-bytes.js";

const detect = (hex: string, boundary = true, ended = true) =>
  detectFraming(toBytes(hex), 0, ended, boundary);

describe("framing of a message", () => {
  it.each([
    ["HDLC", "7ea0070321930f017e", "hdlc"],
    ["HDLC without flags", "a0070321930f01", "hdlc"],
    ["wrapper", "00010010000100056203800100", "wrapper"],
    ["M-Bus", "6803036853fe50a116", "mbus"],
    ["P1", "2f4b414d350d0a0d0a210d0a2f", "p1"],
    ["mode E opening", "2f3f210d0a", "iec-62056-21"],
    ["LLC", "e6e600c001c100080000010000ff0200", "llc"],
    ["LLC of 4-32", "900010c001c100080000010000ff0200", "llc-61334"],
    ["get-request", "c001c100080000010000ff0200", "apdu"],
    ["AARQ", "601da109060760857405080101be10040e01000000065f1f0400007e1fffff", "apdu"],
    ["general-glo-ciphering", "db084b464d67500000090520000000 01", "apdu"],
  ])("%s", (_, hex, framing) => {
    expect(detect(hex)).toBe(framing);
  });

  it("is not guessed from unknown tags", () => {
    expect(detect("ff00")).toBeUndefined();
    expect(detect("900010ff00")).toBeUndefined();
    expect(detect("c0ff")).toBeUndefined();
  });

  it("needs a boundary where the frame has no length of its own", () => {
    expect(detect("c001c100080000010000ff0200", false)).toBeUndefined();
    expect(detect("a0070321930f01", false)).toBeUndefined();
  });

  it("may take more bytes", () => {
    expect(detect("7ea0", true, false)).toBe("more");
    expect(detect("e6e6", true, false)).toBe("more");
    expect(detect("90", true, false)).toBe("more");
    expect(detect("c0", true, false)).toBe("more");
    expect(detect("c0")).toBeUndefined();
  });
});

it("wants wrapper ports to be those of a client and a server", () => {
  expect(detect("0001221133440005 6203800100")).toBeUndefined();
});
