import { ClipboardPaste, FileSearch, FlaskConical, FolderOpen, Radio } from "lucide-react";
import { Button } from "react-aria-components";
import { UnfinishedRecordings } from "../capture/unfinished-recordings.js";
import { allCommands } from "../commands/command-table.js";
import { commandContext, runCommand } from "../commands/run-command.js";
import { describeShortcut } from "../commands/shortcut.js";
import { findShell } from "../shell.js";
import { useAnalyzer } from "../state/analyzer.js";
import { openRecent, openSources } from "../state/open.js";

const icons = {
  "file.open": FolderOpen,
  "file.openFolder": FileSearch,
  "capture.options": Radio,
  "file.paste": ClipboardPaste,
  "file.sample": FlaskConical,
} as const;

/** What one sees before anything is open. */
export function Welcome() {
  const samples = useAnalyzer((state) => state.samples);
  const recent = useAnalyzer((state) => state.settings?.recentFiles ?? none);
  const { platform } = findShell();
  const context = commandContext();
  return (
    <main className="welcome">
      <div className="welcome__inner">
        <h1>Obiscope</h1>
        <p>Reads what smart meters and their clients say: DLMS/COSEM over HDLC, TCP, UDP, M-Bus.</p>
        <ul className="welcome__actions">
          {Object.entries(icons).map(([id, Icon]) => {
            const command = allCommands.find((one) => one.id === id);
            if (command === undefined || !command.isEnabled(context)) return null;
            return (
              <li key={id}>
                <Button className="welcome__action" onPress={() => runCommand(command)}>
                  <Icon size={18} aria-hidden="true" />
                  <span>
                    <strong>{command.label}</strong>
                    <span className="welcome__meaning">{command.meaning}</span>
                  </span>
                  {command.shortcuts[0] !== undefined && (
                    <kbd>{describeShortcut(command.shortcuts[0], platform)}</kbd>
                  )}
                </Button>
              </li>
            );
          })}
        </ul>
        <UnfinishedRecordings />
        <p className="welcome__hint">Or drop a capture anywhere on this window.</p>
        {samples.length > 1 && (
          <p className="welcome__hint">
            Samples:{" "}
            {samples.map((name) => (
              <Button
                key={name}
                className="link-button"
                onPress={() => void openSources([{ kind: "sample", name }])}
              >
                {name}
              </Button>
            ))}
          </p>
        )}
        {recent.length > 0 && (
          <p className="welcome__hint">
            Opened before:{" "}
            {recent.map(({ name, path }) => (
              <Button key={path} className="link-button" onPress={() => void openRecent(path)}>
                {name}
              </Button>
            ))}
          </p>
        )}
      </div>
    </main>
  );
}

const none: readonly { readonly name: string; readonly path: string }[] = [];
