import { useEffect } from "react";
import { findShell } from "../shell.js";
import { useAnalyzer } from "../state/analyzer.js";
import { tell } from "../state/window.js";
import { isRunning } from "./close-document.js";

/** Says what has become of a capture, and keeps the computer awake while one runs. */
export function useCaptureNews(): void {
  const runs = useAnalyzer(({ capture }) => isRunning(capture));
  useEffect(() => {
    findShell().keepAwake?.(runs);
  }, [runs]);
  useEffect(
    () =>
      useAnalyzer.subscribe(({ capture }, { capture: before }) => {
        if (capture === null || capture === before || capture.id !== before?.id) return;
        const hasEnded = capture.phase === "ended" && before.phase !== "ended";
        const failsToRecord = before.isRecorded && !capture.isRecorded;
        if (failsToRecord || (hasEnded && capture.severity === "error")) {
          tell(capture.message, "error");
        }
      }),
    [],
  );
}
