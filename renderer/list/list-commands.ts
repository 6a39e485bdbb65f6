import type { Command, CommandContext } from "../commands/command.js";
import { applyFilterFromMenu } from "../filter/filter-actions.js";
import { ask } from "../state/analyzer.js";
import { goBack, goForward } from "../state/selection.js";
import { openDialog, tell } from "../state/window.js";
import { moveBy, moveTo, stepTo } from "./list-navigation.js";
import { copyFrames, goToPartner, rowOf, toggleNote } from "./row-actions.js";

const hasRows = ({ document }: CommandContext) => document !== undefined && document.shown > 0;
const hasFrame = ({ document, selection }: CommandContext) =>
  document !== undefined && selection.frame !== null;

/** While text is typed, its own undo is meant. */
function isTyping(): boolean {
  const element = globalThis.document?.activeElement;
  return element?.matches("input, textarea, [contenteditable]") === true;
}

/** Commands of the list: notes on frames, and the ways through them. */
export const listCommands: readonly Command[] = [
  {
    id: "edit.undo",
    label: "Undo",
    menu: "Edit",
    group: 0,
    shortcuts: ["Mod+Z"],
    meaning: "Takes back the last mark, comment, time reference or ignored frame.",
    isEnabled: ({ document }) => document?.canUndo === true && !isTyping(),
    run: async ({ document }) => {
      if (document !== undefined) await ask("undo", { document: document.id });
    },
  },
  {
    id: "edit.redo",
    label: "Redo",
    menu: "Edit",
    group: 0,
    shortcuts: ["Mod+Shift+Z", "Mod+Y"],
    isEnabled: ({ document }) => document?.canRedo === true && !isTyping(),
    run: async ({ document }) => {
      if (document !== undefined) await ask("redo", { document: document.id });
    },
  },
  {
    id: "edit.copyLine",
    label: "Copy Lines",
    menu: "Edit",
    group: 1,
    shortcuts: [],
    meaning: "The selected rows, parted by tabs, for a mail or a spreadsheet.",
    isEnabled: hasFrame,
    run: async ({ document }) => {
      if (document !== undefined) await copyFrames(document, "line");
    },
  },
  {
    id: "edit.mark",
    label: "Mark or Unmark Frame",
    menu: "Edit",
    group: 3,
    shortcuts: ["Mod+M"],
    isEnabled: hasFrame,
    run: async ({ document, selection }) => {
      if (document !== undefined) await toggleNote(document, selection, "isMarked");
    },
  },
  {
    id: "edit.ignore",
    label: "Ignore Frame",
    menu: "Edit",
    group: 3,
    shortcuts: ["Mod+D"],
    meaning: "Its problems count no more. The frame stays in the list.",
    isEnabled: hasFrame,
    run: async ({ document, selection }) => {
      if (document !== undefined) await toggleNote(document, selection, "isIgnored");
    },
  },
  {
    id: "edit.timeReference",
    label: "Set or Remove Time Reference",
    menu: "Edit",
    group: 3,
    shortcuts: ["Mod+T"],
    meaning: "Times that follow are counted from this frame.",
    isEnabled: hasFrame,
    run: async ({ document, selection }) => {
      if (document !== undefined) await toggleNote(document, selection, "isReference");
    },
  },
  {
    id: "edit.comment",
    label: "Comment…",
    menu: "Edit",
    group: 3,
    shortcuts: ["Mod+Alt+C"],
    isEnabled: hasFrame,
    run: () => openDialog("comment"),
  },
  {
    id: "file.exportSelected",
    label: "Export Selected…",
    menu: "File",
    group: 3,
    shortcuts: [],
    isEnabled: hasFrame,
    run: () => openDialog("export"),
  },
  {
    id: "go.back",
    label: "Back",
    menu: "Go",
    group: 0,
    shortcuts: ["Alt+ArrowLeft"],
    meaning: "To the frame of before the last jump.",
    isEnabled: ({ selection }) => selection.past.length > 0,
    run: ({ document }) => {
      if (document !== undefined) goBack(document.id);
    },
  },
  {
    id: "go.forward",
    label: "Forward",
    menu: "Go",
    group: 0,
    shortcuts: ["Alt+ArrowRight"],
    isEnabled: ({ selection }) => selection.future.length > 0,
    run: ({ document }) => {
      if (document !== undefined) goForward(document.id);
    },
  },
  {
    id: "go.toFrame",
    label: "Go to Frame…",
    menu: "Go",
    group: 1,
    shortcuts: ["Mod+G"],
    isEnabled: hasRows,
    run: () => openDialog("go-to-frame"),
  },
  {
    id: "go.partner",
    label: "Go to Request or Answer",
    menu: "Go",
    group: 1,
    shortcuts: [],
    meaning:
      "To the answer of a request, the request of an answer, or the frame that completes a segment.",
    isEnabled: hasFrame,
    run: async ({ document }) => {
      if (document !== undefined) await goToPartner(document);
    },
  },
  {
    id: "go.nextFrame",
    label: "Next Frame",
    menu: "Go",
    group: 2,
    shortcuts: ["Mod+ArrowDown", "F8"],
    isEnabled: hasRows,
    run: ({ document }) => {
      if (document !== undefined) moveBy(document, 1);
    },
  },
  {
    id: "go.previousFrame",
    label: "Previous Frame",
    menu: "Go",
    group: 2,
    shortcuts: ["Mod+ArrowUp", "F7"],
    isEnabled: hasRows,
    run: ({ document }) => {
      if (document !== undefined) moveBy(document, -1);
    },
  },
  {
    id: "go.firstFrame",
    label: "First Frame",
    menu: "Go",
    group: 2,
    shortcuts: ["Mod+Home"],
    isEnabled: (context) => hasRows(context) && !isTyping(),
    run: ({ document }) => {
      if (document !== undefined) moveTo(document, 0);
    },
  },
  {
    id: "go.lastFrame",
    label: "Last Frame",
    menu: "Go",
    group: 2,
    shortcuts: ["Mod+End"],
    isEnabled: (context) => hasRows(context) && !isTyping(),
    run: ({ document }) => {
      if (document !== undefined) moveTo(document, document.shown - 1);
    },
  },
  stepCommand("go.nextProblem", "Next Problem", "problem", 1, "F2", 3),
  stepCommand("go.previousProblem", "Previous Problem", "problem", -1, "Shift+F2", 3),
  stepCommand("go.nextInConversation", "Next in Conversation", "conversation", 1, "Mod+.", 4),
  stepCommand(
    "go.previousInConversation",
    "Previous in Conversation",
    "conversation",
    -1,
    "Mod+,",
    4,
  ),
  stepCommand("go.nextMarked", "Next Marked Frame", "marked", 1, "Mod+Shift+N", 5),
  stepCommand("go.previousMarked", "Previous Marked Frame", "marked", -1, "Mod+Shift+B", 5),
  stepCommand("go.nextReference", "Next Time Reference", "reference", 1, "Mod+Alt+N", 5),
  stepCommand("go.previousReference", "Previous Time Reference", "reference", -1, "Mod+Alt+B", 5),
  {
    id: "analyze.followConversation",
    label: "Follow Conversation",
    menu: "Analyze",
    group: 2,
    shortcuts: [],
    meaning: "Shows the frames of this conversation alone.",
    isEnabled: hasFrame,
    run: async ({ document, selection }) => {
      if (document === undefined || selection.frame === null) return;
      const { conversation } = await rowOf(document.id, selection.frame);
      if (conversation === null) tell(`Frame ${selection.frame} belongs to no conversation.`);
      else applyFilterFromMenu(document.id, `conversation == ${conversation}`);
    },
  },
];

function stepCommand(
  id: string,
  label: string,
  to: Parameters<typeof stepTo>[1],
  direction: 1 | -1,
  shortcut: string,
  group: number,
): Command {
  return {
    id,
    label,
    menu: "Go",
    group,
    shortcuts: [shortcut],
    isEnabled: to === "conversation" ? hasFrame : hasRows,
    run: async ({ document, selection: { frame } }) => {
      if (document === undefined) return;
      if (to === "conversation" && frame !== null) {
        const { conversation } = await rowOf(document.id, frame);
        if (conversation === null) {
          tell(`Frame ${frame} belongs to no conversation.`);
          return;
        }
      }
      await stepTo(document, to, direction);
    },
  };
}
