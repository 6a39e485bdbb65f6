/** The columns that a list can have. */
import type { ColumnSetting, Row, Settings } from "../../analyzer/protocol/index.js";
import { durationText, secondsText, timeText } from "./time-text.js";

export interface ColumnDefinition {
  readonly id: string;
  readonly title: string;
  readonly isNumber: boolean;
  readonly isMono: boolean;
  readonly text: (row: Row, settings: Pick<Settings, "timeFormat">) => string;
}

const text = (id: string, title: string, read: ColumnDefinition["text"]): ColumnDefinition => ({
  id,
  title,
  isNumber: false,
  isMono: false,
  text: read,
});
const number = (id: string, title: string, read: ColumnDefinition["text"]): ColumnDefinition => ({
  ...text(id, title, read),
  isNumber: true,
});

export const ownColumns: readonly ColumnDefinition[] = [
  number("number", "No.", (row) => String(row.number)),
  number("time", "Time", (row, { timeFormat }) => timeText(row, timeFormat)),
  number("delta", "Delta", (row) => (row.delta === null ? "" : secondsText(row.delta))),
  text("direction", "Direction", (row) => directionText(row)),
  text("parties", "Client → server", (row) => partiesText(row)),
  { ...text("meter", "Meter", (row) => row.meter ?? ""), isMono: true },
  number("conversation", "Conv.", (row) =>
    row.conversation === null ? "" : String(row.conversation),
  ),
  text("type", "Type", (row) => row.type),
  text("info", "Info", (row) => row.info),
  number("length", "Length", (row) => String(row.length)),
  number("latency", "Latency", (row) => (row.latency === null ? "" : durationText(row.latency))),
];

function directionText({ direction }: Row): string {
  if (direction === null) return "";
  return direction === "client-to-server" ? "→" : "←";
}

function partiesText({ client, server, direction }: Row): string {
  if (client === null && server === null) return "";
  return `${client ?? "?"} ${direction === "server-to-client" ? "←" : "→"} ${server ?? "?"}`;
}

/** A column as the profile has it, with what it shows. */
export interface ShownColumn extends ColumnDefinition {
  readonly width: number | null;
}

const fieldPrefix = "field:";

/** Fields that the user has made columns of, in their order. */
export function fieldsOf(columns: readonly ColumnSetting[]): readonly string[] {
  return columns
    .filter(({ id, isShown }) => isShown && id.startsWith(fieldPrefix))
    .map(({ id }) => id.slice(fieldPrefix.length));
}

/** The columns that are shown. One of an unknown name is left out. */
export function shownColumns(columns: readonly ColumnSetting[]): readonly ShownColumn[] {
  const fields = fieldsOf(columns);
  return columns.flatMap(({ id, width, isShown }) => {
    if (!isShown) return [];
    if (id.startsWith(fieldPrefix)) {
      const field = id.slice(fieldPrefix.length);
      const place = fields.indexOf(field);
      const column = text(id, field, (row) => row.cells[place] ?? "");
      return [{ ...column, isMono: true, width: width ?? 140 }];
    }
    const own = ownColumns.find((column) => column.id === id);
    return own === undefined ? [] : [{ ...own, width }];
  });
}

export function columnOfField(field: string): ColumnSetting {
  return { id: `${fieldPrefix}${field}`, width: 140, isShown: true };
}
