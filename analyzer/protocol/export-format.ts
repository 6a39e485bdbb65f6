/** What frames can be exported as. */
export const exportFormats = ["text", "json", "ndjson", "csv", "xml", "html"] as const;
export type ExportFormat = (typeof exportFormats)[number];
