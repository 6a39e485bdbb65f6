/**
 * The line between a shell and the engine that it runs in a process or a thread of its own. Each
 * side checks what it receives: engines read files that nobody vouches for.
 */
import * as v from "valibot";
import { captureStatusSchema } from "../../captures/live/capture-messages.js";
import { captureRequestSchema } from "../protocol/requests.js";

const text = v.string();
const name = v.pipe(text, v.maxLength(10_000));
const number = v.pipe(v.number(), v.integer(), v.minValue(1));

const path = v.object({ kind: v.literal("path"), path: name });
const upload = v.object({ kind: v.literal("upload"), id: name, name });
const sample = v.object({ kind: v.literal("sample"), name });
const pasted = v.object({ kind: v.literal("text"), text, name });
const scratch = v.object({ kind: v.literal("scratch"), text, name });

const session = v.object({
  documents: v.array(
    v.object({
      id: name,
      sources: v.array(v.variant("kind", [path, upload, sample, pasted, scratch])),
      merge: v.boolean(),
      options: v.object({
        framing: v.exactOptional(name),
        decodeAs: v.exactOptional(v.array(name)),
      }),
      filter: text,
    }),
  ),
});

/** How it stands with the capture of the shell. */
const captureStateSchema = v.object({
  ...captureStatusSchema.entries,
  phase: v.picklist(["opening", "open", "waiting", "stopping", "ended"]),
  id: number,
  request: captureRequestSchema,
});

/** What an engine asks its shell: the functions of `EngineHost`. */
const hostCallSchema = v.variant("method", [
  v.object({ method: v.literal("resolve"), source: v.variant("kind", [path, upload]) }),
  v.object({ method: v.literal("restore") }),
  v.object({ method: v.literal("keepSession"), session }),
  v.object({ method: v.literal("keepKeys"), keys: text }),
  v.object({ method: v.literal("createDownload"), name }),
  v.object({ method: v.literal("capturePorts") }),
  v.object({ method: v.literal("captureStart"), request: captureRequestSchema }),
  v.object({ method: v.literal("captureStop") }),
  v.object({
    method: v.literal("unrecorded"),
    file: name,
    from: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  v.object({ method: v.literal("unfinishedRecordings") }),
  v.object({ method: v.literal("dismissRecording"), path: name }),
]);

export type HostCall = v.InferOutput<typeof hostCallSchema>;

/** To the engine. */
export const toEngineSchema = v.variant("kind", [
  v.object({ kind: v.literal("open"), client: number }),
  v.object({ kind: v.literal("message"), client: number, message: v.unknown() }),
  v.object({ kind: v.literal("close"), client: number }),
  v.object({ kind: v.literal("result"), call: number, result: v.unknown() }),
  v.object({ kind: v.literal("fault"), call: number, code: text, message: text }),
  v.object({ kind: v.literal("capture"), capture: captureStateSchema }),
  v.object({ kind: v.literal("stop") }),
]);

export type ToEngine = v.InferOutput<typeof toEngineSchema>;

/** From the engine. */
export const fromEngineSchema = v.variant("kind", [
  v.object({ kind: v.literal("ready") }),
  v.object({ kind: v.literal("message"), client: number, message: v.unknown() }),
  v.object({ kind: v.literal("call"), call: number, asked: hostCallSchema }),
  /** It could not start, in words. */
  v.object({ kind: v.literal("failed"), message: text }),
  v.object({ kind: v.literal("stopped") }),
]);

export type FromEngine = v.InferOutput<typeof fromEngineSchema>;
