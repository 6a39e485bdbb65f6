/** The annotated trace as text. */
import { type TextOptions, writeFrameText } from "../../decoder/index.js";
import type { CreateWriter } from "./export-options.js";

export const createTextWriter: CreateWriter = (
  out,
  { tree, names, paint, hasHeadings = false },
) => {
  const common = { tree, names, ...(paint === undefined ? {} : { paint }) };
  let options: TextOptions = { ...common, advised: new Set() };
  return {
    begin: () => {},
    capture: (name) => {
      if (hasHeadings) out.text(`== ${name}\n`);
      // Each capture is read by itself: its advice is given anew.
      options = { ...common, advised: new Set() };
    },
    frame: (frame, isMarked) => {
      if (isMarked) out.text("       # marked\n");
      writeFrameText(out, frame, options);
    },
    end: () => {},
  };
};
