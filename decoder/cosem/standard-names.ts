/** The names that objects have without a file of the user's: those of the standard, then the packs'. */
import { nameObis } from "./obis/name-obis.js";
import { ObjectDictionary } from "./packs/object-dictionary.js";

let dictionary: ObjectDictionary | undefined;

/** One for all: it keeps what it has found. */
export function standardNames(): ObjectDictionary {
  dictionary ??= new ObjectDictionary({ standard: nameObis });
  return dictionary;
}
