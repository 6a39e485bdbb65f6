/** What a client may ask, checked before it is answered. */
import * as v from "valibot";
import { ringSettingsSchema, tapSettingsSchema } from "../../captures/live/tap-schemas.js";
import { exportFormats } from "./export-format.js";

const frame = v.pipe(v.number(), v.integer(), v.minValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const document = v.pipe(v.string(), v.maxLength(64));
const expression = v.pipe(v.string(), v.maxLength(100_000));
const name = v.pipe(v.string(), v.maxLength(10_000));
const direction = v.picklist([1, -1]);
const frames = v.pipe(v.array(frame), v.maxLength(10_000_000));

const source = v.variant("kind", [
  v.object({ kind: v.literal("path"), path: name }),
  v.object({ kind: v.literal("upload"), id: name, name }),
  v.object({ kind: v.literal("sample"), name }),
  v.object({ kind: v.literal("text"), text: v.string(), name }),
  v.object({ kind: v.literal("scratch"), text: v.string(), name }),
]);
const sources = v.pipe(v.array(source), v.minLength(1), v.maxLength(1000));

const readingOptions = v.object({
  framing: v.exactOptional(name),
  decodeAs: v.exactOptional(v.array(name)),
});

const query = v.object({
  kind: v.picklist(["filter", "hex", "text", "regex"]),
  text: expression,
});

const column = v.object({
  id: name,
  width: v.nullable(v.pipe(v.number(), v.minValue(0))),
  isShown: v.boolean(),
});

const profile = v.object({
  name,
  columns: v.array(column),
  colourRules: v.array(v.object({ name, filter: expression, colour: name, isOn: v.boolean() })),
  decodeAs: v.array(name),
  savedFilters: v.array(v.object({ name, text: expression })),
});

/** Everything of the settings; of a change only what changes. */
export const settingsSchema = v.object({
  theme: v.picklist(["system", "light", "dark"]),
  timeFormat: v.picklist(["clock", "date", "since-reference", "delta"]),
  density: v.picklist(["compact", "comfortable"]),
  profile: name,
  profiles: v.pipe(v.array(profile), v.minLength(1)),
  recentFilters: v.array(expression),
  recentFiles: v.array(v.object({ name, path: name })),
  layout: v.record(v.string(), v.unknown()),
});

/** What a capture is started with. */
export const captureRequestSchema = v.object({
  tap: tapSettingsSchema,
  file: v.nullable(name),
  ring: v.nullable(ringSettingsSchema),
});

export const requestSchemas = {
  /** The first request of a client: what there is now. */
  hello: v.object({}),

  open: v.object({ sources, merge: v.boolean(), options: readingOptions }),
  /** Reads a document again, in another way. Marks and comments stay. */
  reopen: v.object({ document, options: readingOptions }),
  close: v.object({ document }),

  rows: v.object({
    document,
    start: count,
    count: v.pipe(count, v.maxValue(1000)),
    /** Names of fields whose values are shown beside. */
    columns: v.array(name),
  }),
  frame: v.object({ document, number: frame }),
  /** The place in the list of a frame, or of the next one that is shown; and the frame there. */
  locate: v.object({ document, number: frame }),
  /** The next frame of that kind, before or behind one; round at the ends. */
  step: v.object({
    document,
    from: count,
    to: v.picklist(["problem", "conversation", "marked", "reference"]),
    direction,
  }),

  /** Shows the rows that fit. Replaces a filter that is still being evaluated. */
  filter: v.object({ document, text: expression }),
  "cancel-filter": v.object({ document }),
  "check-filter": v.object({ text: expression }),
  "complete-filter": v.object({ text: expression, caret: count }),

  find: v.object({ document, query, from: count, direction }),
  /** In which of so many equal pieces of the list there are hits. */
  "find-ticks": v.object({
    document,
    query,
    pieces: v.pipe(count, v.minValue(1), v.maxValue(10_000)),
  }),

  problems: v.object({ document }),
  conversations: v.object({ document }),
  "learnt-keys": v.object({ document }),

  annotate: v.object({
    document,
    frames,
    set: v.object({
      isMarked: v.exactOptional(v.boolean()),
      isIgnored: v.exactOptional(v.boolean()),
      isReference: v.exactOptional(v.boolean()),
      comment: v.exactOptional(v.nullable(v.pipe(v.string(), v.maxLength(100_000)))),
    }),
  }),
  undo: v.object({ document }),
  redo: v.object({ document }),

  keys: v.object({}),
  /** Adds the sets of a key file. */
  "add-keys": v.object({ text: v.pipe(v.string(), v.maxLength(10_000_000)) }),
  /** Adds those of the key file beside a capture. */
  "add-keys-beside": v.object({ document }),
  "remove-keys": v.object({ id: name }),
  /** The ring as a key file in which every key is a word that stands for it. */
  "key-template": v.object({}),
  /** Replaces the ring by a key file, in which such words stand for the keys that are there. */
  "replace-keys": v.object({ text: v.pipe(v.string(), v.maxLength(10_000_000)) }),

  /** A frame as text: annotated, JSON or XML; with its tree unless told otherwise. */
  "frame-text": v.object({
    document,
    number: frame,
    format: v.picklist(["text", "json", "xml"]),
    tree: v.exactOptional(v.boolean()),
  }),
  /**
   * Writes frames to a file, for `Shell.save`: all that are shown, those of them that are marked, or
   * these. `tree`: with their field trees, in text, JSON and XML; HTML always has them, CSV never.
   */
  export: v.object({
    document,
    format: v.picklist(exportFormats),
    tree: v.boolean(),
    frames: v.union([v.picklist(["shown", "marked"]), frames]),
  }),
  /** Copies a capture as it is now, in whole packets, to a file for `Shell.save`. */
  "save-capture": v.object({ document }),
  explain: v.object({ topic: name }),

  /** Serial ports that can be listened on. */
  "capture-ports": v.object({}),
  /** Starts a capture, which goes on whatever becomes of clients and engine; and opens it. */
  "capture-start": captureRequestSchema,
  /** Stops it; its document is an ordinary one then. */
  "capture-stop": v.object({}),
  /** Stops it where it runs, and starts it anew into another file, in place of the document of before. */
  "capture-restart": v.object({}),
  /** Recordings that were cut off: by a crash, or because the machine was switched off. */
  "unfinished-recordings": v.object({}),
  /** Does not offer a recording any more. The file stays. */
  "dismiss-recording": v.object({ path: name }),
  /**
   * Decodes the text of a scratch sheet in place of the one before, and tells of the document when it
   * is done; cancelled where a newer text comes meanwhile. `version`: what the client calls the text.
   */
  scratch: v.object({ document, version: name, text: v.string(), options: readingOptions }),
  /** The text that was decoded last: for a client that has not written it. */
  "scratch-text": v.object({ document }),
  /** A sample that is text, as an example. */
  "sample-text": v.object({ name }),
  "scratch-places": v.object({ document, number: frame }),
  /** The first byte that a character from `start` on spells, before `end`. */
  "scratch-at": v.object({ document, start: count, end: count }),
  "scratch-problems": v.object({ document, limit: v.pipe(count, v.maxValue(10_000)) }),

  settings: v.object({ change: v.partial(settingsSchema) }),
} as const;

export type Method = keyof typeof requestSchemas;
export type Request<Name extends Method> = Unchanging<v.InferOutput<(typeof requestSchemas)[Name]>>;

type Unchanging<Value> = Value extends object
  ? { readonly [Key in keyof Value]: Unchanging<Value[Key]> }
  : Value;
