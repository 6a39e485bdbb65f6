import { RotateCw } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "react-aria-components";
import type { CapturePorts, SerialPortView } from "../../analyzer/protocol/index.js";
import { type LineChoice, lineChoices, usualBauds, usualFormats } from "./capture-form.js";
import { Field, type FormPart } from "./form-field.js";

interface SerialFieldsProps {
  readonly part: FormPart;
  readonly ports: CapturePorts;
  /** Looks for ports once more. */
  readonly onRefresh: () => void;
}

/** The ports of a serial line, and how it is set. */
export function SerialFields({ part, ports: { ports, note }, onRefresh }: SerialFieldsProps) {
  const { form, change } = part;
  const id = useId();
  const [, , meaning] = lineChoices.find(([choice]) => choice === form.line) ?? ["", "", ""];
  return (
    <>
      <PortField
        part={part}
        ports={ports}
        field="port"
        label={form.hasAnswersPort ? "Port of the client's side" : "Port"}
      />
      <label className="capture__check">
        <input
          type="checkbox"
          checked={form.hasAnswersPort}
          onChange={({ target }) => change({ hasAnswersPort: target.checked })}
        />
        <span>A second port has what the meter answers: directions are certain then</span>
      </label>
      {form.hasAnswersPort && (
        <PortField part={part} ports={ports} field="answersPort" label="Port of the meter's side" />
      )}
      <p className="capture__note">
        {note}
        <Button className="link-button" onPress={onRefresh}>
          <RotateCw size={12} aria-hidden="true" />
          Look for ports again
        </Button>
      </p>
      <div className="capture__row">
        <div className="capture__field" data-wide>
          <label htmlFor={id}>Line</label>
          <select
            id={id}
            className="select"
            value={form.line}
            aria-describedby={`${id}-meaning`}
            onChange={({ target }) => change({ line: target.value as LineChoice })}
          >
            {lineChoices.map(([choice, label]) => (
              <option key={choice} value={choice}>
                {label}
              </option>
            ))}
          </select>
        </div>
        {form.line === "own" && (
          <>
            <Field part={part} field="baud" label="Baud" choices={usualBauds.map(String)} />
            <Field part={part} field="format" label="Bits" choices={usualFormats} />
          </>
        )}
      </div>
      <p id={`${id}-meaning`} className="capture__meaning">
        {meaning}
      </p>
    </>
  );
}

interface PortFieldProps {
  readonly part: FormPart;
  readonly ports: readonly SerialPortView[];
  readonly field: "port" | "answersPort";
  readonly label: string;
}

/** Stands for a port that the system does not list. */
const another = "another port";

/** A port out of those that were found, or one that is typed. */
function PortField({ part, ports, field, label }: PortFieldProps) {
  const { form, faults, change } = part;
  const id = useId();
  const value = form[field];
  const isListed = ports.some(({ path }) => path === value);
  const [isTyped, setTyped] = useState(false);
  const types = isTyped || (value !== "" && !isListed) || ports.length === 0;
  const fault = faults[field];
  return (
    <div className="capture__row">
      <div className="capture__field" data-wide>
        <label htmlFor={id}>{label}</label>
        <select
          id={id}
          className="select"
          value={types ? another : value}
          aria-invalid={!types && fault !== undefined}
          onChange={({ target }) => {
            setTyped(target.value === another);
            change({ [field]: target.value === another ? "" : target.value });
          }}
        >
          {!types && value === "" && <option value="">Choose…</option>}
          {ports.map(({ path, description }) => (
            <option key={path} value={path}>
              {description === null ? path : `${path} – ${description}`}
            </option>
          ))}
          <option value={another}>Another port…</option>
        </select>
        {!types && fault !== undefined && <p className="capture__fault">{fault}</p>}
      </div>
      {types && (
        <Field
          part={part}
          field={field}
          label={`Path of ${field === "port" ? "the port" : "that port"}`}
          placeholder="/dev/ttyUSB0, COM3"
          isWide
        />
      )}
    </div>
  );
}
