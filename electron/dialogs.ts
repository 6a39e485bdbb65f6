/** Dialogs of the system: over the window where there is one. */
import type {
  BrowserWindow,
  Dialog,
  MessageBoxOptions,
  OpenDialogOptions,
  SaveDialogOptions,
} from "electron";

/** Every file can be chosen, since captures are found by content. */
const captureFilters = [
  { name: "Captures", extensions: ["pcap", "pcapng", "cap", "gz", "txt", "log", "bin", "hex"] },
  { name: "All files", extensions: ["*"] },
];

export class Dialogs {
  readonly #dialog: Pick<Dialog, "showOpenDialog" | "showSaveDialog" | "showMessageBox">;
  readonly #window: () => BrowserWindow | undefined;

  constructor(
    dialog: Pick<Dialog, "showOpenDialog" | "showSaveDialog" | "showMessageBox">,
    window: () => BrowserWindow | undefined,
  ) {
    this.#dialog = dialog;
    this.#window = window;
  }

  /** The paths of captures; none where the user thought better of it. */
  async chooseCaptures(): Promise<readonly string[]> {
    const window = this.#window();
    const options: OpenDialogOptions = {
      properties: ["openFile", "multiSelections"],
      filters: captureFilters,
    };
    const { canceled, filePaths } =
      window === undefined
        ? await this.#dialog.showOpenDialog(options)
        : await this.#dialog.showOpenDialog(window, options);
    return canceled ? [] : filePaths;
  }

  /** Where a file is to be written; null where the user thought better of it. */
  async choosePlace(defaultPath: string): Promise<string | null> {
    const window = this.#window();
    const options: SaveDialogOptions = { defaultPath };
    const { canceled, filePath } =
      window === undefined
        ? await this.#dialog.showSaveDialog(options)
        : await this.#dialog.showSaveDialog(window, options);
    return canceled || filePath === "" ? null : filePath;
  }

  /** The number of the button that was chosen. */
  async ask(question: MessageBoxOptions): Promise<number> {
    const window = this.#window();
    const { response } =
      window === undefined
        ? await this.#dialog.showMessageBox(question)
        : await this.#dialog.showMessageBox(window, question);
    return response;
  }
}
