import { closeDocument } from "../capture/close-document.js";
import { addKeysBeside } from "../keys/add-keys.js";
import { findShell } from "../shell.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { openSources } from "../state/open.js";
import { changeSettings } from "../state/settings.js";
import { openDialog, openDock, tell, toggleDock, useWindow } from "../state/window.js";
import type { Command } from "./command.js";

const always = () => true;
const withDocument: Command["isEnabled"] = ({ document }) => document !== undefined;

/** Captures, and the application as a whole. */
export const fileCommands: readonly Command[] = [
  {
    id: "file.open",
    label: "Open…",
    menu: "File",
    group: 0,
    shortcuts: ["Mod+O"],
    meaning: "Open captures: pcap, pcapng, gzip, text logs, raw bytes",
    isEnabled: always,
    run: async () => {
      const { chooseFiles } = findShell();
      if (chooseFiles === null) useWindow.setState({ isChoosing: true });
      else await openSources(await chooseFiles());
    },
  },
  {
    id: "file.openFolder",
    label: "Open from the Server's Folder…",
    menu: "File",
    group: 0,
    shortcuts: ["Mod+Shift+O"],
    isEnabled: () => findShell().listFolder !== null,
    run: () => openDialog("open-folder"),
  },
  {
    id: "file.sample",
    label: "Open the Sample",
    menu: "File",
    group: 0,
    shortcuts: [],
    meaning: "A day in the life of a meter, with three faults planted in it",
    isEnabled: () => useAnalyzer.getState().samples.length > 0,
    run: async () => {
      const { samples } = useAnalyzer.getState();
      const name = samples.find((sample) => sample.startsWith("meter-day")) ?? samples[0];
      if (name !== undefined) await openSources([{ kind: "sample", name }]);
    },
  },
  {
    id: "file.reload",
    label: "Reload",
    menu: "File",
    group: 1,
    shortcuts: ["Mod+R"],
    isEnabled: withDocument,
    run: async ({ document }) => {
      if (document === undefined) return;
      await ask("reopen", { document: document.id, options: document.options });
    },
  },
  {
    id: "file.saveAs",
    label: "Save As…",
    menu: "File",
    group: 1,
    shortcuts: ["Mod+Shift+S"],
    meaning: "A copy of the capture as it is now, also while it is being made",
    isEnabled: ({ document }) => document?.sources.length === 1,
    run: async ({ document }) => {
      if (document === undefined) return;
      const { download, name } = await ask("save-capture", { document: document.id });
      if (await findShell().save(download, name)) tell(`Saved: ${name}`);
    },
  },
  {
    id: "file.export",
    label: "Export…",
    menu: "File",
    group: 1,
    shortcuts: ["Mod+Shift+E"],
    meaning: "Frames as a page, annotated text, JSON, CSV or XML",
    isEnabled: withDocument,
    run: () => openDialog("export"),
  },
  {
    id: "file.close",
    label: "Close",
    menu: "File",
    group: 1,
    shortcuts: ["Mod+W"],
    isEnabled: withDocument,
    run: async ({ document }) => {
      if (document !== undefined) await closeDocument(document);
    },
  },
  {
    id: "edit.keys",
    label: "Keys…",
    menu: "Edit",
    group: 2,
    shortcuts: ["Mod+Shift+K"],
    meaning: "Keys of meters: add, import, remove, and what each has opened",
    isEnabled: always,
    run: () => openDialog("keys"),
  },
  {
    id: "edit.addKeysBeside",
    label: "Add the Keys beside the Capture",
    menu: "Edit",
    group: 2,
    shortcuts: [],
    isEnabled: ({ document }) => (document?.keysBeside ?? null) !== null,
    run: async ({ document }) => {
      if (document !== undefined) await addKeysBeside(document.id);
    },
  },
  {
    id: "edit.settings",
    label: "Settings…",
    menu: "Edit",
    group: 3,
    shortcuts: [],
    isEnabled: always,
    run: () => openDialog("settings"),
  },
  {
    id: "view.problems",
    label: "Problems",
    menu: "View",
    group: 0,
    shortcuts: ["Mod+Shift+M"],
    meaning: "Everything that is wrong, by kind",
    isEnabled: always,
    isChecked: () => useWindow.getState().dock === "problems",
    run: () => toggleDock("problems"),
  },
  {
    id: "view.conversations",
    label: "Conversations",
    menu: "View",
    group: 0,
    shortcuts: ["Mod+Shift+A"],
    meaning: "Who speaks to whom, and the state of each association",
    isEnabled: always,
    isChecked: () => useWindow.getState().dock === "conversations",
    run: () => toggleDock("conversations"),
  },
  {
    id: "view.explain",
    label: "Explain",
    menu: "View",
    group: 0,
    shortcuts: ["F1"],
    meaning: "What the selected field means",
    isEnabled: always,
    isChecked: () => useWindow.getState().dock === "explain",
    run: () => useWindow.setState({ dock: "explain", topic: null }),
  },
  {
    id: "view.frameText",
    label: "JSON and XML",
    menu: "View",
    group: 0,
    shortcuts: ["Mod+J"],
    meaning: "The frame and its APDU as programs get them",
    isEnabled: always,
    isChecked: () => useWindow.getState().dock === "text",
    run: () => toggleDock("text"),
  },
  {
    id: "view.closeDock",
    label: "Close the Panel below",
    menu: "View",
    group: 0,
    shortcuts: [],
    isEnabled: () => useWindow.getState().dock !== null,
    run: () => openDock(null),
  },
  {
    id: "view.columns",
    label: "Columns…",
    menu: "View",
    group: 1,
    shortcuts: [],
    isEnabled: always,
    run: () => openDialog("columns"),
  },
  {
    id: "view.colourRules",
    label: "Colour Rules…",
    menu: "View",
    group: 1,
    shortcuts: [],
    isEnabled: always,
    run: () => openDialog("colour-rules"),
  },
  {
    id: "view.light",
    label: "Light",
    menu: "View",
    group: 2,
    shortcuts: [],
    isEnabled: always,
    isChecked: () => useAnalyzer.getState().settings?.theme === "light",
    run: () => changeSettings({ theme: "light" }),
  },
  {
    id: "view.dark",
    label: "Dark",
    menu: "View",
    group: 2,
    shortcuts: [],
    isEnabled: always,
    isChecked: () => useAnalyzer.getState().settings?.theme === "dark",
    run: () => changeSettings({ theme: "dark" }),
  },
  {
    id: "view.systemTheme",
    label: "Light or Dark as the System",
    menu: "View",
    group: 2,
    shortcuts: [],
    isEnabled: always,
    isChecked: () => useAnalyzer.getState().settings?.theme === "system",
    run: () => changeSettings({ theme: "system" }),
  },
  {
    id: "analyze.decodeAs",
    label: "Decode As…",
    menu: "Analyze",
    group: 2,
    shortcuts: ["Mod+Shift+U"],
    meaning: "Say how bytes of a port are to be read",
    isEnabled: always,
    run: () => openDialog("decode-as"),
  },
  {
    id: "help.palette",
    label: "Command Palette…",
    menu: "Help",
    group: 0,
    shortcuts: ["Mod+Shift+P"],
    isEnabled: always,
    run: () => openDialog("palette"),
  },
  {
    id: "help.shortcuts",
    label: "Keyboard Shortcuts",
    menu: "Help",
    group: 0,
    shortcuts: ["Mod+Alt+/"],
    isEnabled: always,
    run: () => openDialog("shortcuts"),
  },
  {
    id: "help.about",
    label: "About Obiscope",
    menu: "Help",
    group: 1,
    shortcuts: [],
    isEnabled: always,
    run: () => openDialog("about"),
  },
];
