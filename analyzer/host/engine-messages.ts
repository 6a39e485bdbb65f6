/** The line between a shell and the engine that it runs in a process or a thread of its own. */
import type { EngineHost } from "../protocol/index.js";

/** What an engine asks its shell. */
export type HostMethod = keyof EngineHost;

/** To the engine. */
export type ToEngine =
  | { readonly kind: "open"; readonly client: number }
  | { readonly kind: "message"; readonly client: number; readonly message: unknown }
  | { readonly kind: "close"; readonly client: number }
  | { readonly kind: "result"; readonly call: number; readonly result: unknown }
  | {
      readonly kind: "fault";
      readonly call: number;
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: "stop" };

/** From the engine. */
export type FromEngine =
  | { readonly kind: "ready" }
  | { readonly kind: "message"; readonly client: number; readonly message: unknown }
  | {
      readonly kind: "call";
      readonly call: number;
      readonly method: HostMethod;
      readonly params: readonly unknown[];
    }
  /** It could not start, in words. */
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "stopped" };
