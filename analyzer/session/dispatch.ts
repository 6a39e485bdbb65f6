/** Takes the messages of a client, checks them, and has them answered. */
import * as v from "valibot";
import type { Answer } from "../protocol/answers.js";
import { type AnalyzerMessage, ProtocolError, type ProtocolFault } from "../protocol/messages.js";
import type { Port } from "../protocol/port.js";
import { type Method, type Request, requestSchemas } from "../protocol/requests.js";

/** What a request may use beside its parameters. */
export interface RequestTools {
  /** The client does not want the answer any more, or is gone. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** Answers every method. What they throw as `ProtocolError` is the client's to read. */
export type Handlers = {
  readonly [Name in Method]: (
    request: Request<Name>,
    tools: RequestTools,
  ) => Answer<Name> | Promise<Answer<Name>>;
};

const messageSchema = v.union([
  v.object({
    id: v.pipe(v.number(), v.integer()),
    method: v.string(),
    params: v.unknown(),
  }),
  v.object({ cancel: v.pipe(v.number(), v.integer()) }),
]);

/** Serves one client until its port closes; `onGone` is told then. */
export function serveClient(port: Port, handlers: Handlers, onGone: () => void): void {
  const running = new Map<number, AbortController>();
  port.listen({
    message: (message) => {
      const checked = v.safeParse(messageSchema, message);
      // Without a number there is nobody to answer; such a client speaks another protocol.
      if (!checked.success) return;
      if ("cancel" in checked.output) {
        running.get(checked.output.cancel)?.abort();
        return;
      }
      const { id, method, params } = checked.output;
      const abort = new AbortController();
      running.set(id, abort);
      const tools: RequestTools = {
        signal: abort.signal,
        onProgress: (done, total) => send(port, { event: "progress", request: id, done, total }),
      };
      void answer(handlers, method, params, tools).then((outcome) => {
        running.delete(id);
        send(port, { id, ...outcome });
      });
    },
    closed: () => {
      for (const abort of running.values()) abort.abort();
      onGone();
    },
  });
}

function send(port: Port, message: AnalyzerMessage): void {
  port.send(message);
}

async function answer(
  handlers: Handlers,
  method: string,
  params: unknown,
  tools: RequestTools,
): Promise<{ readonly result: unknown } | { readonly error: ProtocolFault }> {
  try {
    if (!isMethod(method)) {
      throw new ProtocolError({ code: "no-such-method", message: `There is no method ${method}.` });
    }
    return { result: await call(handlers, method, params, tools) };
  } catch (error) {
    if (error instanceof ProtocolError) {
      return { error: { code: error.code, message: error.message } };
    }
    // A fault of ours: it is said, and everything else goes on.
    const message = error instanceof Error ? error.message : String(error);
    return { error: { code: "internal", message: `Obiscope has a fault here: ${message}` } };
  }
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(requestSchemas, name);
}

function call<Name extends Method>(
  handlers: Handlers,
  method: Name,
  params: unknown,
  tools: RequestTools,
): unknown {
  const result = v.safeParse(requestSchemas[method], params);
  if (!result.success) {
    const path = result.issues[0].path?.map(({ key }) => String(key)).join(".");
    const where = path === undefined ? method : `${method}, ${path}`;
    throw new ProtocolError({
      code: "bad-request",
      message: `${where}: ${result.issues[0].message}`,
    });
  }
  return handlers[method](result.output as Request<Name>, tools);
}
