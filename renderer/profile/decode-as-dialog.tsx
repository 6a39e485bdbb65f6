import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { DialogFrame } from "../app/modal.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { changeProfile, profileOf } from "../state/settings.js";
import { closeDialog } from "../state/window.js";
import { framingName, framings } from "./framings.js";

const none: readonly string[] = [];

/** How bytes are read whose capture does not say. */
export function DecodeAsDialog({ document }: { readonly document: DocumentState | undefined }) {
  const rules = useAnalyzer((state) => profileOf(state.settings)?.decodeAs ?? none);
  const [framing, setFraming] = useState(document?.options.framing ?? "auto");
  const [kind, setKind] = useState("tcp.port");
  const [number, setNumber] = useState("");
  const [as, setAs] = useState("wrapper");
  const [fault, setFault] = useState<string | null>(null);
  const apply = async () => {
    try {
      if (document !== undefined)
        await ask("reopen", { document: document.id, options: { ...document.options, framing } });
      closeDialog();
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <DialogFrame title="Decode as">
      <label className="profile__row">
        Bytes without packets are{" "}
        <select
          className="select"
          value={framing}
          onChange={({ target }) => setFraming(target.value)}
        >
          {framings.map((one) => (
            <option key={one} value={one}>
              {framingName(one)}
            </option>
          ))}
        </select>
      </label>
      <h3 className="profile__title">Packets, in this profile</h3>
      <ul className="profile__list">
        {rules.map((rule) => (
          <li key={rule} className="profile__row">
            <code className="profile__label">{rule}</code>
            <Button
              className="icon-button"
              aria-label={`Remove ${rule}`}
              onPress={() => changeProfile({ decodeAs: rules.filter((one) => one !== rule) })}
            >
              <Trash2 size={13} />
            </Button>
          </li>
        ))}
      </ul>
      <div className="profile__row">
        <select
          className="select"
          aria-label="Of which packets"
          value={kind}
          onChange={({ target }) => setKind(target.value)}
        >
          {["tcp.port", "udp.port", "user", "link-type"].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <input
          className="text-field"
          aria-label="Number"
          inputMode="numeric"
          value={number}
          onChange={({ target }) => setNumber(target.value)}
        />
        <select
          className="select"
          aria-label="Framing"
          value={as}
          onChange={({ target }) => setAs(target.value)}
        >
          {framings.slice(1).map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <Button
          className="button"
          isDisabled={!/^\d{1,5}$/.test(number) || Number(number) > 65_535}
          onPress={() => {
            const rule = `${kind}==${number}=${as}`;
            changeProfile({ decodeAs: [...rules.filter((one) => one !== rule), rule] });
            setNumber("");
          }}
        >
          Add
        </Button>
      </div>
      {fault !== null && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <div className="modal__actions">
        <Button className="button" onPress={closeDialog}>
          Cancel
        </Button>
        <Button
          className="button button--main"
          isDisabled={document === undefined}
          onPress={() => void apply()}
        >
          Read the capture again
        </Button>
      </div>
    </DialogFrame>
  );
}
