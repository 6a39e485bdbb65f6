/** Display filters: Wireshark's language over the fields of the registry. Loaded where a filter is used. */
export { completeFilter } from "./complete.js";
export { compileFilter, type Filter } from "./filter.js";
export type { NotedRows } from "./filter-field.js";
export { FilterError } from "./syntax.js";
