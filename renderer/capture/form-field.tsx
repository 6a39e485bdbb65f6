import { type HTMLInputAutoCompleteAttribute, useId } from "react";
import type { CaptureForm, FormField } from "./capture-form.js";

/** A form, what is wrong with it, and how it is changed. */
export interface FormPart {
  readonly form: CaptureForm;
  readonly faults: Readonly<Partial<Record<FormField, string>>>;
  readonly change: (changed: Partial<CaptureForm>) => void;
}

/** Fields of a form that are typed. */
export type TextField = {
  [Name in FormField]: CaptureForm[Name] extends string ? Name : never;
}[FormField];

interface FieldProps {
  readonly part: FormPart;
  readonly field: TextField;
  readonly label: string;
  readonly placeholder?: string;
  readonly isWide?: boolean;
  /** What is usual, to choose from. */
  readonly choices?: readonly string[];
  readonly isDisabled?: boolean;
}

/** A line of text with its name, and under it what is wrong with it. */
export function Field({
  part: { form, faults, change },
  field,
  label,
  placeholder,
  isWide = false,
  choices,
  isDisabled = false,
}: FieldProps) {
  const id = useId();
  const fault = faults[field];
  const off: HTMLInputAutoCompleteAttribute = "off";
  return (
    <div className="capture__field" data-wide={isWide || undefined}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="text-field"
        value={form[field]}
        placeholder={placeholder}
        disabled={isDisabled}
        autoComplete={off}
        spellCheck={false}
        list={choices === undefined ? undefined : `${id}-choices`}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        onChange={({ target }) => change({ [field]: target.value })}
      />
      {choices !== undefined && (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
      {fault !== undefined && (
        <p id={`${id}-fault`} className="capture__fault">
          {fault}
        </p>
      )}
    </div>
  );
}
