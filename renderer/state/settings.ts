/** Settings as the analyzer keeps them, and the choices of the profile in use. */
import type { Profile, Settings } from "../../analyzer/protocol/index.js";
import { ask, useAnalyzer } from "./analyzer.js";
import { tellFault } from "./window.js";

/** Changes settings at once, and has them kept. */
export function changeSettings(change: Partial<Settings>): void {
  useAnalyzer.setState(({ settings }) => ({
    settings: settings === null ? null : { ...settings, ...change },
  }));
  ask("settings", { change: structuredClone(change) as Partial<MutableSettings> }).catch(tellFault);
}

/** The profile in use; undefined until the settings are known. */
export function profileOf(settings: Settings | null): Profile | undefined {
  return settings?.profiles.find(({ name }) => name === settings.profile) ?? settings?.profiles[0];
}

/** Changes the profile in use. */
export function changeProfile(change: Partial<Profile>): void {
  const { settings } = useAnalyzer.getState();
  const profile = profileOf(settings);
  if (settings === null || profile === undefined) return;
  const profiles = settings.profiles.map((one) => (one === profile ? { ...one, ...change } : one));
  changeSettings({ profiles });
}

/** What the window remembers of its panes, under a name. */
export function layoutOf<Value>(settings: Settings | null, name: string, otherwise: Value): Value {
  const value = settings?.layout[name];
  return typeof value === typeof otherwise && value !== null ? (value as Value) : otherwise;
}

export function changeLayout(name: string, value: unknown): void {
  const { settings } = useAnalyzer.getState();
  if (settings !== null) changeSettings({ layout: { ...settings.layout, [name]: value } });
}

type MutableSettings = Parameters<typeof ask<"settings">>[1]["change"];
