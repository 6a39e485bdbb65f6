import { CaptureDialog } from "../capture/capture-dialog.js";
import { CloseCaptureDialog } from "../capture/close-capture-dialog.js";
import { ExportDialog } from "../export/export-dialog.js";
import { KeyFileDialog } from "../keys/key-file-dialog.js";
import { KeysDialog } from "../keys/keys-dialog.js";
import { GoToFrameDialog } from "../list/go-to-frame-dialog.js";
import { CommentDialog } from "../notes/comment-dialog.js";
import { ColourRulesDialog } from "../profile/colour-rules-dialog.js";
import { ColumnsDialog } from "../profile/columns-dialog.js";
import { DecodeAsDialog } from "../profile/decode-as-dialog.js";
import { SettingsDialog } from "../profile/settings-dialog.js";
import { useActiveDocument } from "../state/analyzer.js";
import { useWindow } from "../state/window.js";
import { AboutDialog } from "./about-dialog.js";
import { OpenFolderDialog } from "./open-folder-dialog.js";
import { Palette } from "./palette.js";
import { ShortcutsDialog } from "./shortcuts-dialog.js";

/** The dialog that is open, if one is. */
export function Dialogs() {
  const dialog = useWindow((state) => state.dialog);
  const document = useActiveDocument();
  switch (dialog) {
    case null:
      return null;
    case "keys":
      return <KeysDialog />;
    case "key-file":
      return <KeyFileDialog />;
    case "settings":
      return <SettingsDialog />;
    case "columns":
      return <ColumnsDialog />;
    case "colour-rules":
      return <ColourRulesDialog />;
    case "decode-as":
      return <DecodeAsDialog document={document} />;
    case "comment":
      return document === undefined ? null : <CommentDialog document={document} />;
    case "go-to-frame":
      return <GoToFrameDialog />;
    case "export":
      return document === undefined ? null : <ExportDialog document={document} />;
    case "palette":
      return <Palette />;
    case "shortcuts":
      return <ShortcutsDialog />;
    case "open-folder":
      return <OpenFolderDialog />;
    case "capture":
      return <CaptureDialog />;
    case "close-capture":
      return document === undefined ? null : <CloseCaptureDialog document={document} />;
    case "about":
      return <AboutDialog />;
  }
}
