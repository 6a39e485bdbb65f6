import { Button } from "react-aria-components";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { DialogFrame } from "../app/modal.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { closeDialog, tellFault } from "../state/window.js";

/** Asks before the document of a running capture is closed. */
export function CloseCaptureDialog({ document }: { readonly document: DocumentState }) {
  const isRecorded = useAnalyzer(({ capture }) => capture?.isRecorded !== false);
  const close = async () => {
    closeDialog();
    try {
      await ask("capture-stop", {});
      await ask("close", { document: document.id });
    } catch (error) {
      tellFault(error);
    }
  };
  return (
    <DialogFrame title="The capture is running">
      <p>
        Closing {document.name} stops its capture.{" "}
        {isRecorded
          ? "What was captured until then stays in its file."
          : "What is shown since its recording stopped is lost: save it first to keep it."}
      </p>
      <div className="modal__actions">
        <Button className="button" onPress={closeDialog}>
          Go on capturing
        </Button>
        <Button className="button button--main" onPress={() => void close()}>
          Stop and close
        </Button>
      </div>
    </DialogFrame>
  );
}
