import type { Engine, EngineOptions } from "../engine.js";
import { type Handlers, serveClient } from "./dispatch.js";
import { EngineState } from "./engine-session.js";
import { filterHandlers } from "./filter-handlers.js";
import { FilterSupport } from "./filter-support.js";
import { sessionHandlers } from "./handlers.js";
import { scratchHandlers } from "./scratch-handlers.js";
import { textHandlers } from "./text-handlers.js";

/** Starts with what `host.restore` brings: the documents of before are opened again. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const filters = new FilterSupport();
  const state = new EngineState(options, filters);
  await state.restore();
  const handlers: Handlers = {
    ...sessionHandlers(state),
    ...filterHandlers(state),
    ...textHandlers(state),
    ...scratchHandlers(state),
  };
  return {
    connect: (port) => {
      state.clients.add(port);
      serveClient(port, handlers, () => state.clients.remove(port));
    },
    tellCapture: (capture) => state.capture.tell(capture),
    stop: () => state.stop(),
  };
}
