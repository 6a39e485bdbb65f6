import { readFile } from "node:fs/promises";
import { KeyFileError, type KeySet, parseKeyFile } from "../decoder/index.js";

/**
 * Reads a key file. Throws `KeyFileError` whose message names the file and the field at fault, and
 * never a key.
 */
export async function loadKeyFile(path: string): Promise<readonly KeySet[]> {
  const text = await readKeyText(path);
  try {
    return parseKeyFile(text);
  } catch (error) {
    if (error instanceof KeyFileError) throw new KeyFileError(`${path}: ${error.message}`);
    throw error;
  }
}

/** The text of a key file, unread. Throws `KeyFileError` where the file cannot be read. */
export async function readKeyText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new KeyFileError(`${path}: the key file cannot be read (${reason})`);
  }
}
