/** Frames as texts, and in files. */
import { standardNames, TextBuffer } from "../../decoder/index.js";
import { FrameExporter } from "../export/index.js";
import { ProtocolError } from "../protocol/messages.js";
import type { Handlers } from "./dispatch.js";
import type { EngineState } from "./engine-session.js";
import { exportFrames } from "./export-file.js";
import { saveCapture } from "./save-capture.js";
import { readySource } from "./sources.js";

export type TextHandlers = Pick<Handlers, "frame-text" | "export" | "save-capture">;

export function textHandlers(state: EngineState): TextHandlers {
  return {
    "frame-text": ({ document, number, format, tree = true }) => {
      const { trace, description } = state.document(document);
      if (number > trace.length) {
        throw new ProtocolError({ code: "no-such-frame", message: `There is no frame ${number}.` });
      }
      const out = new TextBuffer();
      const exporter = new FrameExporter(out, {
        format: format === "json" ? "ndjson" : format,
        tree,
        names: standardNames(),
      });
      exporter.begin();
      exporter.capture(description.name, trace.notes);
      exporter.frame(trace.frame(number - 1, { tree }));
      exporter.end();
      const text = out.takeString();
      return { text: format === "json" ? JSON.stringify(JSON.parse(text), null, 2) : text };
    },
    "save-capture": async ({ document }, tools) => {
      const { sources, name } = state.document(document).description;
      const [source] = sources;
      if (sources.length !== 1 || source === undefined) {
        const message = "A document of several captures has no one file to be saved.";
        throw new ProtocolError({ code: "cannot-save", message });
      }
      const { host } = state.options;
      const ready = await readySource(state.options, source);
      return saveCapture(ready, name, (as) => host.createDownload(as), tools.signal);
    },
    export: (request, tools) => {
      const { createDownload } = state.options.host;
      return exportFrames(
        state.document(request.document),
        request,
        standardNames(),
        (name) => createDownload.call(state.options.host, name),
        tools,
      );
    },
  };
}
