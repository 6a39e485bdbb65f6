/** Frames as the JSON of the contract: an array, or an object a line. */
import { writeFrame } from "../../decoder/index.js";
import type { CreateWriter } from "./export-options.js";

export const createJsonWriter: CreateWriter = (out, options) => {
  const isLines = options.format === "ndjson";
  let source: string | undefined;
  let isFirst = true;
  return {
    begin: () => {
      if (!isLines) out.text("[\n");
    },
    capture: (name) => {
      source = name;
    },
    frame: (frame, isMarked) => {
      if (!isLines && !isFirst) out.text(",\n");
      isFirst = false;
      writeFrame(out, frame, source, { names: options.names, isMarked });
      if (isLines) out.text("\n");
    },
    end: () => {
      if (!isLines) out.text("\n]\n");
    },
  };
};
