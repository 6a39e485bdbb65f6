import type { CaptureItem } from "../../../captures/capture.js";
import { createTextLogReader } from "../../../captures/text/text-log.js";
import { LINK_TYPE_STREAM, type Timestamp } from "../../../decoder/chunk.js";
import { chunksOf, readAll } from "../pcap-builder.js";

const encoder = new TextEncoder();

/** The items of a log in UTF-8, cut where `cuts` say. */
export function readLog(text: string | Uint8Array, cuts: readonly number[] = []): CaptureItem[] {
  const file = typeof text === "string" ? encoder.encode(text) : text;
  return readAll(createTextLogReader(), file, cuts);
}

/** Lines as a file has them. */
export function lines(...texts: readonly string[]): string {
  return `${texts.join("\n")}\n`;
}

/** The bytes of each chunk in hex. */
export function hexOf(text: string): string[] {
  return chunksOf(readLog(text)).map((chunk) => Buffer.from(chunk.bytes).toString("hex"));
}

/** Each chunk in a few words: `C stream 21:35:41 7ea0`; nothing for what is not known. */
export function said(text: string): string[] {
  return chunksOf(readLog(text)).map((chunk) => {
    const words = [
      chunk.direction === null ? "" : chunk.direction === "client-to-server" ? "C" : "S",
      chunk.linkType === LINK_TYPE_STREAM ? "stream" : "",
      chunk.time === null ? "" : timeText(chunk.time),
      Buffer.from(chunk.bytes).toString("hex"),
    ];
    return words.filter((word) => word !== "").join(" ");
  });
}

/** `2026-01-02T03:04:05.123Z`, or `03:04:05.123` where there is no date. */
export function timeText({ seconds, nanoseconds, dated }: Timestamp): string {
  const iso = new Date(seconds * 1000).toISOString().slice(0, 19);
  const fraction = String(nanoseconds).padStart(9, "0").replace(/0+$/, "");
  const text = fraction === "" ? iso : `${iso}.${fraction}`;
  return dated ? `${text}Z` : text.slice(11);
}
