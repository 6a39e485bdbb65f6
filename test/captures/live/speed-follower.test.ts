/** The forms of the messages are those of IEC 62056-21, its annex on mode E, and IEC 62056-46. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatLineSettings } from "../../../captures/live/line-settings.js";
import { SpeedFollower, type SpeedNews } from "../../../captures/live/speed-follower.js";

const request = "/?!\r\n";
const identification = "/LGZ5\\2ZMD3104407.B32\r\n";
const latin = (text: string) => Buffer.from(text, "latin1");
const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

/** SNRM, UA, DISC of client 16 and server 1. Checks are not looked at. */
const snrm = hex("7e a0 07 03 21 93 0f 01 7e");
const ua = hex("7e a0 07 21 03 73 73 9f 7e");
const disc = hex("7e a0 07 03 21 53 03 c7 7e");

/** Hears one message a second; gives what was told, as text. */
class Line {
  readonly follower = new SpeedFollower();
  #now = 0;

  hear(...messages: readonly (string | Uint8Array)[]): string[] {
    return messages.flatMap((message) => {
      this.#now += 1000;
      const bytes = typeof message === "string" ? latin(message) : message;
      return words(this.follower.hear(bytes, this.#now));
    });
  }

  wait(milliseconds: number): string[] {
    this.#now += milliseconds;
    return words(this.follower.tick(this.#now));
  }
}

function words(news: SpeedNews | undefined): string[] {
  if (news === undefined) return [];
  return [news.line === undefined ? "unknown" : formatLineSettings(news.line)];
}

describe("the speed of a line of IEC 62056-21", () => {
  it("goes to HDLC where the client selects mode E", () => {
    const line = new Line();
    expect(line.hear(request, identification)).toEqual([]);
    expect(line.hear("\x06252\r\n")).toEqual(["9600 8N1"]);
    expect(line.hear(snrm, ua)).toEqual([]);
    expect(formatLineSettings(line.follower.line)).toBe("9600 8N1");
  });

  it("keeps the character format where the client selects mode C", () => {
    expect(new Line().hear(request, "/ABC5xyz\r\n", "\x06050\r\n")).toEqual(["9600 7E1"]);
    expect(new Line().hear(request, "/ABC4xyz\r\n", "\x06041\r\n")).toEqual(["4800 7E1"]);
  });

  it("stays where the client wants it to, or says nothing", () => {
    expect(new Line().hear(request, "/ABC5xyz\r\n", "\x06000\r\n")).toEqual([]);
    expect(new Line().hear(request, "/ABC5xyz\r\n", "\x020.0.0(1)\r\n!\r\n\x03A")).toEqual([]);
  });

  it("goes with the identification where the meter is of mode B", () => {
    expect(new Line().hear(request, "/ABCExyz\r\n")).toEqual(["9600 7E1"]);
  });

  it("says so where the speed is none that the standard knows", () => {
    expect(new Line().hear(request, identification, "\x06292\r\n")).toEqual(["unknown"]);
  });

  it("is recognised with parity bits on the characters, too", () => {
    // ACK, 2, 5, 2, CR, LF with even parity: 06 b2 35 b2 8d 0a.
    expect(new Line().hear(hex("06 b2 35 b2 8d 0a"))).toEqual(["9600 8N1"]);
  });

  it("is not taken from anything else", () => {
    const line = new Line();
    expect(line.hear("\x06", "\x0625", "hello", "\x06\x06252", "\r\r\n", "/2\r\n")).toEqual([]);
    expect(line.hear("1-0:1.8.0(000123.4*kWh)\r\n", "ACK 2 5 2\r\n", snrm)).toEqual([]);
  });

  it("comes back behind a readout", () => {
    const line = new Line();
    line.hear(request, "/ABC5xyz\r\n", "\x06050\r\n");
    expect(line.hear("\x021.8.0(1*kWh)\r\n", "2.8.0(2*kWh)\r\n")).toEqual([]);
    expect(line.wait(5000)).toEqual([]);
    expect(line.hear("!\r\n\x03\x42")).toEqual([]);
    expect(line.wait(1000)).toEqual([]);
    expect(line.wait(1000)).toEqual(["300 7E1"]);
  });

  it("stays behind a readout that is asked for again", () => {
    const line = new Line();
    line.hear(request, "/ABC5xyz\r\n", "\x06050\r\n", "\x021.8.0(1*kWh)\r\n!\r\n\x03\x42", "\x15");
    expect(line.wait(5000)).toEqual([]);
  });

  it("comes back when a client signs off, not between its commands", () => {
    const line = new Line();
    line.hear(request, "/ABC5xyz\r\n", "\x06051\r\n", "\x01P0\x02(1234)\x03\x10");
    line.hear("\x01P1\x02(0000)\x03\x11", "\x06", "\x01R1\x021.8.0()\x03\x12", "\x02(1)\x03\x13");
    expect(line.wait(10_000)).toEqual([]);
    line.hear("\x01B0\x03\x71");
    expect(line.wait(2000)).toEqual(["300 7E1"]);
  });

  it("comes back when HDLC is disconnected and the meter has said yes", () => {
    const line = new Line();
    line.hear(request, identification, "\x06252\r\n", snrm, ua);
    expect(line.wait(20_000)).toEqual([]);
    line.hear(disc);
    expect(line.wait(5000)).toEqual([]);
    line.hear(ua);
    expect(line.wait(2000)).toEqual(["300 7E1"]);
  });

  it("stays when the client connects once more", () => {
    const line = new Line();
    line.hear(request, identification, "\x06252\r\n", snrm, ua, disc, ua, snrm, ua);
    expect(line.wait(60_000)).toEqual([]);
  });

  it("finds the control field behind addresses of any length", () => {
    const line = new Line();
    line.hear(request, identification, "\x06252\r\n");
    // To server 1/17 in four bytes, and back.
    line.hear(
      hex("7e a0 0a 00 02 00 23 21 53 00 00 7e"),
      hex("7e a0 0a 21 00 02 00 23 73 00 00 7e"),
    );
    expect(line.wait(2000)).toEqual(["300 7E1"]);
  });

  it("comes back after two minutes of silence", () => {
    const line = new Line();
    line.hear(request, identification, "\x06252\r\n", snrm);
    expect(line.wait(119_000)).toEqual([]);
    expect(line.wait(2000)).toEqual(["300 7E1"]);
  });

  it("comes back when somebody talks slowly", () => {
    const line = new Line();
    line.hear(request, identification, "\x06252\r\n", snrm, ua);
    // Every low level of 300 Bd is 32 bit times of 9600 Bd: a break, which reads as 00.
    expect(line.hear(hex("00 00 00 00 00 00 00 00"))).toEqual(["300 7E1"]);
    expect(line.hear(identification, "\x06252\r\n")).toEqual(["9600 8N1"]);
  });

  it("does not take zeros inside of a frame for slow talk", () => {
    const line = new Line();
    line.hear(request, identification, "\x06252\r\n", snrm, ua);
    expect(line.hear(hex("7e a0 14 03 21 10 00 00 00 00 00 00 00 00 00 00 00 7e"))).toEqual([]);
  });

  it("is the same for any cutting of the bytes", () => {
    const messages = [request, identification, "\x06252\r\n"].map(latin);
    const all = Buffer.concat(messages);
    fc.assert(
      fc.property(fc.array(fc.nat(all.length)), (cuts) => {
        const follower = new SpeedFollower();
        const bounds = [...new Set([0, ...cuts, all.length])].sort((a, b) => a - b);
        const told = bounds.slice(1).flatMap((end, index) => {
          return words(follower.hear(all.subarray(bounds[index], end), index));
        });
        expect(told).toEqual(["9600 8N1"]);
      }),
    );
  });

  it("takes any bytes at any time", () => {
    const step = fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.nat(200_000));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const line = new Line();
        line.hear("\x06252\r\n");
        for (const [bytes, pause] of steps) {
          line.hear(bytes);
          line.wait(pause);
        }
      }),
    );
  });
});
