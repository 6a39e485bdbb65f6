import "./line-monitor.css";
import { Circle, CircleStop, CircleX, Hourglass, TriangleAlert } from "lucide-react";
import { useRef } from "react";
import type { CaptureState } from "../../analyzer/protocol/index.js";
import { useAnalyzer } from "../state/analyzer.js";
import { openDialog } from "../state/window.js";
import {
  amountOfBytes,
  durationOf,
  fileNameOf,
  nameOfTap,
  rateOf,
  wordsOfPhase,
} from "./capture-words.js";
import { isOfCapture, isRunning } from "./close-document.js";
import { FrameRate } from "./frame-rate.js";

/** In the status bar: how it stands with the capture, and how fast its line is. */
export function LineMonitor() {
  const capture = useAnalyzer((state) => state.capture);
  const frames = useAnalyzer(
    ({ documents }) => documents.find((one) => isOfCapture(one, capture))?.frames ?? null,
  );
  if (capture === null) return null;
  const runs = isRunning(capture);
  const { message, severity, perSecond, request, file } = capture;
  // What went well is told by the figures; everything else in words.
  const says = severity !== "information" || capture.phase === "waiting";
  return (
    <button
      type="button"
      className="line-monitor"
      data-tone={severity}
      title={tooltipOf(capture, frames)}
      onClick={() => openDialog("capture")}
    >
      <span className="line-monitor__state" role="status">
        <Mark capture={capture} />
        {wordsOfPhase(capture)}
        {says && <span className="line-monitor__message">{message}</span>}
      </span>
      {runs && (
        <>
          {!says && <span>{nameOfTap(request.tap)}</span>}
          <span className="line-monitor__rate">{amountOfBytes(perSecond.bytes)}/s</span>
          {frames !== null && <FramesPerSecond capture={capture} frames={frames} />}
          <span className="line-monitor__rate">{rateOf(perSecond.errors)} errors/s</span>
        </>
      )}
      <span className="line-monitor__file">{fileNameOf(file)}</span>
    </button>
  );
}

function FramesPerSecond({
  capture,
  frames,
}: {
  readonly capture: CaptureState;
  readonly frames: number;
}) {
  const rate = useRef(new FrameRate());
  // Each state of the capture is a beat: between two of them the rate stays.
  const perSecond = rate.current.at(capture, frames, performance.now());
  return <span className="line-monitor__rate">{rateOf(perSecond)} frames/s</span>;
}

function Mark({ capture: { phase, severity } }: { readonly capture: CaptureState }) {
  const size = 12;
  if (severity === "error") return <CircleX size={size} aria-hidden="true" />;
  if (severity === "warning") return <TriangleAlert size={size} aria-hidden="true" />;
  if (phase === "ended") return <CircleStop size={size} aria-hidden="true" />;
  if (phase === "open") {
    return <Circle className="line-monitor__dot" size={size - 2} aria-hidden="true" />;
  }
  return <Hourglass size={size} aria-hidden="true" />;
}

function tooltipOf(capture: CaptureState, frames: number | null) {
  const { line, message, total, file, since, isRecorded } = capture;
  const counts = [
    amountOfBytes(total.bytes),
    ...(frames === null ? [] : [`${frames.toLocaleString("en")} frames`]),
    `${total.errors.toLocaleString("en")} line errors`,
  ].join(", ");
  const time = since === null ? "" : ` in ${durationOf(Date.now() - since)}`;
  return [
    message,
    line,
    `${counts}${time}`,
    `Recorded${isRecorded ? "" : " until then"} to ${file}`,
  ].join("\n");
}
