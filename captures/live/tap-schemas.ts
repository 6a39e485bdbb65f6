/** What a tap is asked for, as it is checked where it comes from somebody else: a page, a process. */
import * as v from "valibot";
import type { RingSettings, TapSettings } from "./tap-settings.js";

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const positive = v.pipe(v.number(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER));

const line = v.object({
  baud: v.pipe(v.number(), v.integer(), v.minValue(300), v.maxValue(921_600)),
  dataBits: v.picklist([5, 6, 7, 8]),
  parity: v.picklist(["none", "even", "odd", "mark", "space"]),
  stopBits: v.picklist([1, 1.5, 2]),
});

export const tapSettingsSchema: v.GenericSchema<unknown, TapSettings> = v.variant("kind", [
  v.object({
    kind: v.literal("serial"),
    port: name,
    answersPort: v.exactOptional(name),
    line: v.exactOptional(line),
    preset: v.exactOptional(v.picklist(["hdlc", "optical", "han", "mbus", "p1"])),
    isAutomatic: v.exactOptional(v.boolean()),
  }),
  v.object({ kind: v.literal("tcp"), host: name, port }),
  v.object({ kind: v.literal("listen"), host: name, port }),
  v.object({ kind: v.literal("udp"), host: name, port }),
  v.object({ kind: v.literal("relay"), host: name, port, targetHost: name, targetPort: port }),
]);

export const ringSettingsSchema: v.GenericSchema<unknown, RingSettings> = v.object({
  files: v.exactOptional(v.pipe(positive, v.integer(), v.maxValue(100_000))),
  size: v.exactOptional(positive),
  duration: v.exactOptional(positive),
});
