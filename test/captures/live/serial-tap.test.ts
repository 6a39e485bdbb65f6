/** Taps on ports that the tests play themselves: what no pseudo-terminal can do. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { CaptureClock } from "../../../captures/live/capture-clock.js";
import { formatLineSettings, linePresets } from "../../../captures/live/line-settings.js";
import type { ControlLines, OpenPort, OpenSerialPort } from "../../../captures/live/serial-port.js";
import { createSerialTap } from "../../../captures/live/serial-tap.js";
import { TapError } from "../../../captures/live/tap.js";
import type { LineSettings, SerialTapSettings } from "../../../captures/live/tap-settings.js";
import { TestFolder } from "../../analyzer/test-folder.js";
import { TapLog } from "./tap-log.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** A name that stands for something, as those of ports that are plugged in do. */
function portName(name: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, "");
  return path;
}

/** A port on which the test speaks. */
class PlayedPort implements OpenSerialPort {
  readonly settings: string[];
  readonly hasMarks: boolean;
  reads = 0;
  isClosed = false;
  /** Fails in `change`. */
  fault: string | undefined;
  controlLines: ControlLines | undefined;
  countOverruns: (() => Promise<number>) | undefined;
  readonly #said: Uint8Array[] = [];
  #wake: (() => void) | undefined;
  #isGone = false;

  constructor(line: LineSettings, hasMarks: boolean) {
    this.hasMarks = hasMarks;
    this.settings = [formatLineSettings(line)];
  }

  say(bytes: Uint8Array | string): void {
    this.#said.push(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
    this.#wake?.();
  }

  vanish(): void {
    this.#isGone = true;
    this.#wake?.();
  }

  async read(buffer: Buffer, offset: number, length: number): Promise<number> {
    this.reads += 1;
    for (;;) {
      if (this.isClosed) throw new Error("Canceled");
      if (this.#isGone) throw new Error("EIO: i/o error, read");
      const bytes = this.#said.shift();
      if (bytes !== undefined) {
        if (bytes.length > length) throw new Error("more than the test should say at once");
        buffer.set(bytes, offset);
        return bytes.length;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async readControlLines(): Promise<ControlLines> {
    if (this.controlLines === undefined) throw new Error("Inappropriate ioctl for device");
    return this.controlLines;
  }

  async change(line: LineSettings): Promise<void> {
    if (this.fault !== undefined) throw new Error(this.fault);
    this.settings.push(formatLineSettings(line));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.#wake?.();
  }
}

interface PlayOptions {
  readonly clock?: CaptureClock;
  readonly controlLines?: ControlLines;
  readonly hasMarks?: boolean;
  readonly countOverruns?: () => Promise<number>;
  /** What the system says instead of opening a port. */
  readonly refuse?: (path: string) => string | undefined;
  /** Every port that was opened. */
  readonly ports?: PlayedPort[];
}

/** Starts a tap on played ports; the test's end stops it. */
async function start(
  settings: Omit<SerialTapSettings, "kind" | "port">,
  options: PlayOptions = {},
) {
  const ports = options.ports ?? [];
  const openPort: OpenPort = async (path, line) => {
    const refusal = options.refuse?.(path);
    if (refusal !== undefined) throw new Error(`Error: ${refusal}, cannot open ${path}`);
    const port = new PlayedPort(line, options.hasMarks === true);
    port.controlLines = options.controlLines;
    port.countOverruns = options.countOverruns;
    ports.push(port);
    return port;
  };
  const log = new TapLog();
  const tap = createSerialTap(
    { kind: "serial", port: portName("ttyA"), ...settings },
    { openPort, ...(options.clock === undefined ? {} : { clock: options.clock }) },
  );
  const running = await tap.start(log);
  onTestFinished(() => running.stop());
  const [first] = ports;
  if (first === undefined) throw new Error("no port was opened");
  return { tap, running, log, ports, first };
}

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const handOver = ["/?!\r\n", "/LGZ5\\2ZMD310.B32\r\n", "\x06252\r\n"];
const snrm = hex("7e a0 07 03 21 93 0f 01 7e");

describe("a tap on one port", () => {
  it("makes a packet of every read, and does not say who sends", async () => {
    const { tap, log, first } = await start({});
    first.say("hello");
    await log.until(() => log.heard.length === 5);
    first.say(Uint8Array.of(0x7e));
    await log.until(() => log.heard.length === 6);
    expect(log.packets.map(({ payloadLength }) => payloadLength)).toEqual([5, 1]);
    for (const { bytes, direction, time, isLineError, comment } of log.packets) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      expect(view.getUint32(0)).toBe(time.seconds);
      expect(view.getUint32(4)).toBe(Math.floor(time.nanoseconds / 1000));
      expect(bytes.subarray(8, 12)).toEqual(Uint8Array.of(2, 0, 0, 0));
      expect({ direction, isLineError, comment }).toEqual({ direction: null, isLineError: false });
    }
    expect(tap.interfaces).toMatchObject([{ linkType: 250 }]);
    expect(tap.interfaces[0]?.description).toBe("Serial line, 9600 8N1; both sides on one port");
  });

  it("opens it as it is told, or as the preset says", async () => {
    expect((await start({})).first.settings).toEqual(["9600 8N1"]);
    expect((await start({ preset: "han" })).first.settings).toEqual(["2400 8E1"]);
    const line = { ...linePresets.p1, stopBits: 2 } as const;
    expect((await start({ preset: "han", line })).first.settings).toEqual(["115200 8N2"]);
  });

  it("reads no more where the taker is behind, until there is room again", async () => {
    const { log, first, running } = await start({});
    log.setRoom(false);
    first.say("one");
    await log.until(() => log.heard.length === 3);
    first.say("two");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(first.reads).toBe(1);
    expect(log.heard.toString()).toBe("one");
    log.setRoom(true);
    running.resume();
    await log.until(() => log.heard.toString() === "onetwo");
  });

  it("tells nothing once it is stopped", async () => {
    const { log, first, running } = await start({});
    await running.stop();
    expect(first.isClosed).toBe(true);
    const told = log.events.length;
    first.say("late");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(log.events.length).toBe(told);
    expect(log.states.at(-1)?.phase).toBe("closed");
    await running.stop();
    expect(log.events.length).toBe(told);
  });

  it("shows the control lines when they change", async () => {
    const { log, first } = await start({}, { controlLines: { cts: true, dsr: false, dcd: false } });
    await log.until(() => log.packets.length === 1);
    first.controlLines = { cts: false, dsr: true, dcd: true };
    await log.until(() => log.packets.length === 2);
    // Event 0, status change; CTS is 01, DCD 02, DSR 04.
    expect(log.packets.map(({ bytes }) => [bytes[8], bytes[9]])).toEqual([
      [0, 0x01],
      [0, 0x06],
    ]);
    first.say("x");
    await log.until(() => log.packets.length === 3);
    expect(log.packets[2]?.bytes[9]).toBe(0x06);
  });

  it("opens a port again that went away, as often as it takes", async () => {
    const { log, ports, first } = await start({});
    first.say("before");
    await log.until(() => log.heard.length === 6);
    first.vanish();
    await log.until(() => ports.length === 2 && log.states.at(-1)?.phase === "open");
    ports[1]?.say(" after");
    await log.until(() => log.heard.toString() === "before after");
    const [lost, back] = log.packets.filter(({ payloadLength }) => payloadLength === 0);
    expect(lost?.bytes[8]).toBe(5);
    expect(lost?.comment).toMatch(/^Port .*ttyA went away$/);
    expect(back?.comment).toMatch(/^Port .*ttyA is back, 9600 8N1$/);
    expect(log.states.map(({ phase }) => phase)).toEqual(["opening", "open", "waiting", "open"]);
    ports[1]?.vanish();
    await log.until(() => ports.length === 3);
  });

  it("says what keeps a port from being opened again", async () => {
    let isThere = true;
    const refuse = () => (isThere ? undefined : "Permission denied");
    const { log, first } = await start({}, { refuse });
    isThere = false;
    first.vanish();
    await log.until(() => log.states.some(({ message }) => message.includes("No permission")));
    isThere = true;
    await log.until(() => log.states.at(-1)?.phase === "open");
  });
});

describe("errors on the line", () => {
  const eventsOf = (log: TapLog) =>
    log.packets
      .filter(({ payloadLength }) => payloadLength === 0)
      .map(({ bytes, isLineError, comment }) => ({ event: bytes[8], isLineError, comment }));

  it("are events, counted apart, and the characters are kept", async () => {
    const { log, first } = await start({ preset: "han" }, { hasMarks: true });
    // A, one with an error, FF, a break, Z.
    first.say(hex("41 ff 00 42 ff ff ff 00 00 5a"));
    await log.until(() => log.heard.equals(hex("41 42 ff 5a")));
    // 8 is a parity error, 9 a break.
    expect(eventsOf(log)).toEqual([
      { event: 8, isLineError: true },
      { event: 9, isLineError: true },
    ]);
    first.say(hex("ff 00 41 ff 00 42"));
    await log.until(() => eventsOf(log).length === 3);
    expect(eventsOf(log)[2]?.comment).toBe("2 characters with errors were read at once");
  });

  it("are framing errors where the characters have no parity", async () => {
    const { log, first } = await start({}, { hasMarks: true });
    first.say(hex("ff 00 42"));
    await log.until(() => log.heard.length === 1);
    expect(eventsOf(log)).toEqual([{ event: 7, isLineError: true }]);
  });

  it("are told of characters that the port lost, as often as its count goes up", async () => {
    // What was lost before the tap began is not its loss.
    let count = 7;
    const { log } = await start({}, { countOverruns: async () => count });
    const events = () => log.packets.filter(({ isLineError }) => isLineError);
    await log.until(() => log.states.length > 1);
    count = 8;
    await log.until(() => events().length === 1);
    count = 20;
    await log.until(() => events().length === 2);
    // 10 is the overflow of the format.
    expect(events().map(({ bytes }) => bytes[8])).toEqual([10, 10]);
    expect(log.comments).toEqual([
      "1 character was lost in the port",
      "12 characters were lost in the port",
    ]);
  });

  it("make no packet of a break alone", async () => {
    const { log, first } = await start({}, { hasMarks: true });
    first.say(hex("ff 00 00"));
    first.say(hex("41"));
    await log.until(() => log.heard.length === 1);
    expect(log.packets.map(({ bytes }) => bytes[8])).toEqual([9, 2]);
  });

  it("are not looked for where the port does not mark them, and that is said", async () => {
    const { log, first } = await start({});
    first.say(hex("41 ff 00 42 ff ff"));
    await log.until(() => log.heard.equals(hex("41 ff 00 42 ff ff")));
    expect(eventsOf(log)).toEqual([]);
    expect(log.states[1]?.message).toContain("parity errors and breaks are not told here");
  });

  it("show that somebody talks slowly", async () => {
    let now = 1_700_000_000;
    const clock = () => ({ seconds: now, nanoseconds: 0, dated: true });
    const { log, first } = await start({ preset: "optical" }, { clock, hasMarks: true });
    for (const message of handOver) first.say(message);
    await log.until(() => log.comments.length === 1);
    now += 2;
    first.say(hex("ff 00 00 ff 00 00 ff 00 00 ff 00 00"));
    await log.until(() => first.settings.at(-1) === "300 7E1");
  });
});

describe("a tap on two ports", () => {
  const answersPort = portName("ttyB");

  it("knows who sends, and keeps both in one interface, in the order of time", async () => {
    const { tap, log, ports } = await start({ answersPort });
    ports[0]?.say("question");
    await log.until(() => log.packets.length === 1);
    ports[1]?.say("answer");
    await log.until(() => log.packets.length === 2);
    expect(tap.interfaces).toHaveLength(1);
    expect(
      log.packets.map(({ direction, bytes, interface: line }) => [direction, bytes[8], line]),
    ).toEqual([
      ["outbound", 1, 0],
      ["inbound", 2, 0],
    ]);
    const [question, answer] = log.packets.map(({ time }) => time.seconds * 1e9 + time.nanoseconds);
    expect(answer).toBeGreaterThanOrEqual(question ?? Number.NaN);
  });

  it("goes on with one of them while the other is away", async () => {
    const { log, ports } = await start({ answersPort });
    ports[1]?.vanish();
    await log.until(() => log.comments.some((comment) => comment.includes("ttyB went away")));
    ports[0]?.say("question");
    await log.until(() => log.heard.toString() === "question");
    await log.until(() => log.states.at(-1)?.phase === "open");
  });

  it("lets go of the first where the second cannot be opened", async () => {
    const ports: PlayedPort[] = [];
    const refuse = (path: string) => (path === answersPort ? "Permission denied" : undefined);
    await expect(start({ answersPort }, { refuse, ports })).rejects.toThrow(
      /No permission to open/,
    );
    expect(ports.map(({ isClosed }) => isClosed)).toEqual([true]);
  });

  it("waits with both where the taker is behind", async () => {
    const { log, ports, running } = await start({ answersPort });
    log.setRoom(false);
    ports[0]?.say("q");
    await log.until(() => log.heard.length === 1);
    log.setRoom(true);
    running.resume();
    ports[1]?.say("a");
    await log.until(() => log.heard.toString() === "qa");
  });
});

describe("the speed of the line", () => {
  it("is followed with the preset for optical heads, there and back", async () => {
    let now = 1_700_000_000;
    const clock = () => ({ seconds: now, nanoseconds: 0, dated: true });
    const { log, first } = await start({ preset: "optical" }, { clock });
    expect(first.settings).toEqual(["300 7E1"]);
    for (const message of handOver) first.say(message);
    await log.until(() => first.settings.length === 2 || log.comments.length > 0);
    await log.until(() => log.comments.length === 1);
    expect(log.comments[0]).toContain("mode E, HDLC at 9600 8N1");
    // DISC, UA, and silence.
    first.say(hex("7e a0 07 03 21 53 03 c7 7e"));
    first.say(hex("7e a0 07 21 03 73 73 9f 7e"));
    await log.until(() => log.heard.length === handOver.join("").length + 18);
    now += 5;
    await log.until(() => log.comments.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(first.settings).toEqual(["300 7E1", "9600 8N1", "300 7E1"]);
  });

  it("is the one that was followed when a port comes back", async () => {
    const { log, first, ports } = await start({ preset: "optical" });
    for (const message of handOver) first.say(message);
    await log.until(() => log.comments.length === 1);
    first.vanish();
    await log.until(() => ports.length === 2);
    expect(ports[1]?.settings[0]).toBe("9600 8N1");
  });

  it("stays where nobody asked to follow it, and that is said", async () => {
    const { log, first } = await start({ line: linePresets.optical });
    for (const message of handOver) first.say(message);
    await log.until(() => log.comments.length === 1);
    expect(log.comments[0]).toMatch(/9600 8N1; the line is not followed: .*optical/);
    expect(log.states.at(-1)?.severity).toBe("warning");
    expect(first.settings).toEqual(["300 7E1"]);
  });

  it("that the system refuses is said", async () => {
    const { log, first } = await start({ preset: "optical" });
    first.fault = "Error: Invalid argument";
    for (const message of handOver) first.say(message);
    await log.until(() => log.states.at(-1)?.severity === "error");
    expect(log.states.at(-1)?.message).toMatch(/cannot be set to 9600 8N1/);
  });

  it("is found out by trying, and the reasons are told", async () => {
    const { log, first } = await start({ isAutomatic: true });
    const noise = Uint8Array.from({ length: 600 }, (_, index) => (index * 37 + 11) & 0xff);
    // So much in a row that nothing needs to be waited for.
    for (let count = 0; count < 7; count++) first.say(noise);
    await log.until(() => first.settings.length === 2);
    const mbus = hex("68 03 03 68 08 01 72 7b 16");
    first.say(mbus);
    await log.until(() => log.comments.length === 2);
    expect(first.settings).toEqual(["9600 8N1", "2400 8E1"]);
    expect(log.comments[0]).toMatch(/^9600 8N1 was tried: 4200 bytes, .*; trying 2400 8E1 now$/);
    expect(log.comments[1]).toMatch(/2400 8E1: 1 M-Bus frame with a right checksum. 9600 8N1 was/);
    // What was heard while it was tried is kept.
    expect(log.heard.length).toBe(7 * 600 + mbus.length);
  });

  it("is told to be another one where characters carry parity bits", async () => {
    const { log, first } = await start({ preset: "hdlc" });
    // "1-0:1.8.0(000123.4*kWh)" with even parity in bit 7.
    const text = Buffer.from("1-0:1.8.0(000123.4*kWh)1-0:1.8.0(000123.4*kWh)", "latin1");
    first.say(
      text.map((character) => {
        const ones = character.toString(2).replaceAll("0", "").length;
        return ones % 2 === 0 ? character : character | 0x80;
      }),
    );
    await log.until(() => log.comments.length === 1);
    expect(log.comments[0]).toContain("Set the line to 7E1");
  });
});

describe("settings that no system has", () => {
  it.skipIf(process.platform === "win32")("are refused before a port is touched", async () => {
    const line = { ...linePresets.hdlc, parity: "mark" } as const;
    const ports: PlayedPort[] = [];
    await expect(start({ line }, { ports })).rejects.toThrow(TapError);
    await expect(start({ line }, { ports })).rejects.toThrow(/8M1 cannot be set/);
    expect(ports).toEqual([]);
  });
});

it("hears a frame that was said in one read as it is", async () => {
  const { log, first } = await start({});
  first.say(snrm);
  await log.until(() => log.heard.equals(snrm));
});
