import { Menu, MenuItem, Popover, Separator } from "react-aria-components";
import type { DocumentState, FrameDetail } from "../../analyzer/protocol/index.js";
import { PlacedMenu } from "../list/placed-menu.js";
import type { MenuPlace } from "../list/row-menu.js";
import { ask } from "../state/analyzer.js";
import { copyText } from "../state/clipboard.js";
import type { ByteRange } from "../state/selection.js";
import { tellFault } from "../state/window.js";
import { type ByteFormat, bytesAs } from "./byte-copies.js";

const formats: readonly (readonly [ByteFormat, string])[] = [
  ["stream", "Copy as Hex"],
  ["spaced", "Copy as Hex with Spaces"],
  ["c-array", "Copy as C Array"],
  ["escaped", "Copy as Escaped String"],
];

/** The bytes of a range, in hex; those of the whole source where nothing in it is selected. */
export function hexOf(
  { sources }: FrameDetail,
  source: number,
  range: ByteRange | undefined,
): string {
  const { bytes = "" } = sources[source] ?? {};
  return range === undefined ? bytes : bytes.slice(2 * range.start, 2 * range.end);
}

/** How the selected bytes can be copied. */
export function ByteMenu({
  document,
  detail,
  source,
  range,
  place,
  onClose,
}: {
  readonly document: DocumentState["id"];
  readonly detail: FrameDetail;
  readonly source: number;
  readonly range: ByteRange | undefined;
  readonly place: MenuPlace | null;
  readonly onClose: () => void;
}) {
  const copyFrame = async () => {
    const { number } = detail.row;
    const { text } = await ask("frame-text", { document, number, format: "text" });
    await copyText(text);
  };
  return (
    <PlacedMenu place={place} onClose={onClose}>
      <Popover className="list-menu__popover" placement="bottom start">
        <Menu className="list-menu" aria-label={range === undefined ? "All bytes" : "Bytes"}>
          {formats.map(([format, label]) => (
            <MenuItem
              key={format}
              className="list-menu__item"
              onAction={() => {
                copyText(bytesAs(hexOf(detail, source, range), format)).catch(tellFault);
              }}
            >
              {label}
            </MenuItem>
          ))}
          <Separator className="list-menu__separator" />
          <MenuItem
            className="list-menu__item"
            onAction={() => {
              copyFrame().catch(tellFault);
            }}
          >
            Copy the Frame as Annotated Text
          </MenuItem>
        </Menu>
      </Popover>
    </PlacedMenu>
  );
}
