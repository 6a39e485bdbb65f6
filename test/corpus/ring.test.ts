/** A session recorded to a ring of small files: what is in two files, or learnt in one, is not lost. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { decodeCapture } from "../../analyzer/decode-capture.js";
import { followRecording } from "../../captures/live/follow.js";
import { Recorder, type RecorderSettings } from "../../captures/live/recorder.js";
import {
  LINKTYPE_RTAC_SERIAL,
  RTAC_HEADER_LENGTH,
  rtacEvents,
  writeRtacHeader,
} from "../../captures/live/rtac-serial.js";
import type { TapPacket } from "../../captures/live/tap.js";
import type { CaptureSource } from "../../captures/open.js";
import { presentFrame } from "../../decoder/index.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { messagesOf } from "../simulator/line-message.js";
import { corpusIsHere, readItems, toKeySets } from "./corpus.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** The reads of a serial port: no frame comes in one of them. */
function* readsOf(messages: readonly { readonly bytes: Uint8Array }[]): Generator<TapPacket> {
  let seconds = 1_767_323_045;
  for (const { bytes: message } of messages) {
    const middle = Math.ceil(message.length / 2);
    for (const part of [message.subarray(0, middle), message.subarray(middle)]) {
      const time = { seconds, nanoseconds: 0, dated: true };
      const bytes = new Uint8Array(RTAC_HEADER_LENGTH + part.length);
      writeRtacHeader(bytes, time, rtacEvents.reception, 0);
      bytes.set(part, RTAC_HEADER_LENGTH);
      const rest = { direction: null, payloadLength: part.length, isLineError: false };
      yield { kind: "packet", interface: 0, time, bytes, ...rest };
      seconds += 1;
    }
  }
}

const startRecorder = (target: string, ring?: RecorderSettings["ring"]) =>
  Recorder.start({
    target,
    ...(ring === undefined ? {} : { ring }),
    interfaces: [{ name: "/dev/ttyUSB0", description: "9600 8N1", linkType: LINKTYPE_RTAC_SERIAL }],
    writer: { application: "test", operatingSystem: "test" },
    onState: () => {},
    onDrain: () => {},
  });

const session = readItems().find(({ file }) => file === "sessions/playground-hls-ciphered.jsonl");

describe.skipIf(!corpusIsHere || session === undefined)("a session in the files of a ring", () => {
  it("has the frames of the session in one file, followed and put together", async () => {
    if (session === undefined) throw new Error("the corpus has no such session");
    const whole = join(folder.path, "whole.pcapng");
    const one = await startRecorder(whole);
    const base = join(folder.path, "ring.pcapng");
    const many = await startRecorder(base, { size: 1500 });
    const framesOf = async (source: CaptureSource): Promise<readonly string[]> => {
      const frames: string[] = [];
      const keySets = toKeySets(session);
      for await (const group of decodeCapture(source, { keySets })) {
        for (const frame of group) frames.push(JSON.stringify(presentFrame(frame)));
      }
      return frames;
    };
    const followed = framesOf(followRecording(base));
    for (const read of readsOf(messagesOf(session))) {
      one.write(read);
      many.write(read);
    }
    await one.stop();
    await many.stop();
    const { files } = many;
    expect(files.length).toBeGreaterThan(10);
    const joined = folder.write("joined.pcapng", Buffer.concat(files.map((f) => readFileSync(f))));
    const expected = await framesOf(whole);
    // Messages of several frames, and answers that need what was said before.
    expect(
      expected.filter((frame) => /"reassembly":{"complete":true/.test(frame)).length,
    ).toBeGreaterThan(3);
    for (const frames of [await framesOf(joined), await followed]) {
      expect(frames.find((frame, place) => frame !== expected[place])).toBe(undefined);
      expect(frames).toHaveLength(expected.length);
    }
  });
});
