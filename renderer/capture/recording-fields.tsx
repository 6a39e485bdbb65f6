import { Button } from "react-aria-components";
import { findShell } from "../shell.js";
import { tellFault } from "../state/window.js";
import { Field, type FormPart } from "./form-field.js";

/** Where a capture is recorded to. */
export function RecordingFields({
  part,
  folder,
}: {
  readonly part: FormPart;
  readonly folder: string;
}) {
  const { form, change } = part;
  const { chooseRecording } = findShell();
  const choose = async () => {
    try {
      const place = await chooseRecording?.();
      if (typeof place === "string") change({ file: place });
    } catch (error) {
      tellFault(error);
    }
  };
  return (
    <fieldset className="capture__fields capture__recording">
      <legend>Recorded to</legend>
      <div className="capture__row">
        <Field
          part={part}
          field="file"
          label={chooseRecording === null ? "Name of the file" : "File"}
          placeholder="named after the time"
          isWide
        />
        {chooseRecording !== null && (
          <Button className="button capture__choose" onPress={() => void choose()}>
            Choose…
          </Button>
        )}
      </div>
      {folder !== "" && (
        <p className="capture__meaning">
          pcapng, from the first byte on, in <code>{folder}</code>
        </p>
      )}
      <label className="capture__check">
        <input
          type="checkbox"
          checked={form.hasRing}
          onChange={({ target }) => change({ hasRing: target.checked })}
        />
        <span>A ring of files: the oldest one makes room for the next</span>
      </label>
      {form.hasRing && (
        <div className="capture__row">
          <Field part={part} field="ringFiles" label="Files kept" placeholder="all" />
          <Field part={part} field="ringMegabytes" label="Megabytes each" placeholder="any" />
          <Field part={part} field="ringMinutes" label="Minutes each" placeholder="any" />
        </div>
      )}
    </fieldset>
  );
}
