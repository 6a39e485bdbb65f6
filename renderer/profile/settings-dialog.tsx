import { Button } from "react-aria-components";
import type { Settings } from "../../analyzer/protocol/index.js";
import { DialogFrame } from "../app/modal.js";
import { useAnalyzer } from "../state/analyzer.js";
import { changeSettings } from "../state/settings.js";

/** What is remembered from one start to the next. */
export function SettingsDialog() {
  const settings = useAnalyzer((state) => state.settings);
  if (settings === null) return null;
  return (
    <DialogFrame title="Settings">
      <div className="profile__settings">
        <Choice
          label="Colours"
          value={settings.theme}
          onChange={(theme) => changeSettings({ theme })}
          options={[
            ["system", "as the system"],
            ["light", "light"],
            ["dark", "dark"],
          ]}
        />
        <Choice
          label="Times"
          value={settings.timeFormat}
          onChange={(timeFormat) => changeSettings({ timeFormat })}
          options={[
            ["clock", "time of day (UTC)"],
            ["date", "date and time (UTC)"],
            ["since-reference", "seconds since the time reference"],
            ["delta", "seconds since the row before"],
          ]}
        />
        <Choice
          label="Rows"
          value={settings.density}
          onChange={(density) => changeSettings({ density })}
          options={[
            ["compact", "compact"],
            ["comfortable", "comfortable"],
          ]}
        />
        <Choice
          label="Profile"
          value={settings.profile}
          onChange={(profile) => changeSettings({ profile })}
          options={settings.profiles.map(({ name }) => [name, name] as const)}
        />
      </div>
      <Profiles settings={settings} />
    </DialogFrame>
  );
}

function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, text: string])[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <select
        className="select"
        value={value}
        onChange={({ target }) => onChange(target.value as Value)}
      >
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A profile has columns, colour rules, saved filters and ways of reading packets. */
function Profiles({ settings: { profile, profiles } }: { readonly settings: Settings }) {
  const used = profiles.find(({ name }) => name === profile);
  const copy = () => {
    if (used === undefined) return;
    let number = 2;
    while (profiles.some(({ name }) => name === `${used.name} ${number}`)) number += 1;
    const name = `${used.name} ${number}`;
    changeSettings({ profiles: [...profiles, { ...used, name }], profile: name });
  };
  const remove = () => {
    const left = profiles.filter(({ name }) => name !== profile);
    const [first] = left;
    if (first !== undefined) changeSettings({ profiles: left, profile: first.name });
  };
  return (
    <div className="modal__actions">
      <Button className="button" onPress={copy}>
        Copy the profile
      </Button>
      <Button className="button" isDisabled={profiles.length < 2} onPress={remove}>
        Remove the profile
      </Button>
    </div>
  );
}
