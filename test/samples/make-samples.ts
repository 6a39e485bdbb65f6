/**
 * Writes the captures of `captures/samples/`: made up for the purpose, with the addresses, keys and
 * titles that the standards use in their examples. Run it with `npx tsx test/samples/make-samples.ts`;
 * a test checks that the files are what it makes.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cipher, hdlc, hdlcFrame, withLlc } from "../bench/messages.js";
import { makeMeterDay, meterDayKeys } from "./meter-day.js";

const samples = join(import.meta.dirname, "../../captures/samples");

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s+/g, ""), "hex");

/** A line of a log: time of day, direction, bytes. */
function line(milliseconds: number, toServer: boolean, frame: Buffer): string {
  const time = new Date(milliseconds).toISOString().slice(11, 23);
  const bytes = frame
    .toString("hex")
    .toUpperCase()
    .replace(/..(?=.)/g, "$& ");
  return `${time} ${toServer ? "TX" : "RX"}: ${bytes}`;
}

/** A client reads a register over HDLC; one answer arrives damaged and is asked for again. */
export function makeHdlcSession(): string {
  const parameters = hex("81 80 14 05 02 00 80 06 02 00 80 07 04 00 00 00 01 08 04 00 00 00 01");
  const associationRequest = hex(
    "60 1d a1 09 06 07 60 85 74 05 08 01 01 be 10 04 0e 01 00 00 00 06 5f 1f 04 00 00 7e 1f 04 b0",
  );
  const associationResponse = hex(
    `61 29 a1 09 06 07 60 85 74 05 08 01 01 a2 03 02 01 00 a3 05 a1 03 02 01 00
     be 10 04 0e 08 00 06 5f 1f 04 00 00 10 1d 02 00 00 07`,
  );
  const getValue = hex("c0 01 c1 00 03 01 00 01 08 00 ff 02 00");
  const value = hex("c4 01 c1 00 06 00 01 e2 40");
  const getScalerUnit = hex("c0 01 c2 00 03 01 00 01 08 00 ff 03 00");
  const scalerUnit = hex("c4 01 c2 00 02 02 0f 00 16 1e");
  const getMissing = hex("c0 01 c3 00 03 01 00 63 63 00 ff 02 00");
  const missing = hex("c4 01 c3 01 04");
  const damaged = Buffer.from(hdlc(value, false, 1));
  damaged.writeUInt8(damaged.readUInt8(damaged.length - 5) ^ 0x10, damaged.length - 5);
  const session: [boolean, Buffer][] = [
    [true, hdlcFrame(true, 0x93, Buffer.alloc(0))],
    [false, hdlcFrame(false, 0x73, parameters)],
    [true, hdlc(associationRequest, true, 0)],
    [false, hdlc(associationResponse, false, 0)],
    [true, hdlc(getValue, true, 1)],
    [false, damaged],
    [true, hdlc(getValue, true, 1)],
    [false, hdlc(value, false, 1)],
    [true, hdlc(getScalerUnit, true, 2)],
    [false, hdlc(scalerUnit, false, 2)],
    [true, hdlc(getMissing, true, 3)],
    [false, hdlc(missing, false, 3)],
    [true, hdlcFrame(true, 0x53, Buffer.alloc(0))],
    [false, hdlcFrame(false, 0x73, Buffer.alloc(0))],
  ];
  const lines = session.map(([toServer, frame], index) =>
    line(36_000_000 + 250 * index, toServer, frame),
  );
  return `A client reads a register, 9600 8N1\n${lines.join("\n")}\n`;
}

/** A meter pushes its registers ciphered; the keys are the ones of the standard's examples. */
export function makeCipheredPush(): string {
  const push = hex(
    `0f 00 00 00 01 0c 07 ea 01 02 05 03 04 05 00 ff c4 00 02 03
     09 06 01 00 01 08 00 ff 06 00 01 e2 40 02 02 0f 00 16 1e`,
  );
  const title = hex("4d 4d 4d 00 00 bc 61 4e");
  const lines = [1, 2].map((counter) =>
    line(36_000_000 + 5000 * counter, false, pushFrame(cipher(push, title, counter))),
  );
  return `${lines.join("\n")}\n`;
}

/** A UI frame: what a meter sends without being asked. */
function pushFrame(apdu: Buffer): Buffer {
  return hdlcFrame(false, 0x13, withLlc(apdu, false));
}

/** The keys of the push: published in the standard's examples, no secrets. */
export const pushKeys = `${JSON.stringify(
  {
    keySets: [
      {
        name: "sample meter",
        systemTitle: "4d4d4d0000bc614e",
        globalUnicastEncryptionKey: "000102030405060708090a0b0c0d0e0f",
        authenticationKey: "d0d1d2d3d4d5d6d7d8d9dadbdcdddedf",
      },
    ],
  },
  null,
  2,
)}\n`;

/** The sample files and what they contain. */
export const sampleFiles: Readonly<Record<string, () => string | Uint8Array>> = {
  "hdlc-session.txt": makeHdlcSession,
  "ciphered-push.txt": makeCipheredPush,
  "ciphered-push.keys.json": () => pushKeys,
  "meter-day.pcapng": makeMeterDay,
  "meter-day.keys.json": () => meterDayKeys,
};

if (process.argv[1] === import.meta.filename) {
  for (const [name, make] of Object.entries(sampleFiles))
    writeFileSync(join(samples, name), make());
}
