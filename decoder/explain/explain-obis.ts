/** Objects, by their OBIS code, with the class and the attribute if they are given. */
import { toHex } from "../core/bytes.js";
import { findClass } from "../cosem/find-class.js";
import type { InterfaceClass } from "../cosem/interface-class.js";
import { explainObis } from "../cosem/obis/name-obis.js";
import type { ObisName } from "../cosem/obis/obis-name.js";
import { findUnit } from "../cosem/units.js";
import { formatLogicalName } from "../xdlms/logical-name.js";
import { readClass } from "./class-names.js";
import { describeClass, explainItems, titleOfClass, topicOfClass } from "./explain-class.js";
import { describeUnit, topicOfUnit } from "./explain-unit.js";
import { type Explanation, facts, type NamesOfObjects } from "./explanation.js";
import { readObis } from "./obis-spelling.js";

/** `1-0:1.8.0*255`, `3 1-0:1.8.0*255`, `3 1-0:1.8.0*255 2`. */
export function explainObject(topic: string, names: NamesOfObjects): Explanation[] {
  const alone = readObis(topic);
  if (alone !== undefined) return [describeObject(alone, names.find(alone))];
  const words = topic.split(/[ ,;/]+/);
  for (const [i, word] of words.entries()) {
    const code = readObis(word);
    if (code !== undefined) {
      return explainWithin(words.slice(0, i).join(" "), code, words.slice(i + 1).join(" "), names);
    }
  }
  return [];
}

/** The object, and what the words before and after its code say: a class, an attribute. */
function explainWithin(
  before: string,
  code: Uint8Array,
  after: string,
  names: NamesOfObjects,
): Explanation[] {
  const asked = readClass(before);
  if (before !== "" && asked === undefined) return [];
  const name = names.find(code, asked?.id);
  const object = describeObject(code, name, asked);
  if (after === "") return asked === undefined ? [object] : [object, describeClass(asked)];
  const owner = asked ?? (name.classId === undefined ? undefined : findClass(name.classId));
  const items = owner === undefined ? [] : explainItems(owner, after);
  return items.length === 0 ? [] : [object, ...items];
}

function describeObject(code: Uint8Array, name: ObisName, asked?: InterfaceClass): Explanation {
  const { classId, scaler } = name;
  const unit = name.unit === undefined ? undefined : findUnit(name.unit);
  const written = formatLogicalName(code);
  const classes = [...new Set([asked?.id, classId])].filter((id) => id !== undefined);
  return {
    kind: "obis",
    topic: written,
    title: name.name,
    meaning: name.isSpecific ? undefined : "Its value groups do not tell which object it is",
    facts: facts({
      "logical name": toHex(code).toUpperCase(),
      "named by": name.by,
      class: asked === undefined ? undefined : `${asked.id} ${asked.name}`,
      "usual class":
        classId === undefined || classId === asked?.id ? undefined : titleOfClass(classId),
      unit: unit === undefined ? undefined : describeUnit(unit),
      scaler,
      total: name.isTotal === true ? "a sum over all rates" : undefined,
    }),
    values: explainObis(code).map(({ group, value, meaning }) => ({
      value: `${group} = ${value}`,
      text: meaning,
    })),
    related: [
      ...classes.filter((id) => findClass(id) !== undefined).map(topicOfClass),
      ...(unit === undefined ? [] : [topicOfUnit(unit)]),
    ],
  };
}
