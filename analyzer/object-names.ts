import { readFile } from "node:fs/promises";
import { nameObis } from "../decoder/cosem/obis/name-obis.js";
import { findPack, packs } from "../decoder/cosem/packs/all-packs.js";
import type { ObjectLine } from "../decoder/cosem/packs/object-file.js";
import type { Pack } from "../decoder/cosem/packs/pack.js";
import {
  ObjectDictionary,
  ObjectFileError,
  type ObjectNames,
  readObjectFile,
  standardNames,
} from "../decoder/index.js";

/**
 * The names of objects, those of `sources` before all others: paths of files in CSV or JSON, then
 * names of packs (`dsmr`), of either the first the most important. Throws `ObjectFileError` for a
 * file that cannot be read, or has a line that is wrong.
 */
export async function loadObjectNames(sources: readonly string[]): Promise<ObjectNames> {
  if (sources.length === 0) return standardNames();
  const chosen: Pack[] = [];
  const objects: ObjectLine[] = [];
  for (const source of sources) {
    const pack = findPack(source);
    if (pack === undefined) objects.push(...readObjectFile(await read(source), source));
    else chosen.push(pack);
  }
  return new ObjectDictionary({ standard: nameObis, objects, packs: chosen });
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    const known = packs.map(({ id }) => id).join(", ");
    throw new ObjectFileError(path, reason, `a file in CSV or JSON, or one of ${known}`);
  }
}
