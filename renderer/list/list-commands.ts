/** Going about in the list, and noting things about frames. */

import type { Command, CommandContext } from "../commands/command.js";
import { applyFilter } from "../filter/filter-state.js";
import { ask } from "../state/analyzer.js";
import { goBack, goForward, selectionOf } from "../state/selection.js";
import { openDialog, tell, useWindow } from "../state/window.js";
import { changePlace, goToFrame, goToPlace, moveBy, moveTo, revealPlace } from "./list-view.js";

const withRows: Command["isEnabled"] = ({ document }) => (document?.shown ?? 0) > 0;
const withFrame: Command["isEnabled"] = ({ document, selection }) =>
  document !== undefined && selection.frame !== null;

type Direction = 1 | -1;
type StepKind = "problem" | "conversation" | "marked" | "reference";

async function step({ document, selection }: CommandContext, to: StepKind, direction: Direction) {
  if (document === undefined) return;
  const from = selection.frame ?? 0;
  const place = await ask("step", { document: document.id, from, to, direction });
  if (place === null) tell(nothingFound[to]);
  else goToPlace(document.id, place);
}

const nothingFound: Readonly<Record<StepKind, string>> = {
  problem: "No error and no warning is among the frames that are shown.",
  conversation: "The frame belongs to no conversation.",
  marked: "No frame is marked.",
  reference: "No frame is a time reference.",
};

async function toggle(
  { document, selection }: CommandContext,
  name: "isMarked" | "isIgnored" | "isReference",
): Promise<void> {
  if (document === undefined || selection.frame === null) return;
  const { row } = await ask("frame", { document: document.id, number: selection.frame });
  const set = { [name]: !row[name] };
  await ask("annotate", { document: document.id, frames: selection.frames, set });
}

function command(
  id: string,
  label: string,
  menu: Command["menu"],
  group: number,
  shortcuts: readonly string[],
  isEnabled: Command["isEnabled"],
  run: Command["run"],
): Command {
  return { id, label, menu, group, shortcuts, isEnabled, run };
}

export const listCommands: readonly Command[] = [
  command("go.next", "Next Frame", "Go", 0, ["Mod+ArrowDown", "F8"], withRows, ({ document }) =>
    document === undefined ? undefined : moveBy(document.id, 1, document.shown),
  ),
  command(
    "go.previous",
    "Previous Frame",
    "Go",
    0,
    ["Mod+ArrowUp", "F7"],
    withRows,
    ({ document }) =>
      document === undefined ? undefined : moveBy(document.id, -1, document.shown),
  ),
  command("go.first", "First Frame", "Go", 0, ["Mod+Home"], withRows, ({ document }) =>
    document === undefined ? undefined : moveTo(document.id, 0),
  ),
  command("go.last", "Last Frame", "Go", 0, ["Mod+End"], withRows, ({ document }) =>
    document === undefined ? undefined : moveTo(document.id, document.shown - 1),
  ),
  command("go.toFrame", "Go to Frame…", "Go", 0, ["Mod+G"], withRows, () =>
    openDialog("go-to-frame"),
  ),
  command("go.nextProblem", "Next Problem", "Go", 1, ["F2"], withRows, (context) =>
    step(context, "problem", 1),
  ),
  command("go.previousProblem", "Previous Problem", "Go", 1, ["Shift+F2"], withRows, (context) =>
    step(context, "problem", -1),
  ),
  command(
    "go.nextInConversation",
    "Next in the Conversation",
    "Go",
    1,
    ["Mod+."],
    withFrame,
    (context) => step(context, "conversation", 1),
  ),
  command(
    "go.previousInConversation",
    "Previous in the Conversation",
    "Go",
    1,
    ["Mod+Shift+,"],
    withFrame,
    (context) => step(context, "conversation", -1),
  ),
  command(
    "go.partner",
    "Request or Answer",
    "Go",
    1,
    ["Mod+J"],
    withFrame,
    async ({ document, selection }) => {
      if (document === undefined || selection.frame === null) return;
      const { row } = await ask("frame", { document: document.id, number: selection.frame });
      const partner = row.answers ?? row.answeredBy ?? row.completedIn;
      if (partner === null) tell("The frame is no request that was answered, and no answer.");
      else await goToFrame(document.id, partner);
    },
  ),
  command("go.nextMarked", "Next Marked Frame", "Go", 1, ["Mod+Shift+N"], withRows, (context) =>
    step(context, "marked", 1),
  ),
  command(
    "go.back",
    "Back",
    "Go",
    2,
    ["Alt+ArrowLeft"],
    ({ selection }) => selection.past.length > 0,
    ({ document }) => walk(document?.id, goBack),
  ),
  command(
    "go.forward",
    "Forward",
    "Go",
    2,
    ["Alt+ArrowRight"],
    ({ selection }) => selection.future.length > 0,
    ({ document }) => walk(document?.id, goForward),
  ),
  command("edit.mark", "Mark or Unmark", "Edit", 0, ["Mod+M"], withFrame, (context) =>
    toggle(context, "isMarked"),
  ),
  command("edit.comment", "Comment…", "Edit", 0, ["Mod+Alt+C"], withFrame, () =>
    openDialog("comment"),
  ),
  command(
    "edit.reference",
    "Set or Unset Time Reference",
    "Edit",
    0,
    ["Mod+T"],
    withFrame,
    (context) => toggle(context, "isReference"),
  ),
  command("edit.ignore", "Set aside or Take back", "Edit", 0, ["Mod+D"], withFrame, (context) =>
    toggle(context, "isIgnored"),
  ),
  command(
    "edit.undo",
    "Undo",
    "Edit",
    1,
    ["Mod+Z"],
    ({ document }) => document?.canUndo === true,
    async ({ document }) => {
      if (document !== undefined) await ask("undo", { document: document.id });
    },
  ),
  command(
    "edit.redo",
    "Redo",
    "Edit",
    1,
    ["Mod+Shift+Z", "Mod+Y"],
    ({ document }) => document?.canRedo === true,
    async ({ document }) => {
      if (document !== undefined) await ask("redo", { document: document.id });
    },
  ),
  command("edit.find", "Find…", "Edit", 1, ["Mod+F"], withRows, () =>
    useWindow.setState({ isFindOpen: true }),
  ),
  command(
    "analyze.followConversation",
    "Follow the Conversation",
    "Analyze",
    0,
    ["Mod+Alt+Shift+T"],
    withFrame,
    async ({ document, selection }) => {
      if (document === undefined || selection.frame === null) return;
      const { row } = await ask("frame", { document: document.id, number: selection.frame });
      if (row.conversation === null) tell("The frame belongs to no conversation.");
      else await applyFilter(document.id, `conversation == ${row.conversation}`);
    },
  ),
];

async function walk(
  document: string | undefined,
  go: (document: string) => boolean,
): Promise<void> {
  if (document === undefined || !go(document)) return;
  const { frame } = selectionOf(document);
  if (frame === null) return;
  const place = await ask("locate", { document, number: frame });
  if (place !== null) showWithoutJump(document, place.index);
}

function showWithoutJump(document: string, index: number): void {
  changePlace(document, { cursor: index });
  revealPlace(document, index, true);
}
