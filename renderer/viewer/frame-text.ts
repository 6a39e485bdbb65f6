/** Frames as texts for reading. */

export type TextFormat = "json" | "xml";

export const textFormats: readonly { readonly name: TextFormat; readonly label: string }[] = [
  { name: "json", label: "JSON" },
  { name: "xml", label: "XML" },
];

/** The line, from 1, on which the APDU begins in a frame's JSON or XML; undefined where it has none. */
export function lineOfApdu(text: string): number | undefined {
  const at = text.search(/^ {2}(?:"apdu": \{|<apdu>)/m);
  return at < 0 ? undefined : text.slice(0, at).split("\n").length;
}
