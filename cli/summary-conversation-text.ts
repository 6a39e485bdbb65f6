/** One conversation of a summary as text. */
import {
  type AssociationRecord,
  type ConversationSummary,
  type HdlcDirectionView,
  type ProofRecord,
  type ServiceSummary,
  toHex,
} from "../analyzer/index.js";
import {
  describeFindings,
  describeMilliseconds,
  describeParties,
  describeSpan,
} from "./summary-words.js";
import { count, hang, unbroken } from "./text-layout.js";

/** More of them are counted. */
const shownAssociations = 20;

/** `Conversation 0  16 -> 1/17  hdlc, line 0`. */
export function titleOfConversation(conversation: ConversationSummary): string {
  const { number, client, server, framing, flow, interface: line } = conversation;
  const parties = describeParties(client, server) ?? "no addresses";
  return `Conversation ${number}  ${parties}  ${framing}, ${flow ?? `line ${line}`}`;
}

/** Everything below the title, each line with its end. */
export function describeConversation(conversation: ConversationSummary): string[] {
  const { frames, firstFrame, lastFrame, span, findings, associations } = conversation;
  const lines = [
    item("frames", `${frames}, from ${firstFrame} to ${lastFrame}`),
    ...(span === undefined ? [] : [item("times", describeSpan(span))]),
    ...describeTitles(conversation),
    ...describeLink(conversation),
  ];
  let before = "";
  for (const association of associations.slice(0, shownAssociations)) {
    const agreed = describeAgreement(association).join("");
    // A client that opens one association after the other agrees on the same in each.
    const isSame = agreed !== "" && agreed === before;
    lines.push(
      ...describeAssociation(association, isSame ? ["", "agreed as before; "] : [agreed, ""]),
    );
    before = agreed;
  }
  const more = associations.length - shownAssociations;
  if (more > 0) {
    lines.push(item("", `and ${more} more associations, which --format json lists`));
  }
  if (associations.length === 0) lines.push(item("association", "none was seen"));
  const services = conversation.services.map(describeService).join(", ");
  if (services !== "") lines.push(item("services", services));
  const found = describeFindings(findings);
  if (found !== "") lines.push(item("findings", found));
  return lines;
}

function item(label: string, text: string): string {
  return hang(`  ${label.padEnd(13)}`, text);
}

function describeTitles({ clientSystemTitle, serverSystemTitle }: ConversationSummary): string[] {
  const titles: string[] = [];
  if (clientSystemTitle !== undefined) titles.push(`client ${toHex(clientSystemTitle)}`);
  if (serverSystemTitle !== undefined) titles.push(`server ${toHex(serverSystemTitle)}`);
  return titles.length === 0 ? [] : [item("titles", titles.join(", "))];
}

function describeLink({ link }: ConversationSummary): string[] {
  if (link === undefined) return [];
  const { settledBy } = link;
  const by = settledBy?.snrm === undefined ? "" : `SNRM ${settledBy.snrm} and `;
  const settled =
    settledBy === undefined
      ? "the defaults hold, for no UA was seen"
      : `settled by ${by}UA ${settledBy.ua}`;
  const sent = link.clientToServer.informationFrames + link.serverToClient.informationFrames;
  // Pushes in UI frames have no link that could be described.
  if (sent === 0 && settledBy === undefined) return [item("link", `${link.state}; no I frames`)];
  return [
    item("link", `${link.state}; ${settled}`),
    item("", `client to server: ${describeDirection(link.clientToServer)}`),
    item("", `server to client: ${describeDirection(link.serverToClient)}`),
  ];
}

function describeDirection(direction: HdlcDirectionView): string {
  const { informationFrames, retransmissions, receiveNotReady } = direction;
  const { maximumInformationFieldLength: length, windowSize } = direction;
  const again = retransmissions === 0 ? "" : `, ${retransmissions} sent again`;
  const busy = receiveNotReady === 0 ? "" : `, ${receiveNotReady} RNR`;
  const sent = `${count(informationFrames, "I frame")}${again}${busy}`;
  return `${sent}; ${length} bytes of information, window ${windowSize}`;
}

function describeAssociation(
  association: AssociationRecord,
  [agreed, instead]: readonly [string, string],
): string[] {
  const proofs = association.proofs.map(describeProof).join(", ");
  return [
    item("association", describeOpening(association)),
    agreed,
    ...(proofs === "" ? [] : [item("", `proofs: ${proofs}`)]),
    item("", `${instead}${describeEnd(association)}`),
  ];
}

/** Context and mechanism, and what AARQ and AARE have settled. */
function describeAgreement(association: AssociationRecord): string[] {
  const { context, mechanism, view } = association;
  const lines: string[] = [];
  const names = [context, mechanism].filter((name) => name !== undefined).join(", ");
  if (names !== "") lines.push(item("", names));
  const sizes = describeSizes(association);
  if (sizes !== "") lines.push(item("", sizes));
  if (view.conformance !== undefined) {
    const services = view.conformance.length === 0 ? "nothing" : view.conformance.join(", ");
    lines.push(item("", `conformance: ${services}`));
  }
  return lines;
}

function describeOpening(association: AssociationRecord): string {
  const { preEstablished, firstFrame, requestFrame, responseFrame, repetitions } = association;
  if (preEstablished) {
    return `pre-established, or opened before the capture; first used in frame ${firstFrame}`;
  }
  const again = repetitions === 0 ? "" : ` (and ${repetitions} before it)`;
  const asked = requestFrame === undefined ? "no AARQ" : `AARQ ${requestFrame}${again}`;
  if (responseFrame === undefined) return `${asked}, no AARE`;
  return `${asked}, AARE ${responseFrame}: ${describeResult(association)}`;
}

function describeResult({ result, diagnostic, refusal }: AssociationRecord): string {
  const words = [result ?? "its result could not be read"];
  if (diagnostic !== undefined && diagnostic.reason !== "null") {
    words.push(`${diagnostic.source} ${diagnostic.reason}`);
  }
  const why = refusal === undefined ? "" : `. ${refusal.message}`;
  return `${words.join(", ")}${why}`;
}

function describeSizes({ view }: AssociationRecord): string {
  const sizes: string[] = [];
  const { clientMaxReceivePduSize: client, serverMaxReceivePduSize: server } = view;
  if (client !== undefined) sizes.push(`the client ${describeSize(client)}`);
  if (server !== undefined) sizes.push(`the server ${describeSize(server)}`);
  return sizes.length === 0 ? "" : `longest APDU: ${sizes.join(", ")}`;
}

function describeSize(bytes: number): string {
  return bytes === 0 ? "takes any" : `takes ${bytes} bytes`;
}

const verdicts: Readonly<Record<ProofRecord["verdict"], string>> = {
  verified: "right",
  failed: "wrong",
  "not-checked": "not checked",
};

function describeProof({ frame, prover, verdict }: ProofRecord): string {
  const whose = prover === null ? "one" : `the ${prover}'s`;
  return `${whose} ${verdicts[verdict]} (frame ${frame})`;
}

const ends: Readonly<Record<NonNullable<AssociationRecord["end"]>["how"], string>> = {
  released: "released by RLRE",
  disconnected: "ended with the link, by the answer to DISC",
  "link-lost": "lost with the link, by DM",
  "link-set-up-anew": "ended by a new link, SNRM and UA",
  "requested-anew": "replaced by the next one",
  refused: "refused by AARE",
  "proof-refused": "refused, for the server does not accept the client's proof",
};

const states: Readonly<Record<AssociationRecord["view"]["state"], string>> = {
  unknown: "not ended in the capture",
  requested: "not answered in the capture",
  authenticating: "not authenticated in the capture: passes 3 and 4 are missing",
  open: "open at the end of the capture",
  rejected: "refused",
  released: "released",
  aborted: "lost with the link",
};

function describeEnd({ end, view }: AssociationRecord): string {
  return end === undefined ? states[view.state] : `${ends[end.how]} in frame ${end.frame}`;
}

function describeService(service: ServiceSummary): string {
  const { request, requests, failures, unanswered, latency } = service;
  const more: string[] = [];
  if (failures > 0) more.push(`${failures} refused`);
  if (unanswered > 0) more.push(`${unanswered} unanswered`);
  if (latency !== undefined) more.push(unbroken(`p50 ${describeMilliseconds(latency.p50)} ms`));
  return `${request} ${requests}${more.length === 0 ? "" : ` (${more.join(", ")})`}`;
}
