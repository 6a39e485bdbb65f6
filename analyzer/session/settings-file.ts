/** Settings, kept in one file. Whatever is wrong with it, the application starts. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { Profile, Settings } from "../protocol/index.js";
import { settingsSchema } from "../protocol/requests.js";

const standardColumns = [
  ["number", 64],
  ["time", 132],
  ["delta", 84],
  ["direction", 28],
  ["parties", 116],
  ["type", 168],
  ["info", null],
  ["length", 56],
  ["latency", 76],
] as const;

const standardProfile: Profile = {
  name: "Default",
  columns: [
    ...standardColumns.map(([id, width]) => ({ id, width, isShown: true })),
    { id: "meter", width: 140, isShown: false },
    { id: "conversation", width: 48, isShown: false },
  ],
  colourRules: [
    { name: "Errors", filter: "diag.severity >= error", colour: "red", isOn: true },
    { name: "Warnings", filter: "diag.severity >= warning", colour: "amber", isOn: true },
    { name: "Pushes", filter: 'xdlms.service == "data-notification"', colour: "green", isOn: true },
    { name: "Association", filter: "acse", colour: "violet", isOn: true },
  ],
  decodeAs: [],
  savedFilters: [
    { name: "Problems", text: "diag.severity >= warning" },
    {
      name: "Not decrypted",
      text: 'ciphering.status && !(ciphering.status in {"decrypted", "decrypted-not-authenticated"})',
    },
    { name: "Slow answers", text: "latency > 1s" },
  ],
};

export const standardSettings: Settings = {
  theme: "system",
  timeFormat: "clock",
  density: "compact",
  profile: standardProfile.name,
  profiles: [standardProfile],
  recentFilters: [],
  recentFiles: [],
  layout: {},
};

/** Reads the settings; those that are missing or wrong are the standard ones. */
export async function readSettings(folder: string): Promise<Settings> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(join(folder, fileName), "utf8"));
  } catch {
    return standardSettings;
  }
  if (typeof content !== "object" || content === null) return standardSettings;
  const read: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(settingsSchema.entries)) {
    const result = v.safeParse(schema, (content as Readonly<Record<string, unknown>>)[name]);
    if (result.success) read[name] = result.output;
  }
  return { ...standardSettings, ...read };
}

/** Throws what the file system says. */
export async function writeSettings(folder: string, settings: Settings): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${fileName}.new`);
  await writeFile(draft, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, join(folder, fileName));
}

const fileName = "settings.json";
