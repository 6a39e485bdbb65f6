import { useEffect, useRef } from "react";
import type { Completion } from "../../analyzer/protocol/index.js";

interface CompletionListProps {
  readonly id: string;
  /** Empty where none is shown. */
  readonly items: readonly Completion[];
  readonly choice: number | null;
  readonly onAccept: (place: number) => void;
}

/** For `aria-activedescendant`. */
export function completionId(list: string, place: number): string {
  return `${list}-${place}`;
}

/** What could stand where the caret is. The caret stays in the field: keys come from there. */
export function CompletionList({ id, items, choice, onAccept }: CompletionListProps) {
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (choice !== null) list.current?.children[choice]?.scrollIntoView({ block: "nearest" });
  }, [choice]);

  return (
    <div
      ref={list}
      id={id}
      className="completion-list"
      role="listbox"
      aria-label="Completions"
      hidden={items.length === 0}
    >
      {items.map(({ text, kind, detail, meaning }, place) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field.
        <div
          key={text}
          id={completionId(id, place)}
          className="completion-list__item"
          role="option"
          tabIndex={-1}
          aria-selected={place === choice}
          // The focus stays in the field.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onAccept(place)}
        >
          <span className={`completion-list__text completion-list__text--${kind}`}>{text}</span>
          <span className="completion-list__detail">{detail}</span>
          <span className="completion-list__meaning">{meaning}</span>
        </div>
      ))}
    </div>
  );
}
