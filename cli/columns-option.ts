import { type GivenColumns, type ObjectDefinition, parseLogicalName } from "../analyzer/index.js";
import { UsageError } from "./exit.js";

const form = "--columns takes PROFILE=CLASS/OBIS/ATTRIBUTE,...";

/**
 * Reads `1-0:99.1.0*255=8/0-0:1.0.0*255/2,3/1-0:1.8.0*255/2`: what the columns of profiles are, by the
 * numbers of their logical names. Throws `UsageError`.
 */
export function parseColumns(texts: readonly string[]): GivenColumns {
  const columns = new Map<string, readonly ObjectDefinition[]>();
  for (const text of texts) {
    const [profile = "", list = "", ...more] = text.split("=");
    const name = parseLogicalName(profile);
    if (name === undefined || list === "" || more.length > 0) {
      throw new UsageError(`${form}; '${text}' does not begin with the name of a profile`);
    }
    columns.set(name.join("."), list.split(",").map(parseColumn));
  }
  return columns;
}

function parseColumn(text: string): ObjectDefinition {
  const [classId = "", obis = "", attribute = "", index = "0", ...more] = text.split("/");
  const logicalName = parseLogicalName(obis);
  const numbers = [classId, attribute, index].map(readNumber);
  if (logicalName === undefined || numbers.includes(undefined) || more.length > 0) {
    throw new UsageError(`${form}; '${text}' is no column (3/1-0:1.8.0*255/2)`);
  }
  const [classNumber = 0, attributeNumber = 0, dataIndex = 0] = numbers;
  return { classId: classNumber, logicalName, attribute: attributeNumber, dataIndex };
}

function readNumber(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 0xffff ? Number(text) : undefined;
}
