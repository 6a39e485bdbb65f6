/**
 * The line between a shell and the process in which it captures. Each side checks what it receives:
 * the process reads what anybody sends down a line.
 */
import * as v from "valibot";
import { ringSettingsSchema, tapSettingsSchema } from "./tap-schemas.js";

const text = v.string();
const name = v.pipe(text, v.minLength(1), v.maxLength(10_000));
const count = v.pipe(v.number(), v.minValue(0));

/** To the process; it does one of the first two, and ends. */
export const toCaptureSchema = v.variant("kind", [
  v.object({ kind: v.literal("list-ports") }),
  v.object({
    kind: v.literal("record"),
    tap: tapSettingsSchema,
    /** Absolute; not there yet. */
    file: name,
    ring: v.nullable(ringSettingsSchema),
    /** What writes the file, for its header. */
    application: name,
  }),
  v.object({ kind: v.literal("stop") }),
  /** Answered with `unrecorded`, also when the capture has ended. */
  v.object({ kind: v.literal("read-unrecorded"), call: count, from: count }),
]);

export type ToCapture = v.InferOutput<typeof toCaptureSchema>;

const countsSchema = v.object({ bytes: count, packets: count, errors: count });

/** Of the line: bytes and packets of it, and parity, framing and overrun errors and breaks. */
export type CaptureCounts = Readonly<v.InferOutput<typeof countsSchema>>;

export const captureStatusSchema = v.object({
  /** `waiting`: for a peer, or for a port to come back. `ended`: the file is complete. */
  phase: v.picklist(["opening", "open", "waiting", "ended"]),
  severity: v.picklist(["information", "warning", "error"]),
  /** How it stands, in a sentence. */
  message: text,
  /** What is listened on, in words. */
  line: text,
  /** The first file of the recording. */
  file: name,
  /** Whether all that came is in the file; false from the moment on in which it cannot be written. */
  isRecorded: v.boolean(),
  /** When it began, in milliseconds since 1970; null before. */
  since: v.nullable(v.number()),
  total: countsSchema,
  perSecond: countsSchema,
});

/** How it stands with a capture. */
export type CaptureStatus = Readonly<v.InferOutput<typeof captureStatusSchema>>;

export const serialPortSchema = v.object({
  /** As `--serial` takes it. */
  path: name,
  /** What is plugged in, as far as the system knows. */
  description: v.nullable(text),
});

/** A serial port as people choose it. */
export type SerialPortView = Readonly<v.InferOutput<typeof serialPortSchema>>;

/** From the process. */
export const fromCaptureSchema = v.variant("kind", [
  v.object({
    kind: v.literal("ports"),
    ports: v.array(serialPortSchema),
    /** Why there are none, or what to do; null where there is nothing to say. */
    note: v.nullable(text),
  }),
  /** It listens and records from now on. */
  v.object({ kind: v.literal("started"), status: captureStatusSchema }),
  /** It cannot begin: why, and what to do. */
  v.object({ kind: v.literal("refused"), message: text }),
  v.object({ kind: v.literal("status"), status: captureStatusSchema }),
  /**
   * A piece of what could not be recorded, as pcapng that goes on behind the file: empty where nothing
   * has come yet, null where nothing more will come.
   */
  v.object({
    kind: v.literal("unrecorded"),
    call: count,
    bytes: v.nullable(v.custom<Uint8Array>((value) => value instanceof Uint8Array)),
  }),
]);

export type FromCapture = v.InferOutput<typeof fromCaptureSchema>;
