/** The layers that have a hue of their own, wherever fields are shown. */
export type Layer = "packet" | "link" | "llc" | "security" | "acse" | "xdlms" | "cosem" | "data";

const layers: readonly (readonly [prefix: string, layer: Layer])[] = [
  ["ethernet", "packet"],
  ["vlan", "packet"],
  ["sll", "packet"],
  ["null-loopback", "packet"],
  ["pppoe", "packet"],
  ["ppp", "packet"],
  ["ip", "packet"],
  ["tcp", "packet"],
  ["udp", "packet"],
  ["upper-pdu", "packet"],
  ["rtac-serial", "packet"],
  ["user", "packet"],
  ["network", "packet"],
  ["hdlc", "link"],
  ["wrapper", "link"],
  ["mbus", "link"],
  ["iec-62056-21", "link"],
  ["p1", "data"],
  ["llc", "llc"],
  ["glo", "security"],
  ["ded", "security"],
  ["general", "security"],
  ["ciphering", "security"],
  ["acse", "acse"],
  ["xdlms", "xdlms"],
  ["cosem", "cosem"],
  ["data", "data"],
  ["date-time", "data"],
];

/** The layer of a field, by its public name; null for what belongs to none. */
export function layerOf(field: string): Layer | null {
  return layers.find(([prefix]) => field.startsWith(prefix))?.[1] ?? null;
}
