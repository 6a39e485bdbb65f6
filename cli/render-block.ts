/**
 * What the workers of a parallel decode and their master say to each other.
 *
 * Strategy: what a frame means depends on all frames before it, so every worker goes through the
 * whole capture; but most of the time goes into trees and texts, and those it makes for its own
 * blocks of frames only. The master writes the blocks in order.
 */
import type { DecodeCaptureOptions, Severity } from "../analyzer/index.js";
import type { RenderOptions } from "./frame-renderer.js";

/** Frames of one block. */
export const blockLength = 512;

/** Blocks that each worker may be ahead of what has been written. */
export const lead = 6;

export interface RenderTask {
  readonly file: string;
  readonly rendering: RenderOptions;
  readonly decoder: DecodeCaptureOptions;
  /** This worker, from 0, and how many there are. */
  readonly worker: number;
  readonly workers: number;
  /** Number of blocks written so far. */
  readonly written: Int32Array;
}

export type WorkerMessage =
  | {
      readonly kind: "block";
      readonly block: number;
      readonly text: Uint8Array;
      readonly frames: number;
    }
  | { readonly kind: "progress"; readonly bytesRead: number; readonly size: number | null }
  | { readonly kind: "end"; readonly frames: number; readonly worst: Severity }
  /** The capture could not be opened; the message says why. */
  | { readonly kind: "unreadable"; readonly message: string };
