import type { Command, CommandContext } from "../commands/command.js";
import { useFrameDetail } from "../state/frame-detail.js";
import { setOpen } from "./expansion.js";
import {
  addFieldColumn,
  applyField,
  copyField,
  type FieldInFrame,
  prepareField,
  selectedField,
} from "./field-actions.js";
import { groupsIn } from "./tree-rows.js";

/** A command for the selected field. */
function fieldCommand(
  command: Omit<Command, "isEnabled" | "run">,
  run: (field: FieldInFrame) => void | Promise<void>,
): Command {
  return {
    ...command,
    isEnabled: ({ document, selection }) => selectedField(document, selection) !== undefined,
    run: ({ document, selection }) => {
      const field = selectedField(document, selection);
      return field === undefined ? undefined : run(field);
    },
  };
}

const hasDetail = ({ document }: CommandContext) =>
  document !== undefined && useFrameDetail.getState().detail !== null;

function setAllOpen(isOpen: boolean): void {
  const { detail } = useFrameDetail.getState();
  if (detail !== null) setOpen(detail.tree.flatMap(groupsIn), isOpen);
}

/** Commands of the fields and the bytes of a frame. */
export const detailCommands: readonly Command[] = [
  fieldCommand(
    {
      id: "edit.copyValue",
      label: "Copy Value of Field",
      menu: "Edit",
      group: 1,
      shortcuts: [],
    },
    (field) => copyField(field, "value"),
  ),
  fieldCommand(
    {
      id: "edit.copyBytes",
      label: "Copy Bytes of Field as Hex",
      menu: "Edit",
      group: 1,
      shortcuts: [],
    },
    (field) => copyField(field, "bytes"),
  ),
  fieldCommand(
    {
      id: "edit.copyAsFilter",
      label: "Copy Field as Filter",
      menu: "Edit",
      group: 1,
      shortcuts: ["Mod+Shift+C"],
    },
    (field) => copyField(field, "filter"),
  ),
  fieldCommand(
    {
      id: "analyze.applyAsFilter",
      label: "Apply Field as Filter",
      menu: "Analyze",
      group: 1,
      shortcuts: [],
      meaning: "Shows the frames that have the value of the selected field",
    },
    (field) => applyField(field, "selected"),
  ),
  fieldCommand(
    {
      id: "analyze.prepareAsFilter",
      label: "Prepare Field as Filter",
      menu: "Analyze",
      group: 1,
      shortcuts: [],
      meaning: "Puts the value of the selected field into the filter bar",
    },
    (field) => prepareField(field, "selected"),
  ),
  fieldCommand(
    {
      id: "analyze.applyAsColumn",
      label: "Apply Field as Column",
      menu: "Analyze",
      group: 1,
      shortcuts: ["Mod+Shift+I"],
      meaning: "Shows the values of the selected field in the list",
    },
    addFieldColumn,
  ),
  {
    id: "view.expandAll",
    label: "Expand All Fields",
    menu: "View",
    group: 3,
    shortcuts: [],
    isEnabled: hasDetail,
    run: () => setAllOpen(true),
  },
  {
    id: "view.collapseAll",
    label: "Collapse All Fields",
    menu: "View",
    group: 3,
    shortcuts: [],
    isEnabled: hasDetail,
    run: () => setAllOpen(false),
  },
];
