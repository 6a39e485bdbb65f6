import "./detail-pane.css";
import {
  ArrowLeft,
  ArrowRight,
  CircleAlert,
  CircleX,
  Info,
  LockOpen,
  ShieldAlert,
} from "lucide-react";
import type {
  CipheringVerdict,
  DocumentState,
  FrameDetail,
  ProblemView,
  Row,
} from "../../analyzer/protocol/index.js";
import { goToFrame } from "../list/list-navigation.js";
import { durationText } from "../list/time-text.js";
import { useFrameDetail } from "../state/frame-detail.js";
import { selectField } from "../state/selection.js";
import { explainTopic, openDialog, tellFault } from "../state/window.js";
import { deepestAt } from "./byte-links.js";
import { DetailTree } from "./detail-tree.js";

/** What is wrong with the selected frame, what it is linked with, and its fields. */
export function DetailPane({ document }: { readonly document: DocumentState }) {
  const { detail, fault } = useFrameDetail();
  if (fault !== null) return <p className="detail-pane__empty">{fault}</p>;
  if (detail === null)
    return <p className="detail-pane__empty">Select a frame to see its fields.</p>;
  return (
    <div className="detail-pane">
      <Links document={document} row={detail.row} process={detail.process} />
      {detail.verdict !== null && <Verdict verdict={detail.verdict} problems={detail.problems} />}
      <Problems document={document} detail={detail} />
      <div className="detail-pane__tree">
        <DetailTree document={document} detail={detail} />
      </div>
    </div>
  );
}

function Links({
  document,
  row,
  process,
}: {
  readonly document: DocumentState;
  readonly row: Row;
  readonly process: string | null;
}) {
  const go = (frame: number) => goToFrame(document.id, frame).catch(tellFault);
  const { answers, answeredBy, completedIn, parts, latency } = row;
  const others = parts.filter((part) => part !== row.number);
  const hasAny =
    answers !== null ||
    answeredBy !== null ||
    completedIn !== null ||
    others.length > 0 ||
    process !== null;
  if (!hasAny) return null;
  return (
    <div className="detail-pane__links">
      {answers !== null && (
        <button type="button" className="link-button" onClick={() => go(answers)}>
          <ArrowLeft size={12} aria-hidden="true" /> answers frame {answers}
          {latency === null ? "" : ` after ${durationText(latency)}`}
        </button>
      )}
      {answeredBy !== null && (
        <button type="button" className="link-button" onClick={() => go(answeredBy)}>
          <ArrowRight size={12} aria-hidden="true" /> answered by frame {answeredBy}
        </button>
      )}
      {completedIn !== null && (
        <button type="button" className="link-button" onClick={() => go(completedIn)}>
          a part of the message in frame {completedIn}
        </button>
      )}
      {others.length > 0 && (
        <span>
          put together from{" "}
          {others.slice(0, 12).map((part) => (
            <button key={part} type="button" className="link-button" onClick={() => go(part)}>
              {part}
            </button>
          ))}
          {others.length > 12 && ` and ${others.length - 12} more`}
        </span>
      )}
      {process !== null && <span>{process}</span>}
    </div>
  );
}

function Verdict({
  verdict,
  problems,
}: {
  readonly verdict: CipheringVerdict;
  readonly problems: readonly ProblemView[];
}) {
  const { status, key, systemTitle, invocationCounter } = verdict;
  // What a finding tells below is not told twice.
  const isTold = problems.some(
    ({ message, severity }) => severity !== "info" && message.includes(verdict.reason ?? ""),
  );
  const reason = isTold ? null : verdict.reason;
  const isOpen = status === "decrypted" || status === "decrypted-not-authenticated";
  const isMissing = status === "no-key" || status === "no-system-title";
  if (status === "not-ciphered" && verdict.reason === null) return null;
  return (
    <div
      className="detail-pane__verdict"
      data-kind={isOpen ? "open" : isMissing ? "closed" : "failed"}
    >
      {isOpen ? (
        <LockOpen size={13} aria-hidden="true" />
      ) : (
        <ShieldAlert size={13} aria-hidden="true" />
      )}
      <strong>{status}</strong>
      {key !== null && <span>{key}</span>}
      {systemTitle !== null && <code>{systemTitle}</code>}
      {invocationCounter !== null && <span>counter {invocationCounter}</span>}
      {reason !== null && <span className="detail-pane__reason">{reason}</span>}
      {isMissing && (
        <button type="button" className="link-button" onClick={() => openDialog("keys")}>
          Add a key…
        </button>
      )}
    </div>
  );
}

const sentence = (text: string) => (/[.?!]$/.test(text) ? text : `${text}.`);

const icons = { error: CircleX, warning: CircleAlert, note: Info, info: Info } as const;

function Problems({
  document,
  detail,
}: {
  readonly document: DocumentState;
  readonly detail: FrameDetail;
}) {
  const shown = detail.problems.filter(({ severity }) => severity !== "info");
  if (shown.length === 0) return null;
  const show = ({ source, start, end }: ProblemView) => {
    selectField(document.id, deepestAt(detail.tree, source, start), { source, start, end });
  };
  return (
    <ul className="detail-pane__problems" aria-label="Findings in the frame">
      {shown.map((problem, place) => {
        const Icon = icons[problem.severity];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a finding can be there twice
          <li key={place} className="detail-pane__problem" data-severity={problem.severity}>
            <Icon size={13} aria-label={problem.severity} />
            <span>
              <button type="button" className="detail-pane__message" onClick={() => show(problem)}>
                {problem.message}
              </button>
              {problem.check !== null && (
                <span className="detail-pane__check"> {sentence(problem.check)}</span>
              )}
              {problem.clause !== null && (
                <span className="detail-pane__clause"> ({problem.clause})</span>
              )}{" "}
              <button
                type="button"
                className="link-button"
                onClick={() => explainTopic(problem.code)}
              >
                explain
              </button>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
