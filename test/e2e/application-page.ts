/** The window as a person handles it: what is seen, what is pressed. No test looks for a class itself. */
import type { Locator, Page } from "playwright-core";

export class ApplicationPage {
  readonly page: Page;
  readonly list: Locator;
  readonly tree: Locator;
  readonly bytes: Locator;
  readonly filter: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole("grid", { name: /^Frames/ });
    this.tree = page.getByRole("treegrid", { name: "Fields" });
    this.bytes = page.getByRole("grid", { name: /^Bytes/ });
    this.filter = page.getByRole("combobox", { name: /filter/i });
    this.status = page.getByTestId("counts");
  }

  /** Chooses files as the dialog of the browser gives them. */
  async open(...paths: readonly string[]): Promise<void> {
    await this.page.getByTestId("file-chooser").setInputFiles([...paths]);
  }

  /** Waits until the status bar counts so. */
  async counts(text: string): Promise<void> {
    await this.status.filter({ hasText: new RegExp(`^${text}$`) }).waitFor();
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
