import "./application.css";
import { type ComponentProps, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { FollowPill } from "../capture/follow-pill.js";
import { useCaptureNews } from "../capture/use-capture-news.js";
import { allCommands } from "../commands/command-table.js";
import { commandOfStroke, isTextField, runCommand } from "../commands/run-command.js";
import { DetailPane } from "../detail/detail-pane.js";
import { HexView } from "../detail/hex-view.js";
import { Dock } from "../docks/dock.js";
import { FilterBar } from "../filter/filter-bar.js";
import { FindBar } from "../find/find-bar.js";
import { FrameList } from "../list/frame-list.js";
import { ScratchSheet } from "../scratch/scratch-sheet.js";
import { findShell } from "../shell.js";
import { useActiveDocument, useAnalyzer } from "../state/analyzer.js";
import { useDetailLoading, useFrameDetail } from "../state/frame-detail.js";
import { openFiles, openSources } from "../state/open.js";
import { changeLayout, layoutOf } from "../state/settings.js";
import { useWindow } from "../state/window.js";
import { Dialogs } from "./dialogs.js";
import { MenuBar } from "./menu-bar.js";
import { useNativeMenu } from "./native-menu.js";
import { Notices } from "./notices.js";
import { StatusBar } from "./status-bar.js";
import { DocumentTabs } from "./tabs.js";
import { Welcome } from "./welcome.js";

/** The window. */
export function Application() {
  const document = useActiveDocument();
  const { documents, active } = useAnalyzer();
  const shell = findShell();
  useDetailLoading();
  useShortcuts();
  useTheme();
  useNativeMenu();
  useCaptureNews();
  useEffect(() => {
    shell.onOpenFiles((sources) => void openSources(sources));
  }, [shell]);
  useEffect(() => {
    shell.setTitle(document === undefined ? "Obiscope" : `${document.name} – Obiscope`);
  }, [shell, document]);
  return (
    <Drop>
      {shell.setMenu === null && <MenuBar />}
      {documents.length > 0 && <DocumentTabs documents={documents} active={active} />}
      {document === undefined ? (
        <Welcome />
      ) : (
        <>
          <FilterBar />
          <FindBar />
          {document.kind === "scratch" ? (
            <SheetPanes document={document} />
          ) : (
            <Panes document={document} />
          )}
        </>
      )}
      <StatusBar document={document} />
      <Dialogs />
      <Notices />
      <FileChooser />
    </Drop>
  );
}

/** The list above, tree and bytes below, and a dock below them. */
function Panes({ document }: { readonly document: DocumentState }) {
  const dock = useWindow((state) => state.dock);
  const settings = useAnalyzer((state) => state.settings);
  const rows = dock === null ? "rows" : "rows-with-dock";
  if (settings === null) return null;
  return (
    <main className="panes" id="document" aria-label={document.name}>
      <h1 className="visually-hidden">{document.name}</h1>
      <Group
        key={rows}
        orientation="vertical"
        defaultLayout={layoutOf<Record<string, number>>(settings, rows, {})}
        onLayoutChanged={(layout) => changeLayout(rows, layout)}
      >
        <Panel id="list" defaultSize={dock === null ? "48%" : "38%"} minSize="80px">
          <div className="panes__list">
            <FrameList followsGrowth={document.status === "live"} />
            {document.status === "live" && <FollowPill document={document} />}
          </div>
        </Panel>
        <Separator className="panes__edge" aria-label="Height of the list" />
        <Panel id="detail" minSize="80px">
          <Group
            orientation="horizontal"
            defaultLayout={layoutOf<Record<string, number>>(settings, "columns", {})}
            onLayoutChanged={(layout) => changeLayout("columns", layout)}
          >
            <Panel id="tree" defaultSize="54%" minSize="160px">
              <DetailPane document={document} />
            </Panel>
            <Separator
              className="panes__edge panes__edge--upright"
              aria-label="Width of the fields"
            />
            <Panel id="bytes" minSize="160px">
              <Bytes document={document} />
            </Panel>
          </Group>
        </Panel>
        {dock !== null && <DockPanel document={document} dock={dock} />}
      </Group>
    </main>
  );
}

/** A text that is being written, and a dock below it. */
function SheetPanes({ document }: { readonly document: DocumentState }) {
  const dock = useWindow((state) => state.dock);
  return (
    <main className="panes" id="document" aria-label={document.name}>
      <h1 className="visually-hidden">{document.name}</h1>
      <Group orientation="vertical">
        <Panel id="sheet" minSize="160px">
          <ScratchSheet document={document} />
        </Panel>
        {dock !== null && <DockPanel document={document} dock={dock} />}
      </Group>
    </main>
  );
}

function DockPanel({ document, dock }: ComponentProps<typeof Dock>) {
  return (
    <>
      <Separator className="panes__edge" aria-label="Height of the panel" />
      <Panel id="dock" defaultSize="26%" minSize="80px">
        <Dock document={document} dock={dock} />
      </Panel>
    </>
  );
}

function Bytes({ document }: { readonly document: DocumentState }) {
  const { detail } = useFrameDetail();
  if (detail === null) return null;
  return <HexView document={document} detail={detail} />;
}

/** A capture that is dropped anywhere is opened. */
function Drop({ children }: { readonly children: React.ReactNode }) {
  const [isOver, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are also opened by the menu.
    <div
      className="application"
      data-drop={isOver || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        void openFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
    </div>
  );
}

/** Asks for files where the shell has no dialog of its own. */
function FileChooser() {
  const isChoosing = useWindow((state) => state.isChoosing);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isChoosing) return;
    useWindow.setState({ isChoosing: false });
    input.current?.click();
  }, [isChoosing]);
  return (
    <input
      ref={input}
      type="file"
      multiple
      hidden
      data-testid="file-chooser"
      onChange={({ target }) => {
        const files = [...(target.files ?? [])];
        target.value = "";
        void openFiles(files);
      }}
    />
  );
}

function useShortcuts(): void {
  // Before the window is painted: who sees it may press a key.
  useLayoutEffect(() => {
    const { platform } = findShell();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || useWindow.getState().dialog !== null) return;
      const command = commandOfStroke(allCommands, event, isTextField(event.target), platform);
      if (command === undefined) return;
      event.preventDefault();
      runCommand(command);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

function useTheme(): void {
  const theme = useAnalyzer((state) => state.settings?.theme ?? "system");
  const density = useAnalyzer((state) => state.settings?.density ?? "compact");
  useEffect(() => {
    const { dataset } = window.document.documentElement;
    if (theme === "system") delete dataset["theme"];
    else dataset["theme"] = theme;
    dataset["density"] = density;
    findShell().setTheme(theme);
  }, [theme, density]);
}
