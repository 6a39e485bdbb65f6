/** The window as a person handles it: what is seen, what is pressed. No test looks for a class itself. */
import type { Locator, Page } from "playwright-core";
import { browserHands, type ShellHands } from "./shell-hands.js";

export class ApplicationPage {
  readonly page: Page;
  readonly list: Locator;
  readonly tree: Locator;
  readonly bytes: Locator;
  readonly filter: Locator;
  readonly status: Locator;
  readonly hands: ShellHands;

  constructor(page: Page, hands = browserHands(page)) {
    this.page = page;
    this.hands = hands;
    this.list = page.getByRole("grid", { name: /^Frames/ });
    this.tree = page.getByRole("treegrid", { name: "Fields" });
    this.bytes = page.getByRole("grid", { name: /^Bytes/ });
    this.filter = page.getByRole("combobox", { name: /filter/i });
    this.status = page.getByTestId("counts");
  }

  async open(...paths: readonly string[]): Promise<void> {
    await this.hands.open(paths);
  }

  /** Hands a key file over in the dialog of keys. */
  async importKeys(path: string): Promise<void> {
    await this.page.keyboard.press("Control+Shift+K");
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel(/^Import a key file/).setInputFiles(path);
    await this.page.getByText(/^Key sets added: \d/).waitFor();
    await this.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  }

  /** Waits until the status bar counts so; `timeout` in milliseconds, for what takes long. */
  async counts(text: string, timeout = 10_000): Promise<void> {
    await this.status.filter({ hasText: new RegExp(`^${text}$`) }).waitFor({ timeout });
  }

  /** The row of a frame, by its number. */
  row(number: number): Locator {
    return this.list.locator(`[data-frame="${number}"]`);
  }

  async select(number: number): Promise<void> {
    await this.row(number).click();
    await this.selected(number);
  }

  /** Waits until a frame is the one that is looked at. */
  async selected(number: number): Promise<void> {
    await this.list.locator(`[data-frame="${number}"][data-current]`).waitFor();
  }

  field(name: string): Locator {
    return this.tree
      .getByRole("row")
      .filter({ has: this.page.getByRole("gridcell", { name, exact: true }) });
  }

  byte(offset: number): Locator {
    return this.bytes.locator(`[role="gridcell"][data-byte="${offset}"]`);
  }

  /** Offsets of the bytes that are marked so. */
  async marked(mark: "selected" | "hovered"): Promise<number[]> {
    const cells = await this.bytes.locator(`[role="gridcell"][data-${mark}]`).all();
    return Promise.all(cells.map(async (cell) => Number(await cell.getAttribute("data-byte"))));
  }

  async applyFilter(text: string): Promise<void> {
    await this.filter.fill(text);
    await this.filter.press("Enter");
  }

  async runCommand(text: string): Promise<void> {
    await this.page.keyboard.press("Control+Shift+P");
    const field = this.page.getByRole("combobox", { name: "Command" });
    await field.fill(text);
    await field.press("Enter");
  }
}
