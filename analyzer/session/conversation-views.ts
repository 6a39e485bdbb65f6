/** The conversations of a document, for the panel of them. */
import { toHex } from "../../decoder/index.js";
import type { AssociationRecord } from "../association-records.js";
import type { CaptureIndex } from "../capture-index.js";
import type { AssociationView, ConversationView } from "../protocol/index.js";
import { type ConversationSummary, SummaryCounter } from "../summary.js";
import { kindOfStatus } from "./counts.js";
import { describeServer } from "./row-view.js";

/** What the summary does not count. */
interface Tally {
  bytes: number;
  readonly ciphered: { opened: number; noKey: number; failed: number };
}

/** Counts the rows of an index; comes back after each. */
export function* viewConversations(
  index: CaptureIndex,
): Generator<undefined, readonly ConversationView[]> {
  const counter = new SummaryCounter(index);
  const tallies: Tally[] = [];
  const { length, columns } = index;
  for (let row = 0; row < length; row++) {
    counter.countTo(row + 1);
    const conversation = columns.conversation(row);
    if (conversation !== null) {
      let tally = tallies[conversation];
      if (tally === undefined) {
        tally = { bytes: 0, ciphered: { opened: 0, noKey: 0, failed: 0 } };
        tallies[conversation] = tally;
      }
      tally.bytes += columns.frameLength(row);
      const note = columns.ciphering(row);
      const kind = note === undefined ? null : kindOfStatus(note.status);
      if (kind !== null) tally.ciphered[kind] += 1;
    }
    yield;
  }
  return counter.summary.conversations.map((conversation) =>
    viewConversation(conversation, tallies[conversation.number]),
  );
}

function viewConversation(
  summary: ConversationSummary,
  tally: Tally | undefined,
): ConversationView {
  const { client, server, span, serverSystemTitle, services } = summary;
  const requests = services.reduce((sum, service) => sum + service.requests, 0);
  const answered = services.reduce((sum, service) => sum + service.answered, 0);
  const latencies = services.flatMap(({ latency }) => (latency === undefined ? [] : [latency]));
  const most = latencies.toSorted((a, b) => b.count - a.count)[0];
  return {
    number: summary.number,
    framing: summary.framing,
    flow: summary.flow ?? null,
    client: client === null ? null : String(client),
    server: describeServer(server),
    meter: serverSystemTitle === undefined ? null : toHex(serverSystemTitle),
    frames: summary.frames,
    bytes: tally?.bytes ?? 0,
    firstFrame: summary.firstFrame,
    lastFrame: summary.lastFrame,
    firstTime: span?.first ?? null,
    lastTime: span?.last ?? null,
    requests,
    answered,
    latency:
      most === undefined
        ? null
        : { median: most.p50, largest: Math.max(...latencies.map(({ max }) => max)) },
    severities: summary.findings,
    ciphered: tally?.ciphered ?? { opened: 0, noKey: 0, failed: 0 },
    associations: summary.associations.map(viewAssociation),
  };
}

function viewAssociation(record: AssociationRecord): AssociationView {
  const { view, end } = record;
  return {
    state: record.preEstablished ? `${view.state} (opening not captured)` : view.state,
    firstFrame: record.firstFrame,
    requestFrame: record.requestFrame ?? null,
    responseFrame: record.responseFrame ?? null,
    end: end ?? null,
    facts: factsOf(record),
    refusal: record.refusal?.message ?? null,
  };
}

function factsOf(record: AssociationRecord): { label: string; text: string }[] {
  const { view, proofs, diagnostic } = record;
  const facts: [label: string, text: string | undefined][] = [
    ["Application context", record.context],
    ["Authentication", record.mechanism ?? view.mechanism],
    ["Result", record.result],
    [
      "Diagnostic",
      diagnostic === undefined ? undefined : `${diagnostic.source}: ${diagnostic.reason}`,
    ],
    ["Client's system title", hexOf(record.clientSystemTitle)],
    ["Server's system title", hexOf(record.serverSystemTitle)],
    ["Longest APDU to the client", sizeOf(view.clientMaxReceivePduSize)],
    ["Longest APDU to the server", sizeOf(view.serverMaxReceivePduSize)],
    ["Conformance", view.conformance?.join(", ")],
    ["AARQ sent again", record.repetitions === 0 ? undefined : String(record.repetitions)],
    ...proofs.map(({ frame, prover, verdict }): [string, string] => [
      prover === null ? "Proof" : `Proof of the ${prover}`,
      `${verdict} (frame ${frame})`,
    ]),
  ];
  return facts.flatMap(([label, text]) => (text === undefined ? [] : [{ label, text }]));
}

function hexOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : toHex(bytes);
}

function sizeOf(bytes: number | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  return bytes === 0 ? "no limit" : `${bytes} bytes`;
}
