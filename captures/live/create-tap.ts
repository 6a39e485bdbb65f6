import { createSerialTap } from "./serial-tap.js";
import { type Tap, TapError } from "./tap.js";
import type { TapSettings } from "./tap-settings.js";

/** The tap that the settings ask for; it listens when it is started. */
export function createTap(settings: TapSettings): Tap {
  if (settings.kind === "serial") return createSerialTap(settings);
  throw new TapError(`${settings.kind} is not there yet`);
}
