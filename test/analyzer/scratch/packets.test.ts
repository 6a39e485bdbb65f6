/** Packets of a network as a text: hex of one, dumps of several. */
import { describe, expect, it } from "vitest";
import { ethernet, ipv4, udpPacket } from "../../decoder/link/packet/packet-builder.js";
import { expectPlaced, expectSameFrames, open, problemsOf } from "./scratch-text.js";

// Wrapper from client 16 to server 1 with a get-request, and back with its response.
const request = "00010010000100 0d c001c100010000600100ff0200".replaceAll(" ", "");
const response = "0001000100100006c401c1000f05";
const ends = { sourcePort: 50_000, destinationPort: 4059 };
const back = {
  source: "10.0.0.2",
  destination: "10.0.0.1",
  sourcePort: 4059,
  destinationPort: 50_000,
};

function spaced(bytes: Uint8Array): string {
  return (Buffer.from(bytes).toString("hex").match(/../g) ?? []).join(" ");
}

/** As Wireshark prints the bytes of a packet. */
function dump(bytes: Uint8Array): string {
  const pairs = spaced(bytes).split(" ");
  const rows: string[] = [];
  for (let at = 0; at < pairs.length; at += 16) {
    rows.push(`${at.toString(16).padStart(4, "0")}  ${pairs.slice(at, at + 16).join(" ")}`);
  }
  return rows.join("\n");
}

describe("packets in a text", () => {
  const text = `Frame 1:\n${dump(udpPacket(ends, request))}\n\n${dump(udpPacket(back, response))}\n`;

  it("are read as packets, and the frames in them stand where their bytes do", async () => {
    const scratch = open(text);
    expect(scratch.index.length).toBe(2);
    const [first, second] = [0, 1].map((row) => scratch.index.frame(row, { tree: false }));
    expect(first?.layers).toEqual(["ethernet", "ipv4", "udp", "wrapper", "get-request-normal"]);
    expect(second?.answers?.frame).toBe(1);
    expect(expectPlaced(text, scratch)).toBe(0);
    const places = scratch.places(0);
    const spelled = Array.from(request.match(/../g) ?? [], (_, byte) =>
      text.slice(places[byte * 2], places[byte * 2 + 1]),
    );
    expect(spelled.join("")).toBe(request);
    await expectSameFrames(text, scratch);
  });

  it("know the characters of their headers", () => {
    const places = open(text).carrierPlaces(0, 0);
    expect(places.length).toBe(2 * udpPacket(ends, request).length);
    expect(text.slice(places[0], places[1])).toBe("00");
    expect(text.slice(places[24], places[27])).toBe("08 00");
    expect(open(text).carrierPlaces(0, 1).length).toBe(0);
    expect(open(text).carrierPlaces(9, 0).length).toBe(0);
  });

  it("show what is wrong in a header there", () => {
    // The UDP checksum is the last word of the header: bytes 40 and 41.
    const wrong = Uint8Array.from(udpPacket(ends, request));
    wrong[40] = (wrong[40] ?? 0) ^ 0xff;
    const log = spaced(wrong);
    const problem = problemsOf(open(log), 20).find(({ code }) => code.startsWith("udp."));
    expect(problem).toMatchObject({ row: 0, start: 40 * 3, end: 42 * 3 - 1 });
  });

  it("without DLMS are one frame of all bytes", () => {
    const log = spaced(ethernet(ipv4({ protocol: 1 }, "0800f7ff00000000")));
    const scratch = open(log);
    expect(scratch.index.length).toBe(1);
    expect(scratch.index.frame(0, { tree: false })?.framing).toBe("packet");
    expect(expectPlaced(log, scratch)).toBe(0);
  });

  it("of IP alone are packets, too", () => {
    const log = spaced(udpPacket(ends, request).subarray(14));
    const scratch = open(log);
    expect(scratch.index.frame(0, { tree: false })?.layers.slice(0, 2)).toEqual(["ipv4", "udp"]);
    expect(expectPlaced(log, scratch)).toBe(0);
  });

  it("are none where the header does not prove itself", () => {
    const broken = Uint8Array.from(udpPacket(ends, request));
    broken[24] = (broken[24] ?? 0) ^ 1;
    for (const bytes of [broken, udpPacket(ends, request).subarray(0, 50)]) {
      const scratch = open(spaced(bytes));
      expect(scratch.index.frame(0, { tree: false })?.layers).toEqual(["noise"]);
      expect(expectPlaced(spaced(bytes), scratch)).toBe(0);
    }
  });
});
