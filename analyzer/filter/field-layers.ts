/** Which layers a frame must have for a field to be in it: most rows need not be read for most fields. */

/** Formats whose layer has their name, and in which alone their fields are. */
const layersOfTheirOwn: ReadonlySet<string> = new Set([
  "hdlc",
  "llc",
  "llc-61334",
  "wrapper",
  "mbus",
  "p1",
  "iec-62056-21",
  "noise",
  "tcp",
  "udp",
  "ipv4",
  "ipv6",
]);

/** Layers around an APDU, and those of frames without one. Any other layer is an APDU. */
const layersWithoutApdu: ReadonlySet<string> = new Set([
  ...layersOfTheirOwn,
  "ethernet",
  "vlan",
  "sll",
  "null-loopback",
  "ppp",
  "pppoe",
  "upper-pdu",
  "rtac-serial",
  "user",
  "capture",
]);

/** Formats that are read only in APDUs. */
const formatsOfApdus: ReadonlySet<string> = new Set([
  "acse",
  "ciphering",
  "cosem",
  "data",
  "ded",
  "general",
  "general-ciphering",
  "general-signing",
  "glo",
]);

/** Whether one of the layers is an APDU, read to its end or not. */
export function holdsApdu(layers: readonly string[]): boolean {
  return layers.some((layer) => !layersWithoutApdu.has(layer));
}

/** Whether objects may be named in the frame: in an APDU, or in a telegram. */
export function mayNameObjects(layers: readonly string[]): boolean {
  return layers.includes("p1") || holdsApdu(layers);
}

/** The layer that a field stands for, where it is there exactly if the layer is. */
export function layerOfField(id: string): string | undefined {
  return layersOfTheirOwn.has(id) ? id : undefined;
}

/** Whether a frame may have the field of the tree, by its layers; undefined where they do not tell. */
export function possibleLayers(id: string): ((layers: readonly string[]) => boolean) | undefined {
  const [format = id] = id.split(".");
  if (layersOfTheirOwn.has(format)) return (layers) => layers.includes(format);
  return formatsOfApdus.has(format) ? holdsApdu : undefined;
}
