/** The scratch sheet as a person handles it. */
import type { Locator } from "playwright-core";
import type { ApplicationPage } from "./application-page.js";

export class SheetPage {
  readonly app: ApplicationPage;
  /** Where the keys go. */
  readonly text: Locator;
  readonly status: Locator;
  readonly problems: Locator;
  readonly #lines: Locator;

  constructor(app: ApplicationPage) {
    this.app = app;
    this.text = app.page.getByRole("textbox", { name: "Hex or a log" });
    this.status = app.page.getByRole("status");
    this.problems = app.page.getByRole("listbox", { name: "Problems in the text" });
    this.#lines = app.page.locator(".view-lines");
  }

  /** Opens the sheet; the keys go into its text. */
  static async open(app: ApplicationPage): Promise<SheetPage> {
    await app.page.keyboard.press("Control+Shift+V");
    const sheet = new SheetPage(app);
    await sheet.text.waitFor();
    await sheet.text.focus();
    return sheet;
  }

  /** Puts a text in the place of what is there, in one piece, as pasting does. */
  async paste(text: string): Promise<void> {
    await this.text.focus();
    await this.app.page.keyboard.press("Control+A");
    await this.app.page.keyboard.insertText(text);
  }

  /** Waits until the text is decoded to so many frames. */
  async frames(count: number): Promise<void> {
    const words = count === 1 ? "1 frame" : `${count} frames`;
    await this.status.filter({ hasText: new RegExp(`^${words}\\b`) }).waitFor();
  }

  /** The text between two characters of a line that shows them. */
  characters(text: string): Locator {
    return this.#lines.getByText(text).first();
  }

  /** Points at the first character of a piece of the text. */
  async hover(text: string): Promise<void> {
    const place = await this.characters(text).evaluate((element, wanted) => {
      const spaced = (element.textContent ?? "").replaceAll("\u00a0", " ");
      const range = element.ownerDocument.createRange();
      // Of text nodes alone.
      const walker = element.ownerDocument.createTreeWalker(element, 4);
      let left = spaced.indexOf(wanted);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const length = node.textContent?.length ?? 0;
        if (left < length) {
          range.setStart(node, left);
          range.setEnd(node, left + 1);
          break;
        }
        left -= length;
      }
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }, text);
    await this.app.page.mouse.move(place.x, place.y);
  }

  /** What is lit in the text, blanks as they are typed. */
  async lit(mark: "selected" | "hovered"): Promise<string> {
    const pieces = await this.#lines.locator(`.sheet-text__${mark}`).allTextContents();
    return pieces.join("").replaceAll("\u00a0", " ");
  }

  async underlined(severity: "error" | "warning" | "info"): Promise<number> {
    return this.app.page.locator(`.squiggly-${severity}`).count();
  }
}
