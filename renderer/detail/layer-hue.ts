/** One hue a layer: the token of the theme that a field's layer has. */
const hues: readonly (readonly [prefix: string, hue: string])[] = [
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

/** `var(--layer-link)`; quiet for what belongs to no layer. */
export function hueOf(field: string): string {
  const hue = hues.find(([prefix]) => field.startsWith(prefix))?.[1];
  return hue === undefined ? "var(--text-quiet)" : `var(--layer-${hue})`;
}
