import "./capture-dialog.css";
import { type FormEvent, useState } from "react";
import { Button } from "react-aria-components";
import { DialogFrame } from "../app/modal.js";
import { activate, ask, useAnalyzer } from "../state/analyzer.js";
import { changeLayout } from "../state/settings.js";
import { closeDialog } from "../state/window.js";
import {
  type CaptureForm,
  type FormField,
  formOf,
  readForm,
  type SourceKind,
} from "./capture-form.js";
import { nameOfTap } from "./capture-words.js";
import { isRunning } from "./close-document.js";
import { Field, type FormPart } from "./form-field.js";
import { RecordingFields } from "./recording-fields.js";
import { SerialFields } from "./serial-fields.js";
import { useSerialPorts } from "./use-serial-ports.js";

const kinds: readonly (readonly [kind: SourceKind, label: string, meaning: string])[] = [
  ["serial", "Serial line", "A port that listens between a meter and its client. Nothing is sent."],
  ["tcp", "TCP, connect", "To a serial device server, or to what else sends bytes of a line."],
  ["listen", "TCP, listen", "Takes the connections of meters that push."],
  ["udp", "UDP", "Takes the datagrams of meters that push."],
  ["relay", "TCP relay", "Stands between a client and a meter, and passes on what each sends."],
];

/** Under this name the window remembers what was chosen last. */
const remembered = "capture";

/** What to capture and where to, as Wireshark's capture options. */
export function CaptureDialog() {
  const capture = useAnalyzer((state) => state.capture);
  const [form, setForm] = useState(() =>
    formOf(useAnalyzer.getState().settings?.layout[remembered]),
  );
  const [faults, setFaults] = useState<Readonly<Partial<Record<FormField, string>>>>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isStarting, setStarting] = useState(false);
  const ports = useSerialPorts();
  const change = (changed: Partial<CaptureForm>) => {
    setForm((before) => ({ ...before, ...changed }));
    setFaults({});
  };
  const part: FormPart = { form, faults, change };
  const start = async (event: FormEvent) => {
    event.preventDefault();
    const outcome = readForm(form);
    setFaults(outcome.faults ?? {});
    if (outcome.request === null) return;
    changeLayout(remembered, { ...form, file: "" });
    setRefusal(null);
    setStarting(true);
    try {
      if (isRunning(useAnalyzer.getState().capture)) await ask("capture-stop", {});
      const { document } = await ask("capture-start", structuredClone(outcome.request));
      activate(document);
      closeDialog();
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
      setStarting(false);
    }
  };
  const [, , meaning] = kinds.find(([kind]) => kind === form.kind) ?? ["", "", ""];
  return (
    <DialogFrame title="Capture" isWide>
      <form className="capture" onSubmit={(event) => void start(event)} noValidate>
        <fieldset className="capture__kinds">
          <legend>Listen on</legend>
          {kinds.map(([kind, label]) => (
            <label key={kind} className="capture__kind">
              <input
                type="radio"
                name="kind"
                checked={form.kind === kind}
                onChange={() => change({ kind })}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <p className="capture__meaning">{meaning}</p>
        <div className="capture__fields">
          {form.kind === "serial" ? (
            <SerialFields part={part} ports={ports} onRefresh={ports.refresh} />
          ) : (
            <SocketFields part={part} />
          )}
        </div>
        <RecordingFields part={part} folder={ports.folder} />
        {capture !== null && isRunning(capture) && (
          <p className="capture__note">
            The capture of {nameOfTap(capture.request.tap)} is stopped before this one starts.
          </p>
        )}
        <div className="capture__outcome" role="alert">
          {refusal !== null && <p className="fault">{refusal}</p>}
        </div>
        <div className="modal__actions">
          <Button className="button" onPress={closeDialog}>
            Cancel
          </Button>
          <Button className="button button--main" type="submit" isDisabled={isStarting}>
            {isStarting ? "Starting…" : "Start"}
          </Button>
        </div>
      </form>
    </DialogFrame>
  );
}

function SocketFields({ part }: { readonly part: FormPart }) {
  const { kind } = part.form;
  const listens = kind !== "tcp";
  const connects = kind === "tcp" || kind === "relay";
  return (
    <>
      {listens && (
        <div className="capture__row">
          <Field
            part={part}
            field="listenHost"
            label="Listen at"
            placeholder="every address of this machine"
            isWide
          />
          <Field part={part} field="listenPort" label="Port" />
        </div>
      )}
      {connects && (
        <div className="capture__row">
          <Field
            part={part}
            field="host"
            label={kind === "relay" ? "Pass on to" : "Host"}
            placeholder="name or address"
            isWide
          />
          <Field part={part} field="hostPort" label={kind === "relay" ? "Its port" : "Port"} />
        </div>
      )}
    </>
  );
}
