/** The settings in use, and the file that keeps them. */
import type { Profile, Settings } from "../protocol/index.js";
import { readSettings, standardSettings, writeSettings } from "./settings-file.js";
import { Turns } from "./slices.js";

/** What is left out, or undefined, stays as it is. */
export type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

export class KeptSettings {
  readonly #folder: string;
  readonly #writing = new Turns();
  #current: Settings = standardSettings;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get current(): Settings {
    return this.#current;
  }

  get profile(): Profile | undefined {
    const { profiles, profile } = this.#current;
    return profiles.find(({ name }) => name === profile);
  }

  async restore(): Promise<void> {
    this.#current = await readSettings(this.#folder);
  }

  /** They are others at once. Comes back when they are on the disk; rejects with what it says. */
  change(change: SettingsChange): Promise<void> {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    this.#current = { ...this.#current, ...Object.fromEntries(given) };
    return this.#writing.run(() => writeSettings(this.#folder, this.#current));
  }

  /** Comes back when nothing waits to be written. */
  get written(): Promise<void> {
    return this.#writing.run(() => {});
  }
}
