import "./keys-dialog.css";
import { KeyRound, Trash2 } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { keyFileMembers } from "../../analyzer/protocol/index.js";
import { DialogFrame } from "../app/modal.js";
import { useAnswer } from "../docks/use-answer.js";
import { goToFrame } from "../list/list-navigation.js";
import { ask, useActiveDocument, useAnalyzer } from "../state/analyzer.js";
import { useFrameDetail } from "../state/frame-detail.js";
import { closeDialog, openDialog, tellFault } from "../state/window.js";
import { addKeys, addKeysBeside } from "./add-keys.js";

/** What is one value of a set, but for its name and the meter's title, which stand first. */
const roles = keyFileMembers.filter(
  ({ name, form }) =>
    name !== "name" &&
    name !== "systemTitle" &&
    form !== "suite" &&
    form !== "public-keys" &&
    form !== "private-keys",
);

/** Keys of meters: what there is, what is missing, and what the trace has brought itself. */
export function KeysDialog() {
  const keys = useAnalyzer((state) => state.keys);
  const document = useActiveDocument();
  return (
    <DialogFrame title="Keys" isWide>
      <p className="keys__storage">
        {keys.storage === ""
          ? "Keys are kept by Obiscope; no window ever gets them back."
          : keys.storage}
      </p>
      {document !== undefined && (
        <Ciphered
          noKey={document.ciphered.noKey}
          failed={document.ciphered.failed}
          opened={document.ciphered.opened}
        />
      )}
      <ul className="keys__list" aria-label="Key sets">
        {keys.sets.map((set) => (
          <li key={set.id} className="keys__set">
            <KeyRound size={13} aria-hidden="true" />
            <strong>{set.name}</strong>
            <code>{set.systemTitle ?? "any meter"}</code>
            <span className="keys__roles">
              {set.roles
                .map(({ role, fingerprint }) =>
                  fingerprint === null ? role : `${role} (${fingerprint})`,
                )
                .join(", ")}
            </span>
            <Button
              className="icon-button"
              aria-label={`Remove ${set.name}`}
              onPress={() => ask("remove-keys", { id: set.id }).catch(tellFault)}
            >
              <Trash2 size={13} />
            </Button>
          </li>
        ))}
        {keys.sets.length === 0 && <li className="keys__none">There are no keys yet.</li>}
      </ul>
      <AddForm />
      <ImportForm />
      {document !== undefined && <Learnt document={document.id} generation={document.generation} />}
      <p>
        <Button className="link-button" onPress={() => openDialog("key-file")}>
          Edit all of them as a key file…
        </Button>
      </p>
    </DialogFrame>
  );
}

function Ciphered({
  opened,
  noKey,
  failed,
}: {
  readonly opened: number;
  readonly noKey: number;
  readonly failed: number;
}) {
  if (opened + noKey + failed === 0) return <p>Nothing in this capture is ciphered.</p>;
  return (
    <p role="status">
      Ciphered APDUs in this capture: {opened} opened, {noKey} without a key, {failed} that no key
      fits.
    </p>
  );
}

/** One meter's keys, typed or pasted in; they are gone from the page when they are added. */
function AddForm() {
  const { detail } = useFrameDetail();
  const form = useRef<HTMLFormElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isReading, setReading] = useState(false);
  const suggested = detail?.verdict?.systemTitle ?? detail?.row.meter ?? "";
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (form.current === null || isReading) return;
    const data = new FormData(form.current);
    const set: Record<string, string> = {};
    for (const name of ["name", "systemTitle", ...roles.map(({ name }) => name)]) {
      const value = String(data.get(name) ?? "");
      const isText = name === "name" || name === "llsPassword";
      const text = isText ? value.trim() : value.replace(/[\s:,-]|0x/gi, "");
      if (text !== "") set[name] = text;
    }
    setFault(null);
    setReading(true);
    try {
      await addKeys({ text: JSON.stringify({ keySets: [set] }) });
      // Whoever has left the dialog meanwhile may have opened another one.
      if (form.current === null) return;
      form.current.reset();
      closeDialog();
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setReading(false);
    }
  };
  return (
    <form
      className="keys__form"
      ref={form}
      onSubmit={(event) => void add(event)}
      autoComplete="off"
      aria-label="Add keys"
    >
      <h3>Add the keys of a meter</h3>
      <label>
        Name
        <input className="text-field" name="name" placeholder="meter 1" />
      </label>
      <label>
        System title of the meter
        <input
          className="text-field keys__hex"
          name="systemTitle"
          defaultValue={suggested}
          placeholder="8 bytes in hex; empty: any meter"
          spellCheck={false}
        />
      </label>
      {roles.map(({ name, form, title, meaning }) => (
        <label key={name} title={meaning}>
          {title}
          <input
            className="text-field keys__hex"
            name={name}
            // biome-ignore lint/a11y/noAutofocus: the dialog is opened for this, and a key is pasted.
            autoFocus={name === "globalUnicastEncryptionKey"}
            spellCheck={false}
            autoComplete="off"
            placeholder={form === "text" ? "text" : "hex"}
          />
        </label>
      ))}
      {fault !== null && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <p className="keys__reading" role="status">
        {isReading && "What these keys may open is read again…"}
      </p>
      <Button className="button button--main" type="submit" isPending={isReading}>
        Add
      </Button>
    </form>
  );
}

function ImportForm() {
  const document = useActiveDocument();
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      await addKeys({ text: await file.text() });
    } catch (error) {
      tellFault(error);
    }
  };
  return (
    <div className="keys__import">
      <label className="button">
        Import a key file…
        <input
          type="file"
          className="visually-hidden"
          accept=".json,application/json"
          onChange={({ target }) => void take(target.files?.[0])}
        />
      </label>
      {document?.keysBeside !== null && document !== undefined && (
        <Button
          className="button"
          onPress={() => void addKeysBeside(document.id).then(closeDialog, tellFault)}
        >
          Add {document.keysBeside}, which lies beside the capture
        </Button>
      )}
    </div>
  );
}

function Learnt({
  document,
  generation,
}: {
  readonly document: string;
  readonly generation: number;
}) {
  const { answer } = useAnswer("learnt-keys", { document }, generation);
  if (answer === undefined || answer.length === 0) return null;
  return (
    <section>
      <h3>Brought by the trace itself</h3>
      <ul className="keys__list">
        {answer.map(({ conversation, role, fingerprint, frame, by }) => (
          <li key={`${conversation} ${role} ${frame}`} className="keys__set">
            <span>
              {role} key of conversation {conversation}{" "}
              {fingerprint === null ? "" : `(${fingerprint})`}, taught by{" "}
              <button
                type="button"
                className="link-button"
                onClick={() => {
                  closeDialog();
                  goToFrame(document, frame).catch(tellFault);
                }}
              >
                frame {frame}
              </button>
              {by === null ? "" : `, opened with ${by}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
