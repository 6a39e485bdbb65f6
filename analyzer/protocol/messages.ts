/** The envelopes on the line between a client and the analyzer. */
import type { AnalyzerEvent } from "./answers.js";

export type AnalyzerMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: ProtocolFault }
  | AnalyzerEvent;

/**
 * `cannot-open`, `bad-keys`, `bad-filter`, `no-such-document` ...: for programs. `message`: for people,
 * a whole sentence that says what to do.
 */
export interface ProtocolFault {
  readonly code: string;
  readonly message: string;
}

/** A request was answered with a fault. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code: string;

  constructor({ code, message }: ProtocolFault) {
    super(message);
    this.code = code;
  }
}
