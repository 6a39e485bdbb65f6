import { File, Folder } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import type { OfferedFile, SourceReference } from "../../analyzer/protocol/index.js";
import { findShell } from "../shell.js";
import { openSources } from "../state/open.js";
import { closeDialog, tellFault } from "../state/window.js";
import { DialogFrame } from "./modal.js";

/** Captures in the folder that the server offers. */
export function OpenFolderDialog() {
  const [folders, setFolders] = useState<readonly OfferedFile[]>([]);
  const [files, setFiles] = useState<readonly OfferedFile[] | null>(null);
  const [chosen, setChosen] = useState<readonly SourceReference[]>([]);
  const current = folders.at(-1);
  useEffect(() => {
    setFiles(null);
    findShell()
      .listFolder?.(current?.source ?? null)
      .then(setFiles, tellFault);
  }, [current]);
  const open = (sources: readonly SourceReference[], merge: boolean) => {
    closeDialog();
    void openSources(sources, { merge });
  };
  return (
    <DialogFrame title={`Captures${folders.map(({ name }) => ` / ${name}`).join("")}`}>
      {current !== undefined && (
        <Button className="link-button" onPress={() => setFolders(folders.slice(0, -1))}>
          back
        </Button>
      )}
      {files?.length === 0 && <p className="dock__quiet">The folder is empty.</p>}
      <ul className="profile__list folder">
        {files?.map((file) => (
          <li key={file.name} className="profile__row">
            {!file.isFolder && (
              <input
                type="checkbox"
                aria-label={`Choose ${file.name}`}
                checked={chosen.includes(file.source)}
                onChange={({ target }) =>
                  setChosen(
                    target.checked
                      ? [...chosen, file.source]
                      : chosen.filter((one) => one !== file.source),
                  )
                }
              />
            )}
            <Button
              className="folder__name"
              onPress={() =>
                file.isFolder ? setFolders([...folders, file]) : open([file.source], false)
              }
            >
              {file.isFolder ? (
                <Folder size={13} aria-label="folder" />
              ) : (
                <File size={13} aria-hidden="true" />
              )}
              {file.name}
            </Button>
            {file.size !== null && <span className="dock__quiet">{sizeText(file.size)}</span>}
          </li>
        ))}
      </ul>
      <div className="modal__actions">
        <Button
          className="button"
          isDisabled={chosen.length < 2}
          onPress={() => open(chosen, true)}
        >
          Open merged by time
        </Button>
        <Button
          className="button button--main"
          isDisabled={chosen.length === 0}
          onPress={() => open(chosen, false)}
        >
          Open
        </Button>
      </div>
    </DialogFrame>
  );
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
