/** Frames as texts. */
import { standardNames, TextBuffer, writeFrame, writeFrameText } from "../../decoder/index.js";
import { ProtocolError } from "../protocol/messages.js";
import type { Handlers } from "./dispatch.js";
import type { EngineState } from "./engine-session.js";

export type TextHandlers = Pick<Handlers, "frame-text">;

export function textHandlers(state: EngineState): TextHandlers {
  return {
    "frame-text": ({ document, number, format }) => {
      const { trace, description } = state.document(document);
      if (number > trace.length) {
        throw new ProtocolError({ code: "no-such-frame", message: `There is no frame ${number}.` });
      }
      const frame = trace.frame(number - 1, { tree: true });
      const out = new TextBuffer();
      const names = standardNames();
      if (format === "text") writeFrameText(out, frame, { tree: true, names });
      else writeFrame(out, frame, description.name, { names });
      const text = out.takeString();
      return { text: format === "json" ? JSON.stringify(JSON.parse(text), null, 2) : text };
    },
  };
}
