import { readFile } from "node:fs/promises";
import { KeyFileError, type KeySet, parseKeyFile } from "../decoder/index.js";

/**
 * Reads a key file. Throws `KeyFileError` whose message names the file and the field at fault, and
 * never a key.
 */
export async function loadKeyFile(path: string): Promise<readonly KeySet[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new KeyFileError(`${path}: the key file cannot be read (${reason})`);
  }
  try {
    return parseKeyFile(text);
  } catch (error) {
    if (error instanceof KeyFileError) throw new KeyFileError(`${path}: ${error.message}`);
    throw error;
  }
}
