import { useState } from "react";
import { Button } from "react-aria-components";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { DialogFrame } from "../app/modal.js";
import { ask } from "../state/analyzer.js";
import { useFrameDetail } from "../state/frame-detail.js";
import { useSelection } from "../state/selection.js";
import { closeDialog, tellFault } from "../state/window.js";

/** Words about the selected frames. */
export function CommentDialog({ document }: { readonly document: DocumentState }) {
  const { frames } = useSelection(document.id);
  const { detail } = useFrameDetail();
  const [text, setText] = useState(detail?.row.comment ?? "");
  const save = async (comment: string | null) => {
    try {
      await ask("annotate", { document: document.id, frames, set: { comment } });
      closeDialog();
    } catch (error) {
      tellFault(error);
    }
  };
  return (
    <DialogFrame
      title={
        frames.length > 1
          ? `Comment on ${frames.length} frames`
          : `Comment on frame ${frames[0] ?? ""}`
      }
    >
      <textarea
        className="text-field notes__text"
        aria-label="Comment"
        // biome-ignore lint/a11y/noAutofocus: it is what the dialog was opened for
        autoFocus
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save(text);
        }}
      />
      <div className="modal__actions">
        <Button className="button" onPress={() => void save(null)}>
          Remove
        </Button>
        <Button className="button button--main" onPress={() => void save(text)}>
          Save
        </Button>
      </div>
    </DialogFrame>
  );
}
