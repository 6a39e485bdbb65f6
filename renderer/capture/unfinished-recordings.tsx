import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import type { UnfinishedRecording } from "../../analyzer/protocol/index.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { openSources } from "../state/open.js";
import { tellFault } from "../state/window.js";

/** Recordings that were cut off before this start, each to be opened or let be. */
export function UnfinishedRecordings() {
  const connection = useAnalyzer((state) => state.connection);
  const [recordings, setRecordings] = useState<readonly UnfinishedRecording[]>([]);
  useEffect(() => {
    if (connection !== "open") return;
    ask("unfinished-recordings", {}).then(setRecordings, tellFault);
  }, [connection]);
  if (recordings.length === 0) return null;
  const dismiss = (path: string) => {
    setRecordings((all) => all.filter((one) => one.path !== path));
    ask("dismiss-recording", { path }).catch(tellFault);
  };
  return (
    <section className="welcome__hint" aria-label="Recordings that were cut off">
      {recordings.map(({ path, name, since }) => (
        <p key={path}>
          {name} was cut off{since === null ? "" : ` (begun ${new Date(since).toLocaleString()})`}:
          what had been captured is there.{" "}
          <Button
            className="link-button"
            onPress={() => {
              dismiss(path);
              void openSources([{ kind: "path", path }]);
            }}
          >
            Open it
          </Button>{" "}
          <Button className="link-button" onPress={() => dismiss(path)}>
            Do not show it again
          </Button>
        </p>
      ))}
    </section>
  );
}
