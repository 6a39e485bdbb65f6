import { ArrowLeft } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { nodeAt } from "../detail/byte-links.js";
import { useFrameDetail } from "../state/frame-detail.js";
import { useSelection } from "../state/selection.js";
import { useWindow } from "../state/window.js";
import { useAnswer } from "./use-answer.js";

/** What a field, a finding, an object or a word means. */
export function ExplainPanel({ document }: { readonly document: DocumentState }) {
  const { topic } = useWindow();
  const { field } = useSelection(document.id);
  const { detail } = useFrameDetail();
  const [past, setPast] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState("");
  const selected = field === null || detail === null ? undefined : nodeAt(detail.tree, field);
  const worst = detail?.problems.find(
    ({ severity }) => severity === "error" || severity === "warning",
  );
  const shown = topic ?? selected?.field ?? worst?.code ?? "";
  const go = (next: string) => {
    setPast((before) => [...before, shown].slice(-50));
    useWindow.setState({ topic: next });
  };
  useEffect(() => setTyped(shown), [shown]);
  return (
    <div className="explain">
      <form
        className="dock__tools"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== "") go(typed.trim());
        }}
      >
        <Button
          className="icon-button"
          aria-label="Back"
          isDisabled={past.length === 0}
          onPress={() => {
            const before = past.at(-1) ?? "";
            useWindow.setState({ topic: before === "" ? null : before });
            setPast(past.slice(0, -1));
          }}
        >
          <ArrowLeft size={14} />
        </Button>
        <input
          className="text-field explain__search"
          aria-label="What to explain"
          placeholder="hdlc.fcs, 1-0:1.8.0*255, class 7, scope-of-access-violated …"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button className="button" type="submit">
          Explain
        </Button>
        {topic !== null && selected !== undefined && (
          <Button className="link-button" onPress={() => useWindow.setState({ topic: null })}>
            the selected field
          </Button>
        )}
      </form>
      {selected !== undefined && topic === null && (
        <p className="explain__selected">
          Here it is <code>{selected.display === "" ? "a group of fields" : selected.display}</code>
        </p>
      )}
      {shown === "" ? (
        <p className="dock__empty">
          Select a frame or a field, or type what you want to know: a field, an OBIS code, a class,
          a unit, a code.
        </p>
      ) : (
        <Topic topic={shown} onGo={go} />
      )}
      {detail !== null && topic === null && <Findings document={document} onGo={go} />}
    </div>
  );
}

function Topic({
  topic,
  onGo,
}: {
  readonly topic: string;
  readonly onGo: (topic: string) => void;
}) {
  const { answer, fault } = useAnswer("explain", { topic }, null);
  if (fault !== null) return <p className="dock__empty">{fault}</p>;
  if (answer === undefined) return null;
  const { explanation, suggestions } = answer;
  if (explanation === null) {
    return (
      <p className="dock__empty">
        Nothing is known of “{topic}”.
        {suggestions.length > 0 && " Is one of these meant? "}
        <Links topics={suggestions} onGo={onGo} />
      </p>
    );
  }
  const { kind, title, meaning, facts, values, related } = explanation;
  return (
    <article className="explain__topic">
      <h3>
        {title} <span className="dock__quiet">{kind}</span>
      </h3>
      {meaning !== null && <p>{meaning}</p>}
      <dl className="facts">
        {facts.map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {values.length > 0 && (
        <table className="explain__values">
          <tbody>
            {values.map(({ value, text, depth }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: members of structures can be alike
              <tr key={place}>
                <td style={{ paddingLeft: 6 + 14 * depth }}>
                  <code>{value}</code>
                </td>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {related.length > 0 && (
        <p>
          See also: <Links topics={related} onGo={onGo} />
        </p>
      )}
    </article>
  );
}

function Links({
  topics,
  onGo,
}: {
  readonly topics: readonly string[];
  readonly onGo: (topic: string) => void;
}) {
  return (
    <>
      {topics.map((topic) => (
        <button key={topic} type="button" className="link-button" onClick={() => onGo(topic)}>
          {topic}
        </button>
      ))}
    </>
  );
}

/** Why the frame was flagged, and what to look at next. */
function Findings({
  document,
  onGo,
}: {
  readonly document: DocumentState;
  readonly onGo: (topic: string) => void;
}) {
  const { detail, document: of } = useFrameDetail();
  if (detail === null || of !== document.id || detail.problems.length === 0) return null;
  return (
    <section className="explain__findings">
      <h3>Found in frame {detail.row.number}</h3>
      <ul>
        {detail.problems.map((problem, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a finding can be there twice
          <li key={place}>
            <strong>{problem.severity}</strong> {problem.message}
            {problem.clause !== null && <span className="dock__quiet"> ({problem.clause})</span>}
            {problem.check !== null && <p>{problem.check}</p>}
            <button type="button" className="link-button" onClick={() => onGo(problem.code)}>
              {problem.code}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
