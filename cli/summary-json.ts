/** A summary as JSON, version 1 of the public contract. `summary.schema.json` describes it. */
import {
  type AssociationRecord,
  type CaptureSummary,
  type ConversationSummary,
  formatTimestamp,
  type HdlcDirectionView,
  type KeysSummary,
  type LatencySummary,
  type ProblemSummary,
  type ProcessSummary,
  type ServiceSummary,
  type TimeSpan,
  toHex,
} from "../analyzer/index.js";

/** The summary in the contract's form; `source` is the file as named on the command line. */
export function presentSummary(summary: CaptureSummary, source: string): object {
  return {
    schema: 1,
    source,
    frames: summary.frames,
    noise: summary.noise,
    "packets-without-dlms": summary.otherPackets,
    remarks: summary.remarks,
    ...presentSpan(summary.span),
    conversations: summary.conversations.map(presentConversation),
    services: summary.services.map(presentService),
    "business-processes": summary.processes.map(presentProcess),
    problems: summary.problems.map(presentProblem),
    keys: presentKeys(summary.keys),
  };
}

function presentProcess({ process, exchanges, firstFrame }: ProcessSummary): object {
  return { process, exchanges, "first-frame": firstFrame };
}

function presentSpan(span: TimeSpan | undefined): object {
  if (span === undefined) return {};
  return {
    "first-time": formatTimestamp(span.first),
    "last-time": formatTimestamp(span.last),
    "duration-ms": toMilliseconds(span.duration),
  };
}

function presentConversation(conversation: ConversationSummary): object {
  const { link } = conversation;
  return {
    conversation: conversation.number,
    framing: conversation.framing,
    interface: conversation.interface,
    flow: conversation.flow,
    client: conversation.client,
    server: conversation.server,
    "client-system-title": presentBytes(conversation.clientSystemTitle),
    "server-system-title": presentBytes(conversation.serverSystemTitle),
    frames: conversation.frames,
    "first-frame": conversation.firstFrame,
    "last-frame": conversation.lastFrame,
    ...presentSpan(conversation.span),
    link:
      link === undefined
        ? undefined
        : {
            state: link.state,
            "settled-by": link.settledBy,
            "client-to-server": presentDirection(link.clientToServer),
            "server-to-client": presentDirection(link.serverToClient),
          },
    associations: conversation.associations.map(presentAssociation),
    services: conversation.services.map(presentService),
    findings: conversation.findings,
  };
}

function presentDirection(direction: HdlcDirectionView): object {
  return {
    "max-information-field-length": direction.maximumInformationFieldLength,
    "window-size": direction.windowSize,
    "information-frames": direction.informationFrames,
    retransmissions: direction.retransmissions,
    "receive-not-ready": direction.receiveNotReady,
  };
}

function presentAssociation(association: AssociationRecord): object {
  const { view, diagnostic, refusal } = association;
  return {
    "first-frame": association.firstFrame,
    "pre-established": association.preEstablished,
    "aarq-frame": association.requestFrame,
    "aarq-repetitions": association.repetitions,
    "aare-frame": association.responseFrame,
    "application-context-name": association.context,
    "mechanism-name": association.mechanism,
    "client-system-title": presentBytes(association.clientSystemTitle),
    "server-system-title": presentBytes(association.serverSystemTitle),
    result: association.result,
    "result-source-diagnostic":
      diagnostic === undefined ? undefined : { [diagnostic.source]: diagnostic.reason },
    refusal:
      refusal === undefined
        ? undefined
        : { code: refusal.definition.code, message: refusal.message },
    state: view.state,
    "negotiated-conformance": view.conformance,
    "client-max-receive-pdu-size": view.clientMaxReceivePduSize,
    "server-max-receive-pdu-size": view.serverMaxReceivePduSize,
    proofs: association.proofs,
    end: association.end,
  };
}

function presentService(service: ServiceSummary): object {
  const { latency, ...counts } = service;
  return { ...counts, "latency-ms": latency === undefined ? undefined : presentLatency(latency) };
}

function presentLatency({ count, min, p50, p90, p99, max }: LatencySummary): object {
  return {
    count,
    min: toMilliseconds(min),
    p50: toMilliseconds(p50),
    p90: toMilliseconds(p90),
    p99: toMilliseconds(p99),
    max: toMilliseconds(max),
  };
}

function presentProblem({ definition, count, frames, firstFrame }: ProblemSummary): object {
  const { code, severity, group, message, clause, check } = definition;
  const counts = { count, frames, "first-frame": firstFrame };
  return { code, severity, group, message, clause, check, ...counts };
}

function presentKeys({ used, missing, ciphered }: KeysSummary): object {
  return {
    "ciphered-apdus": ciphered,
    used: used.map(({ firstFrame, ...key }) => ({ ...key, "first-frame": firstFrame })),
    missing: missing.map(({ firstFrame, meter, ...key }) => ({
      ...key,
      "system-title": meter,
      "first-frame": firstFrame,
    })),
  };
}

/** To the microsecond, as `latency-ms` of a frame. */
function toMilliseconds(nanoseconds: number | undefined): number | undefined {
  return nanoseconds === undefined ? undefined : Math.round(nanoseconds / 1e3) / 1e3;
}

function presentBytes(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : toHex(bytes);
}
