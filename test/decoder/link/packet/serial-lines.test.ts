import { describe, expect, it } from "vitest";
import { FrameDecoder, type FrameJson, presentFrame } from "../../../../decoder/index.js";
import { toBytes } from "../../dissect-bytes.js";

// Corpus, fs-22222885268-iec21-0001: SNRM.
const snrm = "7ea0070321930f017e";
// Corpus, blockworksco-playground-hdlc-0003: DISC.
const disc = "7ea00703215303c77e";

const [sent, received, dataLost, parityError] = [1, 2, 5, 8];

interface Packet {
  readonly event: number | undefined;
  readonly bytes?: string;
  readonly line?: number;
}

/** Packets of LINKTYPE_RTAC_SERIAL: time, event, control lines, two bytes of nothing, payload. */
function decode(packets: readonly Packet[]): FrameJson[] {
  const decoder = new FrameDecoder();
  const frames = packets.flatMap(({ event = 0, bytes = "", line = 0 }) => {
    const packet = toBytes(`0000000000000000${event.toString(16).padStart(2, "0")}000000${bytes}`);
    const about = { interface: line, time: null, direction: null, linkType: 250, position: 0 };
    return [...decoder.push({ ...about, bytes: packet, originalLength: packet.length })];
  });
  return [...frames, ...decoder.finish()].map((frame) => presentFrame(frame));
}

const listed = (frames: readonly FrameJson[]) =>
  frames.map(({ layers, bytes }) => `${layers.at(-1)} ${bytes}`);

describe("a serial line that was not heard for a while", () => {
  const lost = "rtac-serial 000000000000000005000000";

  it("has no frame across the hole", () => {
    // SNRM without its end, then a whole DISC: by its length the first would go on into the second.
    const frames = decode([
      { event: received, bytes: snrm.slice(0, 10) },
      { event: dataLost },
      { event: received, bytes: disc },
    ]);
    expect(listed(frames)).toEqual([`noise ${snrm.slice(0, 10)}`, lost, `hdlc ${disc}`]);
  });

  it("has none on either side, and goes on as before", () => {
    const frames = decode([
      { event: sent, bytes: snrm },
      { event: received, bytes: snrm.slice(0, 10) },
      { event: sent, bytes: disc.slice(0, 10) },
      { event: dataLost },
      { event: sent, bytes: disc },
      { event: received, bytes: snrm },
    ]);
    expect(listed(frames)).toEqual([
      `hdlc ${snrm}`,
      `noise ${snrm.slice(0, 10)}`,
      `noise ${disc.slice(0, 10)}`,
      lost,
      `hdlc ${disc}`,
      `hdlc ${snrm}`,
    ]);
    const assumptions = frames.flatMap(({ diagnostics = [] }) =>
      diagnostics.filter(({ code }) => code === "framing.assumed"),
    );
    expect(assumptions).toHaveLength(1);
  });

  it("is no hole of another line, and none where a character was damaged", () => {
    const frames = decode([
      { event: received, bytes: snrm.slice(0, 10) },
      { event: dataLost, line: 1 },
      { event: parityError },
      { event: received, bytes: snrm.slice(10) },
    ]);
    expect(listed(frames)).toEqual([lost, lost.replace("05", "08"), `hdlc ${snrm}`]);
  });
});
