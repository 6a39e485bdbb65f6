/** COSEM data as they stand in the JSON of a frame. */
import type { Json, JsonObject } from "../../decoder/present/frame-json.js";

/** `{ "type": ..., "value": ... }`, with what an octet-string is beside it. */
export interface DataJson extends JsonObject {
  readonly type: string;
  readonly value: Json;
}

export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

export function isData(json: Json | undefined): json is DataJson {
  return isObject(json) && typeof json["type"] === "string" && json["value"] !== undefined;
}

/** What stands at the end of `path`, if it is there. */
export function memberAt(json: Json | undefined, ...path: readonly string[]): Json | undefined {
  let found = json;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return found;
}

/** The elements of an array or structure; none of anything else. */
export function elementsOf({ value }: DataJson): readonly DataJson[] {
  return Array.isArray(value) ? value.filter(isData) : [];
}

/** The data that an APDU carries: the body of a push, the result of a get or a read. */
export function dataOf(apdu: JsonObject | undefined): DataJson | undefined {
  const body = memberAt(apdu, "notification-body", "data-value");
  const data = body ?? memberAt(apdu, "result", "data");
  return isData(data) ? data : undefined;
}
