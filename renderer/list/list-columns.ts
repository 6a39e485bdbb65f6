/** The columns of the list: what they are called, how wide they may be, and the profile's choice of them. */
import type { ColumnSetting, Profile } from "../../analyzer/protocol/index.js";

/** One column as the list shows it. */
export interface ListColumn {
  readonly id: string;
  readonly label: string;
  /** In pixels; null for the one that takes what is left. */
  readonly width: number | null;
  readonly isNumeric: boolean;
  /** Set in the type for bytes and values. */
  readonly isExact: boolean;
  /** Of a field's column: its place in the cells of a row. */
  readonly cell: number | null;
}

interface ColumnKind {
  readonly label: string;
  /** Where there is room for it. */
  readonly name?: string;
  readonly width: number | null;
  readonly isNumeric?: boolean;
}

const kinds: Readonly<Record<string, ColumnKind>> = {
  number: { label: "No.", name: "Number", width: 64, isNumeric: true },
  time: { label: "Time", width: 132, isNumeric: true },
  delta: { label: "Delta", width: 84, isNumeric: true },
  direction: { label: "Direction", width: 28 },
  parties: { label: "Client, server", width: 116 },
  meter: { label: "Meter", width: 140 },
  type: { label: "Type", width: 168 },
  info: { label: "Info", width: null },
  length: { label: "Length", width: 56, isNumeric: true },
  latency: { label: "Latency", width: 76, isNumeric: true },
  conversation: { label: "Conv.", name: "Conversation", width: 48, isNumeric: true },
};

const fieldPrefix = "field:";
const narrowest = 24;
const widest = 2000;
const narrowestRest = 240;
/** Of the lines and signs before the first column. */
const widthOfMarks = 58;

/** Every column that the profile names, or that there is: those that it does not name come last, hidden. */
export function allColumns(profile: Profile | undefined): readonly ColumnSetting[] {
  const named = (profile?.columns ?? []).filter(({ id }) => isColumn(id));
  const missing = Object.entries(kinds).filter(([id]) => !named.some((one) => one.id === id));
  return [
    ...named,
    ...missing.map(([id, { width }]) => ({ id, width, isShown: profile === undefined })),
  ];
}

function isColumn(id: string): boolean {
  return Object.hasOwn(kinds, id) || id.startsWith(fieldPrefix);
}

/** A column of a field of the tree. */
export function columnOfField(field: string): ColumnSetting {
  return { id: `${fieldPrefix}${field}`, width: null, isShown: true };
}

/** What people call a column. */
export function columnName(id: string): string {
  return kinds[id]?.name ?? kinds[id]?.label ?? id.slice(fieldPrefix.length);
}

/** The columns that are shown, in their order. */
export function shownColumns(profile: Profile | undefined): readonly ListColumn[] {
  let cell = 0;
  return allColumns(profile)
    .filter(({ isShown }) => isShown)
    .map(({ id, width }) => ({
      id,
      label: kinds[id]?.label ?? columnName(id),
      width: id === "info" ? null : (width ?? kinds[id]?.width ?? 120),
      isNumeric: kinds[id]?.isNumeric ?? false,
      isExact: id.startsWith(fieldPrefix) || id === "meter",
      cell: id.startsWith(fieldPrefix) ? cell++ : null,
    }));
}

/** Fields whose values rows are asked to bring, in the order of their cells. */
export function fieldsOf(columns: readonly ListColumn[]): readonly string[] {
  return columns.filter(({ cell }) => cell !== null).map(({ id }) => id.slice(fieldPrefix.length));
}

export function withWidth(
  columns: readonly ColumnSetting[],
  id: string,
  width: number,
): readonly ColumnSetting[] {
  const fitting = Math.round(Math.min(widest, Math.max(narrowest, width)));
  return columns.map((one) => (one.id === id ? { ...one, width: fitting } : one));
}

export function withShown(
  columns: readonly ColumnSetting[],
  id: string,
  isShown: boolean,
): readonly ColumnSetting[] {
  return columns.map((one) => (one.id === id ? { ...one, isShown } : one));
}

/** Moves a column by one among those that are shown. */
export function movedBy(
  columns: readonly ColumnSetting[],
  id: string,
  direction: 1 | -1,
): readonly ColumnSetting[] {
  const shown = columns.filter((one) => one.isShown);
  const neighbour = shown[shown.findIndex((one) => one.id === id) + direction];
  return neighbour === undefined ? columns : movedTo(columns, id, neighbour.id);
}

/** Puts a column where another one stands, which makes way towards its old place. */
export function movedTo(
  columns: readonly ColumnSetting[],
  id: string,
  target: string,
): readonly ColumnSetting[] {
  const moved = columns.find((one) => one.id === id);
  const to = columns.findIndex((one) => one.id === target);
  if (moved === undefined || to < 0 || id === target) return columns;
  const others = columns.filter((one) => one.id !== id);
  return [...others.slice(0, to), moved, ...others.slice(to)];
}

/** For the style of a row: `grid-template-columns`. */
export function gridTemplate(columns: readonly ListColumn[]): string {
  const widths = columns.map(({ width }) =>
    width === null ? `minmax(${narrowestRest}px, 1fr)` : `${width}px`,
  );
  const hasRest = columns.some(({ width }) => width === null);
  return [...widths, ...(hasRest ? [] : ["1fr"])].join(" ");
}

/** In pixels: below this the columns are moved sideways. */
export function smallestWidth(columns: readonly ListColumn[]): number {
  return columns.reduce((sum, { width }) => sum + (width ?? narrowestRest), widthOfMarks);
}
