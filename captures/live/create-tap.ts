import { createListenTap } from "./listen-tap.js";
import { createRelayTap } from "./relay-tap.js";
import { createSerialTap } from "./serial-tap.js";
import type { Tap } from "./tap.js";
import type { TapSettings } from "./tap-settings.js";
import { createTcpTap } from "./tcp-tap.js";
import { createUdpTap } from "./udp-tap.js";

/** The tap that the settings ask for. Nothing is opened before it is started. */
export function createTap(settings: TapSettings): Tap {
  switch (settings.kind) {
    case "serial":
      return createSerialTap(settings);
    case "tcp":
      return createTcpTap(settings);
    case "listen":
      return createListenTap(settings);
    case "udp":
      return createUdpTap(settings);
    case "relay":
      return createRelayTap(settings);
  }
}
