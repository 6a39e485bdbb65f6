import { type DecodeAs, DecodeAsError, parseDecodeAs } from "../analyzer/index.js";
import { UsageError } from "./exit.js";

/** What `--decode-as` says. Throws `UsageError`. */
export function readDecodeAs(text: string): DecodeAs {
  try {
    return parseDecodeAs(text);
  } catch (error) {
    if (error instanceof DecodeAsError) throw new UsageError(`--decode-as: ${error.message}`);
    throw error;
  }
}
