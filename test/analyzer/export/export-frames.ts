import {
  type ExportFormat,
  type ExportOptions,
  FrameExporter,
  type FrameNotes,
} from "../../../analyzer/export/index.js";
import { type Frame, standardNames, TextBuffer } from "../../../decoder/index.js";

/** Frames of one capture in a format, as one text. */
export function exportFrames(
  format: ExportFormat,
  frames: readonly Frame[],
  options: Partial<ExportOptions> & {
    readonly source?: string;
    readonly notes?: FrameNotes;
  } = {},
): string {
  const out = new TextBuffer();
  const { source = "capture.pcap", notes, ...others } = options;
  const exporter = new FrameExporter(out, {
    tree: true,
    names: standardNames(),
    ...others,
    format,
  });
  exporter.begin();
  exporter.capture(source, notes);
  for (const frame of frames) exporter.frame(frame);
  exporter.end();
  return out.takeString();
}
