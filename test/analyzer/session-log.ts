/** Sessions as text logs, one message a line, and what the analyzer makes of them. */
import {
  type CaptureSummary,
  type ConversationSummary,
  summarizeFile,
} from "../../analyzer/index.js";
import type { SummarizeFileOptions } from "../../analyzer/summarize-file.js";
import { wrap } from "../bench/messages.js";

/** Milliseconds after ten o'clock, who sends, and the bytes. */
export type LogLine = readonly [milliseconds: number, sender: "client" | "server", bytes: Buffer];

/** The client marks what it sends with TX. */
export function writeLog(lines: readonly LogLine[]): string {
  return lines
    .map(([milliseconds, sender, bytes]) => {
      const time = new Date(36_000_000 + milliseconds).toISOString().slice(11, 23);
      return `${time} ${sender === "client" ? "TX" : "RX"}: ${bytes.toString("hex")}\n`;
    })
    .join("");
}

/** An APDU in the wrapper, between client 16 (unless told otherwise) and server 1. */
export function message(
  milliseconds: number,
  sender: LogLine[1],
  apdu: Uint8Array | string,
  client = 16,
): LogLine {
  const bytes = Buffer.from(
    typeof apdu === "string" ? Buffer.from(apdu.replaceAll(" ", ""), "hex") : apdu,
  );
  return [
    milliseconds,
    sender,
    sender === "client" ? wrap(bytes, client, 1) : wrap(bytes, 1, client),
  ];
}

/** get-request-normal and get-response-normal of the same invoke-id. */
export function read(
  milliseconds: number,
  classId: number,
  obis: string,
  attribute: number,
  data: string,
  client = 16,
): LogLine[] {
  const hex = (number: number, digits: number) => number.toString(16).padStart(digits, "0");
  const name = obis.split(/[-:.*]/).map((group) => hex(Number(group), 2));
  const request = `c00141 ${hex(classId, 4)} ${name.join("")} ${hex(attribute, 2)} 00`;
  return [
    message(milliseconds, "client", request, client),
    message(milliseconds + 100, "server", `c40141 00 ${data}`, client),
  ];
}

/** The text in pieces of so many bytes, as a pipe would bring it. */
export async function* inPieces(content: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += length) yield content.subarray(at, at + length);
}

/** Sums a log up that comes by a pipe. */
export async function summarizeLog(
  lines: readonly LogLine[],
  options: SummarizeFileOptions = {},
): Promise<CaptureSummary> {
  return summarizeFile(inPieces(Buffer.from(writeLog(lines)), 1 << 16), options);
}

/** The only conversation of a summary. */
export function onlyConversation({ conversations }: CaptureSummary): ConversationSummary {
  const [conversation] = conversations;
  if (conversation === undefined || conversations.length !== 1) {
    throw new Error(`${conversations.length} conversations instead of one`);
  }
  return conversation;
}
