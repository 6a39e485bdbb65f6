import { CircleAlert, CircleX, Info } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { SheetProblem } from "../../analyzer/protocol/index.js";
import { mostProblems, useSheet } from "./sheet-session.js";

const icons = { error: CircleX, warning: CircleAlert, note: Info, info: Info } as const;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** What is wrong in the text; Enter or a click goes to the characters. */
export function SheetProblems({
  document,
  onGo,
}: {
  readonly document: string;
  readonly onGo: (problem: SheetProblem) => void;
}) {
  const all = useSheet(document).problems;
  // Remarks on frames stand with the frames.
  const problems = useMemo(
    () => all.filter(({ severity, number }) => severity !== "info" || number === null),
    [all],
  );
  const [place, setPlace] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const current = Math.min(place, problems.length - 1);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  });
  if (problems.length === 0) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    const last = problems.length - 1;
    const next =
      key === "Home" ? 0 : key === "End" ? last : key in steps ? current + (steps[key] ?? 0) : null;
    const problem = problems[current];
    if (next !== null) setPlace(Math.max(0, Math.min(last, next)));
    else if (key === "Enter" && problem !== undefined) onGo(problem);
    else return;
    event.preventDefault();
  };
  return (
    <section className="sheet__problems" aria-label="Problems in the text">
      <h2 className="sheet__problems-title">
        {all.length === mostProblems ? `The first ${problems.length}` : problems.length}{" "}
        {problems.length === 1 ? "problem" : "problems"}
      </h2>
      <div
        ref={list}
        className="sheet__problems-list"
        role="listbox"
        aria-label="Problems in the text"
        aria-activedescendant={`sheet-problem-${current}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {problems.map((problem, index) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: a problem can be there twice
            key={index}
            problem={problem}
            index={index}
            isCurrent={index === current}
            onChoose={() => {
              setPlace(index);
              onGo(problem);
            }}
          />
        ))}
      </div>
    </section>
  );
}

function Line({
  problem: { severity, message, code, check, number },
  index,
  isCurrent,
  onChoose,
}: {
  readonly problem: SheetProblem;
  readonly index: number;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
}) {
  const Icon = icons[severity];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys.
    <div
      id={`sheet-problem-${index}`}
      role="option"
      aria-selected={isCurrent}
      className="sheet__problem"
      data-severity={severity}
      onClick={onChoose}
    >
      <Icon size={13} aria-label={severity} />
      <span>
        {message} <code>{code}</code>
        {number !== null && <span className="sheet__quiet"> frame {number}</span>}
        {check !== null && <span className="sheet__check">{check}</span>}
      </span>
    </div>
  );
}
