/**
 * The line between an engine and the process that started it: the calls of `EngineHost` as messages,
 * and the two words that begin and end an engine. Both sides check what they are sent.
 */
import * as v from "valibot";
import type { EngineHost } from "../protocol/engine-host.js";
import { ProtocolError, type ProtocolFault } from "../protocol/messages.js";
import type { Port } from "../protocol/port.js";

const text = v.string();
const name = v.pipe(text, v.maxLength(10_000));

const path = v.object({ kind: v.literal("path"), path: name });
const upload = v.object({ kind: v.literal("upload"), id: name, name });
const sample = v.object({ kind: v.literal("sample"), name });
const pasted = v.object({ kind: v.literal("text"), text, name });

const session = v.object({
  documents: v.array(
    v.object({
      id: name,
      sources: v.array(v.variant("kind", [path, upload, sample, pasted])),
      merge: v.boolean(),
      options: v.object({
        framing: v.exactOptional(name),
        decodeAs: v.exactOptional(v.array(name)),
      }),
      filter: text,
    }),
  ),
});

const id = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What an engine sends to its host. */
const fromEngineSchema = v.variant("call", [
  v.object({ call: v.literal("resolve"), id, source: v.variant("kind", [path, upload]) }),
  v.object({ call: v.literal("restore"), id }),
  v.object({ call: v.literal("keepSession"), session }),
  v.object({ call: v.literal("keepKeys"), id, keys: text }),
  v.object({ call: v.literal("createDownload"), id, name }),
  /** It could not start, and why. */
  v.object({ call: v.literal("failed"), reason: text }),
  /** It has ended as it was asked to. */
  v.object({ call: v.literal("stopped") }),
]);

const fault = v.object({ code: text, message: text });

/** What a host sends to its engine. */
const fromHostSchema = v.union([
  v.object({ id, result: v.unknown() }),
  v.object({ id, error: fault }),
  v.object({ stop: v.literal(true) }),
]);

const resolved = v.object({ path: text, name: text, isOwn: v.boolean() });
const restored = v.object({ session: v.nullable(session), keys: v.nullable(text) });
const kept = v.object({ isStored: v.boolean(), storage: text });
const download = v.object({ path: text, download: text });

interface HostLineListener {
  readonly failed: (reason: string) => void;
  readonly stopped: () => void;
  /** The engine is gone. */
  readonly closed: () => void;
}

/** The host's side: answers the engine at the other end. What is no call of the list is ignored. */
export function answerEngine(port: Port, host: EngineHost, listener: HostLineListener): void {
  const answer = async (id: number, work: () => Promise<unknown>) => {
    try {
      port.send({ id, result: await work() });
    } catch (error) {
      port.send({ id, error: faultOf(error) });
    }
  };
  port.listen({
    message: (message) => {
      const checked = v.safeParse(fromEngineSchema, message);
      if (!checked.success) return;
      const call = checked.output;
      switch (call.call) {
        case "resolve":
          void answer(call.id, () => host.resolve(call.source));
          return;
        case "restore":
          void answer(call.id, () => host.restore());
          return;
        case "keepSession":
          host.keepSession(call.session);
          return;
        case "keepKeys":
          void answer(call.id, () => host.keepKeys(call.keys));
          return;
        case "createDownload":
          void answer(call.id, () => host.createDownload(call.name));
          return;
        case "failed":
          listener.failed(call.reason);
          return;
        case "stopped":
          listener.stopped();
          return;
      }
    },
    closed: listener.closed,
  });
}

/** A fault as the other side may see it: words for people, no stack. */
function faultOf(error: unknown): ProtocolFault {
  if (error instanceof ProtocolError) return { code: error.code, message: error.message };
  return { code: "host", message: error instanceof Error ? error.message : String(error) };
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The engine's side: a host whose calls go over the line. `stop` runs when the host wants the engine
 * to end, or is gone itself.
 */
export function hostOverPort(port: Port, stop: () => void): EngineHost {
  const waiting = new Map<number, Waiting>();
  let next = 1;
  port.listen({
    message: (message) => {
      const checked = v.safeParse(fromHostSchema, message);
      if (!checked.success) return;
      const { output } = checked;
      if ("stop" in output) {
        stop();
        return;
      }
      const asked = waiting.get(output.id);
      waiting.delete(output.id);
      if ("error" in output) asked?.reject(new ProtocolError(output.error));
      else asked?.resolve(output.result);
    },
    closed: () => {
      const gone = new ProtocolError({ code: "closed", message: "The application has ended." });
      for (const { reject } of waiting.values()) reject(gone);
      waiting.clear();
      stop();
    },
  });
  const ask = (call: object): Promise<unknown> => {
    const id = next;
    next += 1;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      port.send({ ...call, id });
    });
  };
  return {
    resolve: async (source) => v.parse(resolved, await ask({ call: "resolve", source })),
    restore: async () => v.parse(restored, await ask({ call: "restore" })),
    keepSession: (session) => port.send({ call: "keepSession", session }),
    keepKeys: async (keys) => v.parse(kept, await ask({ call: "keepKeys", keys })),
    createDownload: async (name) => v.parse(download, await ask({ call: "createDownload", name })),
  };
}
