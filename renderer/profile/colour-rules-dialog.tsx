import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import type { ColourRule } from "../../analyzer/protocol/index.js";
import { DialogFrame } from "../app/modal.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { changeProfile, profileOf } from "../state/settings.js";

const colours = ["red", "amber", "green", "blue", "violet", "grey"];
const none: readonly ColourRule[] = [];

/** Colours of frames: of the rules that fit, the first one counts. */
export function ColourRulesDialog() {
  const rules = useAnalyzer((state) => profileOf(state.settings)?.colourRules ?? none);
  const change = (next: readonly ColourRule[]) => changeProfile({ colourRules: next });
  const set = (place: number, part: Partial<ColourRule>) =>
    change(rules.map((rule, at) => (at === place ? { ...rule, ...part } : rule)));
  const move = (place: number, by: 1 | -1) => {
    const next = [...rules];
    const [moved] = next.splice(place, 1);
    if (moved !== undefined) next.splice(place + by, 0, moved);
    change(next);
  };
  return (
    <DialogFrame title="Colour rules" isWide>
      <p className="dock__quiet">
        A frame gets the colour of the first rule that fits. What a colour says, an icon says as
        well.
      </p>
      <ul className="profile__list">
        {rules.map((rule, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are known by
          <li key={place} className="profile__row">
            <input
              type="checkbox"
              aria-label={`Use ${rule.name}`}
              checked={rule.isOn}
              onChange={({ target }) => set(place, { isOn: target.checked })}
            />
            <input
              className="text-field"
              aria-label="Name of the rule"
              value={rule.name}
              onChange={({ target }) => set(place, { name: target.value })}
            />
            <FilterField text={rule.filter} onChange={(filter) => set(place, { filter })} />
            <select
              className="select"
              aria-label="Colour"
              value={rule.colour}
              onChange={({ target }) => set(place, { colour: target.value })}
            >
              {colours.map((colour) => (
                <option key={colour}>{colour}</option>
              ))}
            </select>
            <Button
              className="icon-button"
              aria-label={`${rule.name} before others`}
              isDisabled={place === 0}
              onPress={() => move(place, -1)}
            >
              <ArrowUp size={13} />
            </Button>
            <Button
              className="icon-button"
              aria-label={`${rule.name} after others`}
              isDisabled={place === rules.length - 1}
              onPress={() => move(place, 1)}
            >
              <ArrowDown size={13} />
            </Button>
            <Button
              className="icon-button"
              aria-label={`Remove ${rule.name}`}
              onPress={() => change(rules.filter((_, at) => at !== place))}
            >
              <Trash2 size={13} />
            </Button>
          </li>
        ))}
      </ul>
      <Button
        className="button"
        onPress={() =>
          change([...rules, { name: "New rule", filter: "", colour: "blue", isOn: true }])
        }
      >
        Add a rule
      </Button>
    </DialogFrame>
  );
}

/** A filter, said to be wrong where it is. */
function FilterField({
  text,
  onChange,
}: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    ask("check-filter", { text }).then(
      ({ error }) => setFault(error?.message ?? null),
      () => {},
    );
  }, [text]);
  return (
    <span className="profile__filter">
      <input
        className="text-field"
        aria-label="Filter of the rule"
        aria-invalid={fault !== null}
        spellCheck={false}
        value={text}
        onChange={({ target }) => onChange(target.value)}
      />
      {fault !== null && <span className="fault">{fault}</span>}
    </span>
  );
}
