/** What frames can be exported as. */
export const exportFormats = ["text", "json", "ndjson", "csv", "xml", "html"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Which frames: all that are shown, those of them that are marked, or these. */
export type ExportedFrames = "shown" | "marked" | readonly number[];
