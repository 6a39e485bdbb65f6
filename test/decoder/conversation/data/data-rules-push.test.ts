/** Pushes that do not say what they bring. */
import { describe, expect, it } from "vitest";
import { DataTrace } from "./data-rules-trace.js";

/** Data-Notification without a time. */
const push = (body: string) => `0f 40000001 00 ${body}`;
/** esphome-libs-dlms-parser-hdlc-0002 (Kaifa MA304H3E): list 2 of three phases. */
const kaifa = `020d 09074b464d5f303031 091036393730363331343031373533393835 09084d41333034483345
  06000003b4 0600000000 0600000000 0600000040 0600000588 0600000ca9 0600000c2f 0600000951
  0600000000 0600000955`;

describe("a push by a maker's habit", () => {
  it("is told, once for each habit", () => {
    const trace = new DataTrace();
    expect(trace.send(push(kaifa))).toEqual([
      {
        code: "data.positional-push",
        severity: "info",
        detail: "Kaifa list 2, three phases (Norway, Sweden)",
      },
    ]);
    expect(trace.send(push(kaifa))).toEqual([]);
    // List 1 of the same meter is another one: the power alone.
    expect(trace.send(push("0201 0600000abc"))).toMatchObject([
      { code: "data.positional-push", detail: "Kaifa list 1 (Norway, Sweden)" },
    ]);
  });

  it("is told in every trace anew", () => {
    new DataTrace().send(push(kaifa));
    expect(new DataTrace().send(push(kaifa))).toMatchObject([{ code: "data.positional-push" }]);
  });
});

describe("no habit is told", () => {
  const codes = (body: string) => new DataTrace().send(push(body)).map(({ code }) => code);

  it("of a push that names its values", () => {
    // bmork-obinsect-hdlc-0004 (Aidon, Norway): name, value, scaler_unit.
    expect(codes("0101 0203 0906 01001f0700ff 10005d 02020fff1621")).toEqual([]);
  });

  it("of a push that nobody knows", () => {
    expect(codes("0202 1101 1102")).toEqual([]);
    // Another version of the list than that of the habit, KFM_002.
    expect(codes(kaifa.replace("303031 0910", "303032 0910"))).toEqual([]);
  });

  it("of the same data in an answer", () => {
    const trace = new DataTrace();
    const found = trace.read(1, "00002a0000ff", 2, "0201 0600000abc");
    expect(found.map(({ code }) => code)).toEqual([]);
  });
});
