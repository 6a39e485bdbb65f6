/**
 * Records packets as fast as a busy line brings them until it is killed. Told on standard output, a
 * line each: the number of a packet that was given to the recorder, and when (milliseconds).
 * Arguments: the file, a file for the witness, and for a ring the greatest size of one.
 *
 * The witness writes four bytes again and again: how many packets there were a moment (as long as
 * the recorder lets them wait) before. It shows what the machine lets this process write in time.
 */
import { writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Recorder } from "../../../captures/live/recorder.js";

const [, , file = "", witnessFile = "", ringSize] = process.argv;
const witness = await open(witnessFile, "w");
const recorder = await Recorder.start({
  target: file,
  interfaces: [{ name: "line", description: "", linkType: 147 }],
  writer: { application: "test", operatingSystem: "test" },
  ...(ringSize === undefined ? {} : { ring: { size: Number(ringSize) } }),
  onState: () => {},
  onDrain: () => {},
});

let number = 0;
setInterval(() => {
  let told = "";
  for (let i = 0; i < 5; i += 1) {
    // 4 to 403 bytes, the number first.
    const bytes = new Uint8Array(4 + ((number * 7) % 400)).fill(number);
    new DataView(bytes.buffer).setUint32(0, number);
    const now = Date.now();
    const time = { seconds: Math.floor(now / 1000), nanoseconds: 0, dated: true };
    recorder.write({
      kind: "packet",
      interface: 0,
      time,
      direction: null,
      bytes,
      payloadLength: bytes.length,
      isLineError: false,
    });
    told += `${number} ${now}\n`;
    number += 1;
  }
  writeSync(1, told);
}, 1);

for (;;) {
  const seen = new Uint8Array(4);
  new DataView(seen.buffer).setUint32(0, number);
  await sleep(50);
  await witness.write(seen, 0, seen.length, 0);
}
