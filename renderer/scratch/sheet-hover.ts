/** Explains the bytes under the pointer: which field they are, its value, what it means. */
import type { editor, IDisposable, languages } from "monaco-editor/editor";
import { type FrameDetail, ProtocolError } from "../../analyzer/protocol/index.js";
import { bitText, deepestAt, labelsOf, nodeAt } from "../detail/byte-links.js";
import type { Monaco } from "../editor/load-monaco.js";
import { ask } from "../state/analyzer.js";
import type { SheetMarks } from "./sheet-marks.js";
import { runsOf } from "./sheet-places.js";
import type { SheetSession } from "./sheet-session.js";

/** Explains what stands under the pointer in one editor. */
export function explainUnderPointer(
  code: editor.IStandaloneCodeEditor,
  monaco: Monaco,
  document: string,
  session: SheetSession,
  marks: SheetMarks,
): IDisposable {
  return monaco.languages.registerHoverProvider("plaintext", {
    provideHover: async (model, position, token) => {
      if (model !== code.getModel()) return null;
      const offset = model.getOffsetAt(position);
      try {
        const found = await findByte(document, session, marks, offset);
        if (found === null || token.isCancellationRequested) return null;
        const { detail, byte, places } = found;
        const words = await explainByte(detail, byte);
        if (words === null || token.isCancellationRequested) return null;
        const [run] = runsOf(places, words.start, words.end).filter(
          ({ start, end }) => start <= offset && offset < end,
        );
        const hover: languages.Hover = { contents: words.lines.map((value) => ({ value })) };
        if (run === undefined) return hover;
        const [start, end] = [model.getPositionAt(run.start), model.getPositionAt(run.end)];
        return { ...hover, range: monaco.Range.fromPositions(start, end) };
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        return null;
      }
    },
  });
}

interface FoundByte {
  readonly detail: FrameDetail;
  readonly byte: number;
  readonly places: readonly number[];
}

/** The byte there and its frame: the one that is looked at, or another one that is asked for. */
async function findByte(
  document: string,
  session: SheetSession,
  marks: SheetMarks,
  offset: number,
): Promise<FoundByte | null> {
  const near = marks.byteAt(offset);
  const shown = marks.frame;
  if (near !== null && shown !== null) {
    const { detail, frames } = shown;
    const places = frames.get(detail.row.number)?.sources[0]?.places ?? [];
    return { detail, byte: near, places };
  }
  const { version, place } = await ask("scratch-at", {
    document,
    start: offset,
    end: offset + 1,
  });
  if (place === null || !session.isOf(version)) return null;
  const { number, byte } = place;
  const [detail, known] = await Promise.all([
    ask("frame", { document, number }),
    ask("scratch-places", { document, number }),
  ]);
  if (!session.isOf(known.version)) return null;
  return { detail, byte, places: known.sources[0]?.places ?? [] };
}

/** What is said of a byte, in lines of Markdown, and the bytes that it is said of. */
export interface ByteWords {
  readonly lines: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Null where no field claims the byte. */
export async function explainByte(detail: FrameDetail, byte: number): Promise<ByteWords | null> {
  const { tree, row, sources } = detail;
  const path = deepestAt(tree, 0, byte);
  const node = path === null ? undefined : nodeAt(tree, path);
  if (path === null || node === undefined) return null;
  const { start, end, field, display } = node;
  const labels = labelsOf(tree, path);
  const hex = (sources[0]?.bytes ?? "").slice(2 * start, 2 * end).toUpperCase();
  const count = end - start;
  const head = `**${plain(labels.at(-1) ?? "")}** \`${field}\``;
  const place = `Frame ${row.number}: ${labels.slice(0, -1).map(plain).join(" › ")}`;
  const bytes = `${count} ${count === 1 ? "byte" : "bytes"} at ${start}: \`${shortened(hex)}\``;
  const lines = [
    display === "" ? head : `${head}\n\n${code(display)}`,
    `${place}\n\n${bytes}`,
    ...bitsOf(node.children, sources[0]?.bytes ?? ""),
  ];
  const { explanation } = await ask("explain", { topic: field });
  const meaning = explanation?.meaning ?? "";
  if (meaning !== "") lines.push(plain(meaning));
  return { lines, start, end };
}

const mostBytes = 24;
const longestDisplay = 300;

function shortened(hex: string): string {
  const pairs = hex.slice(0, 2 * mostBytes).replaceAll(/..(?=.)/g, "$& ");
  return hex.length > 2 * mostBytes ? `${pairs} …` : pairs;
}

/** The bits that the byte has fields for: `.... ..1. final = true`. */
function bitsOf(children: FrameDetail["tree"], hex: string): readonly string[] {
  const bits = children.filter(({ mask, source, start, end }) => {
    return mask !== 0 && source === 0 && end - start <= 2;
  });
  if (bits.length === 0) return [];
  const texts = bits.map(({ start, end, mask, name, display }) => {
    const value = Number.parseInt(hex.slice(2 * start, 2 * end), 16);
    return code(`${bitText(mask, value, end - start)}  ${name}: ${display}`);
  });
  return [texts.join("\n\n")];
}

/** Texts of captures are no Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~&]/g, "\\$&");
}

function code(text: string): string {
  const short = text.length > longestDisplay ? `${text.slice(0, longestDisplay)} …` : text;
  // A run of backticks longer than any in the text.
  const longest = Math.max(0, ...(short.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${short.replaceAll(/\s+/g, " ")} ${fence}`;
}
