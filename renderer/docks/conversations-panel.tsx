import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type {
  AssociationView,
  ConversationView,
  DocumentState,
} from "../../analyzer/protocol/index.js";
import { applyFilterFromMenu } from "../filter/filter-actions.js";
import { goToFrame } from "../list/list-navigation.js";
import { clockText, durationText } from "../list/time-text.js";
import { tellFault } from "../state/window.js";
import { useAnswer, versionOf } from "./use-answer.js";

/** A trace of a head-end can hold thousands; a table of all of them would be slow. */
const linesAtOnce = 200;

/** Who speaks to whom in a document, and how far their associations came. */
export function ConversationsPanel({ document }: { readonly document: DocumentState }) {
  const { answer, fault } = useAnswer(
    "conversations",
    { document: document.id },
    versionOf(document),
  );
  const [open, setOpen] = useState<number | null>(null);
  const [most, setMost] = useState(linesAtOnce);
  if (fault !== null) return <p className="dock__empty">{fault}</p>;
  if (answer === undefined) return <p className="dock__empty">Counting…</p>;
  if (answer.length === 0) {
    return (
      <p className="dock__empty">
        No conversation was seen. Clients, meters and their associations would stand here.
      </p>
    );
  }
  return (
    <table className="conversations">
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Client</th>
          <th scope="col">Server</th>
          <th scope="col">Meter</th>
          <th scope="col">Over</th>
          <th scope="col" data-number>
            Frames
          </th>
          <th scope="col">From</th>
          <th scope="col" data-number>
            Answered
          </th>
          <th scope="col" data-number>
            Latency
          </th>
          <th scope="col">Association</th>
          <th scope="col">Findings</th>
          <th scope="col" aria-label="Actions" />
        </tr>
      </thead>
      {answer.slice(0, most).map((conversation) => (
        <Lines
          key={conversation.number}
          conversation={conversation}
          isOpen={open === conversation.number}
          onToggle={() => setOpen(open === conversation.number ? null : conversation.number)}
          document={document.id}
        />
      ))}
      {answer.length > most && (
        <tbody>
          <tr>
            <td colSpan={12}>
              <button
                type="button"
                className="link-button"
                onClick={() => setMost(most + linesAtOnce)}
              >
                {answer.length - most} more
              </button>
            </td>
          </tr>
        </tbody>
      )}
    </table>
  );
}

function Lines({
  conversation,
  isOpen,
  onToggle,
  document,
}: {
  readonly conversation: ConversationView;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly document: string;
}) {
  const {
    number,
    client,
    server,
    meter,
    framing,
    flow,
    latency,
    severities,
    ciphered,
    associations,
  } = conversation;
  const last = associations.at(-1);
  return (
    <tbody>
      <tr>
        <td>
          <button type="button" className="link-button" aria-expanded={isOpen} onClick={onToggle}>
            {isOpen ? (
              <ChevronDown size={12} aria-hidden="true" />
            ) : (
              <ChevronRight size={12} aria-hidden="true" />
            )}{" "}
            {number}
          </button>
        </td>
        <td>{client ?? "?"}</td>
        <td>{server ?? "?"}</td>
        <td>
          <code>{meter ?? ""}</code>
        </td>
        <td>{flow === null ? framing : `${framing}, ${flow}`}</td>
        <td data-number>{conversation.frames}</td>
        <td>{conversation.firstTime === null ? "" : clockText(conversation.firstTime)}</td>
        <td data-number>
          {conversation.answered} of {conversation.requests}
        </td>
        <td data-number>
          {latency === null
            ? ""
            : `${durationText(latency.median)}, at most ${durationText(latency.largest)}`}
        </td>
        <td>{last === undefined ? "none was seen" : last.state}</td>
        <td>{findings(severities, ciphered)}</td>
        <td className="conversations__actions">
          <button
            type="button"
            className="link-button"
            onClick={() => applyFilterFromMenu(document, `conversation == ${number}`)}
          >
            follow
          </button>
          <button
            type="button"
            className="link-button"
            onClick={() => goToFrame(document, conversation.firstFrame).catch(tellFault)}
          >
            first
          </button>
          <button
            type="button"
            className="link-button"
            onClick={() => goToFrame(document, conversation.lastFrame).catch(tellFault)}
          >
            last
          </button>
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td />
          <td colSpan={11}>
            {associations.length === 0 && (
              <p className="dock__quiet">No association was seen in it.</p>
            )}
            {associations.slice(0, 50).map((association) => (
              <Association
                key={association.firstFrame}
                association={association}
                document={document}
              />
            ))}
            {associations.length > 50 && (
              <p className="dock__quiet">and {associations.length - 50} more</p>
            )}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function findings(
  { error, warning, note }: ConversationView["severities"],
  { noKey, failed }: ConversationView["ciphered"],
): string {
  const words = [
    [error, "error"],
    [warning, "warning"],
    [note, "note"],
    [noKey, "without key"],
    [failed, "not deciphered"],
  ] as const;
  return words
    .filter(([count]) => count > 0)
    .map(
      ([count, word]) =>
        `${count} ${count > 1 && /^(error|warning|note)$/.test(word) ? `${word}s` : word}`,
    )
    .join(", ");
}

function Association({
  association,
  document,
}: {
  readonly association: AssociationView;
  readonly document: string;
}) {
  const { state, requestFrame, responseFrame, end, facts, refusal, firstFrame } = association;
  const link = (label: string, frame: number | null) =>
    frame !== null && (
      <button
        type="button"
        className="link-button"
        onClick={() => goToFrame(document, frame).catch(tellFault)}
      >
        {label} {frame}
      </button>
    );
  return (
    <div className="conversations__association">
      <p>
        <strong>{state}</strong> {link("AARQ", requestFrame)} {link("AARE", responseFrame)}
        {requestFrame === null && link("first used in", firstFrame)}{" "}
        {end !== null && link(`${end.how} in`, end.frame)}
      </p>
      {refusal !== null && <p className="conversations__refusal">{refusal}</p>}
      <dl className="facts">
        {facts.map(({ label, text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: there can be several proofs
          <div key={place}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
