import type { Finding } from "../core/finding.js";

/** What a later frame has shown of an earlier one. */
export type Amendment =
  | { readonly frame: number; readonly answeredBy: number }
  /** The message that the frame has a part of was read in that frame. */
  | { readonly frame: number; readonly completedIn: number }
  | { readonly frame: number; readonly finding: Finding };
