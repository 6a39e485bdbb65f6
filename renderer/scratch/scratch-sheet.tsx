import "./scratch-sheet.css";
import { FileOutput } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { Group, Panel, Separator } from "react-resizable-panels";
import type { DocumentState } from "../../analyzer/protocol/index.js";
import { DetailPane } from "../detail/detail-pane.js";
import { CodeEditor, type CodeEditorProps } from "../editor/code-editor.js";
import { FrameList } from "../list/frame-list.js";
import { framingName, framings } from "../profile/framings.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { changeLayout, layoutOf } from "../state/settings.js";
import { tellFault } from "../state/window.js";
import { openAsCapture } from "./open-sheet.js";
import { SheetExamples } from "./sheet-examples.js";
import { explainUnderPointer } from "./sheet-hover.js";
import { SheetMarks } from "./sheet-marks.js";
import { foldPastes } from "./sheet-paste.js";
import { SheetPointer } from "./sheet-pointer.js";
import { SheetProblems } from "./sheet-problems.js";
import { type SheetEditor, sessionOf, useSheet } from "./sheet-session.js";

/** A text that is decoded while one writes it: beside it its frames, and the fields of the one at the caret. */
export function ScratchSheet({ document }: { readonly document: DocumentState }) {
  const settings = useAnalyzer((state) => state.settings);
  const { isEmpty } = useSheet(document.id);
  const code = useRef<SheetCode | null>(null);
  /** An example that was chosen before there was an editor. */
  const chosen = useRef<string | null>(null);
  useTold(document);
  if (settings === null) return null;
  return (
    <div className="sheet">
      <SheetTools document={document} />
      <Group
        className="sheet__panes"
        orientation="horizontal"
        defaultLayout={layoutOf<Record<string, number>>(settings, "sheet", {})}
        onLayoutChanged={(layout) => changeLayout("sheet", layout)}
      >
        <Panel id="text" defaultSize="46%" minSize="240px">
          <div className="sheet__text">
            <SheetText key={document.id} document={document.id} code={code} chosen={chosen} />
            <SheetProblems
              document={document.id}
              onGo={({ start, end }) => code.current?.select(start, end)}
            />
          </div>
        </Panel>
        <Separator className="panes__edge panes__edge--upright" aria-label="Width of the text" />
        <Panel id="frames" minSize="240px">
          {isEmpty ? (
            <SheetExamples
              onChoose={(text) => {
                if (code.current === null) chosen.current = text;
                else code.current.replace(text);
              }}
            />
          ) : (
            <Group
              orientation="vertical"
              defaultLayout={layoutOf<Record<string, number>>(settings, "sheet-frames", {})}
              onLayoutChanged={(layout) => changeLayout("sheet-frames", layout)}
            >
              <Panel id="rows" defaultSize="36%" minSize="80px">
                <FrameList only={columns} />
              </Panel>
              <Separator className="panes__edge" aria-label="Height of the list" />
              <Panel id="fields" minSize="80px">
                <DetailPane document={document} />
              </Panel>
            </Group>
          )}
        </Panel>
      </Group>
    </div>
  );
}

/** Beside a text there is no room for more. */
const columns = ["number", "direction", "type", "info"];

/** What others may do to the text. */
interface SheetCode extends SheetEditor {
  select(start: number, end: number): void;
}

function useTold(document: DocumentState): void {
  const { id, textVersion, generation } = document;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other rows or another text are news.
  useEffect(() => {
    sessionOf(id).told(document).catch(tellFault);
  }, [id, textVersion, generation]);
}

function SheetText({
  document,
  code,
  chosen,
}: {
  readonly document: string;
  readonly code: { current: SheetCode | null };
  readonly chosen: { current: string | null };
}) {
  const [begun, setBegun] = useState<string | null>(null);
  useEffect(() => {
    sessionOf(document).begin().then(setBegun, tellFault);
  }, [document]);
  const onReady = useCallback<NonNullable<CodeEditorProps["onReady"]>>(
    (editor, monaco) => {
      const session = sessionOf(document);
      const model = editor.getModel();
      if (model === null) return undefined;
      const replace = (text: string) => {
        editor.pushUndoStop();
        editor.executeEdits("sheet", [{ range: model.getFullModelRange(), text }]);
        editor.pushUndoStop();
        editor.setPosition({ lineNumber: 1, column: 1 });
      };
      const select = (start: number, end: number) => {
        const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
        editor.setSelection(monaco.Range.fromPositions(from, to), "sheet");
        editor.revealRangeInCenterIfOutsideViewport(monaco.Range.fromPositions(from, to));
        editor.focus();
      };
      const text = { read: () => model.getValue(), replace, select };
      const listening = model.onDidChangeContent(() => session.edited());
      const part = session.attach(text);
      const marks = new SheetMarks(editor, monaco, document, session);
      const pointer = new SheetPointer(editor, document, session, marks);
      const pastes = foldPastes(editor);
      const hover = explainUnderPointer(editor, monaco, document, session, marks);
      code.current = text;
      if (chosen.current !== null) replace(chosen.current);
      chosen.current = null;
      return () => {
        code.current = null;
        for (const one of [listening, pastes, hover, pointer, marks]) one.dispose();
        part();
      };
    },
    [document, code, chosen],
  );
  if (begun === null) return <div className="sheet__editor" />;
  return (
    <div className="sheet__editor">
      <CodeEditor
        value={begun}
        kept={document}
        label="Hex or a log"
        placeholder="Paste or type hex, or a log with hex in it"
        wordWrap
        autoFocus
        onReady={onReady}
      />
    </div>
  );
}

function SheetTools({ document }: { readonly document: DocumentState }) {
  const { isEmpty } = useSheet(document.id);
  const { framing = "auto" } = document.options;
  return (
    <div className="sheet__tools">
      <label>
        Frames are{" "}
        <select
          className="select"
          value={framing}
          onChange={({ target }) => {
            const { decodeAs } = document.options;
            const kept = decodeAs === undefined ? {} : { decodeAs: [...decodeAs] };
            ask("reopen", {
              document: document.id,
              options: { ...kept, framing: target.value },
            }).catch(tellFault);
          }}
        >
          {framings.map((one) => (
            <option key={one} value={one}>
              {framingName(one)}
            </option>
          ))}
        </select>
      </label>
      <SheetStatus document={document.id} />
      <span className="sheet__gap" />
      <Button
        className="button"
        isDisabled={isEmpty}
        onPress={() => void openAsCapture(document.id)}
      >
        <FileOutput size={13} aria-hidden="true" /> Open as Capture
      </Button>
    </div>
  );
}

/** How far the text is decoded, in words; told to screen readers when it is done. */
function SheetStatus({ document }: { readonly document: string }) {
  const { isDecoded, isEmpty, rows, milliseconds, refused } = useSheet(document);
  if (refused !== null) {
    return (
      <span className="sheet__status sheet__status--refused" role="alert">
        {refused}
      </span>
    );
  }
  const frames = `${rows.toLocaleString("en")} ${rows === 1 ? "frame" : "frames"}`;
  const took = milliseconds === null ? "" : ` in ${durationOf(milliseconds)}`;
  return (
    <span className="sheet__status" role="status">
      {isEmpty ? "" : isDecoded ? `${frames}${took}` : "Decoding…"}
    </span>
  );
}

function durationOf(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.max(1, Math.round(milliseconds))} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
