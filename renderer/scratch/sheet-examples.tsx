import { Button } from "react-aria-components";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { tellFault } from "../state/window.js";

/** What may be pasted, and texts to try it with. */
export function SheetExamples({ onChoose }: { readonly onChoose: (text: string) => void }) {
  const samples = useAnalyzer((state) => state.samples);
  const texts = samples.filter((name) => name.endsWith(".txt"));
  return (
    <div className="sheet__examples">
      <h2>Paste what you have</h2>
      <ul>
        <li>
          Bytes in hex: <code>7E A0 07 03 21 93 0F 01 7E</code>, with blanks, commas,{" "}
          <code>0x</code> or nothing between them
        </li>
        <li>Lines of a log, with times and directions, in any of the usual shapes</li>
        <li>Hex dumps of frames or of whole packets, as Wireshark and terminals print them</li>
        <li>What meters send as text, such as the telegrams of a P1 port</li>
      </ul>
      <p>
        Everything else on the sheet is taken for words. The frames stand here as soon as there are
        bytes; the field at the caret is lit in the tree, and the other way round.
      </p>
      {texts.length > 0 && (
        <p>
          Examples:{" "}
          {texts.map((name) => (
            <Button
              key={name}
              className="link-button"
              onPress={() => {
                ask("sample-text", { name }).then(({ text }) => onChoose(text), tellFault);
              }}
            >
              {name.replace(/\.txt$/, "").replaceAll("-", " ")}
            </Button>
          ))}
        </p>
      )}
    </div>
  );
}
