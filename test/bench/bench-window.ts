/** The window as the benchmark handles it: gestures, and how smooth the pictures were meanwhile. */
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { ApplicationPage } from "../e2e/application-page.js";

/** In milliseconds, from picture to picture. */
export interface Smoothness {
  readonly worst: number;
  readonly typical: number;
  /** Pictures that came after more than the budget. */
  readonly late: number;
  readonly pictures: number;
  /**
   * Time that the processor was at one task of the page at most: what is left of `worst` where other
   * programs want the processor too. Null where it was not looked at.
   */
  readonly longestWork: number | null;
}

/** In milliseconds: no picture is to take longer. */
export const pictureBudget = 50;

export class BenchWindow {
  readonly app: ApplicationPage;

  private constructor(page: Page) {
    this.app = new ApplicationPage(page);
  }

  /** Comes back when the window is drawn and takes keys. */
  static async open(browser: Browser, address: string): Promise<BenchWindow> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(600_000);
    await context.addInitScript({ path: join(import.meta.dirname, "page-recorder.mjs") });
    const page = await context.newPage();
    await page.goto(address);
    await page.getByRole("navigation", { name: "Menus" }).waitFor();
    return new BenchWindow(page);
  }

  get page(): Page {
    return this.app.page;
  }

  /** How the pictures came while something was done. What takes minutes is better not `traced`. */
  async during(action: () => Promise<unknown>, { traced = true } = {}): Promise<Smoothness> {
    const browser = traced ? this.page.context().browser() : null;
    await browser?.startTracing(this.page, { categories: ["-*", "toplevel"] });
    await this.page.evaluate("bench.begin()");
    await action();
    const pictures = await this.page.evaluate<readonly number[]>("bench.end()");
    const trace = await browser?.stopTracing();
    const sorted = [...pictures].sort((a, b) => a - b);
    return {
      worst: sorted.at(-1) ?? 0,
      typical: sorted[sorted.length >> 1] ?? 0,
      late: sorted.filter((length) => length > pictureBudget).length,
      pictures: sorted.length,
      longestWork: trace === undefined ? null : longestWorkOf(JSON.parse(trace.toString())),
    };
  }

  /**
   * Milliseconds from the last press of a key or button within `action` to the first picture in which
   * `isSeen`, an expression of the page, holds.
   */
  async wait(isSeen: string, action: () => Promise<unknown>): Promise<number> {
    await action();
    return this.page.evaluate<number>(
      `bench.when(() => ${isSeen}).then((time) => time - bench.pressed)`,
    );
  }

  /** Chooses a capture in the folder that the server offers; comes back when it is pressed. */
  async open(capture: string): Promise<void> {
    await this.page.keyboard.press("Control+Shift+O");
    await this.page.getByRole("dialog").getByRole("button", { name: capture }).click();
  }

  /** Turns the wheel over the list, as fast as a hand does. */
  async turnWheel(turns: number): Promise<void> {
    await this.app.list.hover();
    for (let turn = 0; turn < turns; turn++) await this.page.mouse.wheel(0, 240);
  }

  /** Draws the thumb of the list from the top to the bottom and back to the middle. */
  async dragThumb(): Promise<void> {
    const box = await this.app.list.boundingBox();
    if (box === null) throw new Error("there is no list");
    const { mouse } = this.page;
    const x = box.x + box.width - 5;
    // The thumb stands anywhere: a press beside it brings it to the pointer.
    await mouse.move(x, box.y + 40);
    await mouse.down();
    const places = [...Array(100).keys(), ...Array.from({ length: 50 }, (_, step) => 99 - step)];
    for (const place of places) {
      await mouse.move(x, box.y + 40 + ((box.height - 60) * place) / 99);
    }
    await mouse.up();
  }

  /** Holds a key down: the first press, and then what the keyboard repeats. */
  async hold(key: string, repeats: number): Promise<void> {
    for (let press = 0; press < repeats; press++) await this.page.keyboard.down(key);
    await this.page.keyboard.up(key);
  }

  /** Selects rows that are seen; milliseconds from the press to the picture with the frame's bytes. */
  async selectRows(count: number): Promise<readonly number[]> {
    const waits: number[] = [];
    const rows = this.app.list.locator("[data-frame]");
    for (let step = 0; step < count; step++) {
      const row = rows.nth(1 + ((step * 5) % 12));
      await this.page.evaluate(
        "bench.bytes = document.querySelector('[role=grid][aria-label^=Bytes]')",
      );
      waits.push(
        await this.wait(
          "document.querySelector('[role=grid][aria-label^=Bytes]') !== bench.bytes",
          () => row.click({ position: { x: 200, y: 8 } }),
        ),
      );
    }
    return waits;
  }

  /** Milliseconds from Enter to the picture with the rows of the filter, and with no work left. */
  async filter(text: string): Promise<number> {
    await this.#applied("", "!");
    return this.#applied(text, "");
  }

  /** `is`: whether the counts tell of a filter then, `""` or `"!"`. */
  async #applied(text: string, is: "" | "!"): Promise<number> {
    await this.app.filter.fill(text);
    const counts = "document.querySelector('[data-testid=counts]')?.textContent ?? ''";
    return this.wait(
      `${is}/^[\\d,]+ of /.test(${counts}) && document.querySelector('progress') === null`,
      () => this.app.filter.press("Enter"),
    );
  }

  /** Bytes of the objects of the page, after a collection. */
  async memory(): Promise<number> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    await session.detach();
    return usedSize;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** What Chromium writes of its tasks; times in microseconds. */
interface Trace {
  readonly traceEvents: readonly {
    readonly name: string;
    readonly pid: number;
    readonly tid: number;
    readonly tdur?: number;
    readonly args: { readonly name?: string };
  }[];
}

/** In milliseconds. */
function longestWorkOf({ traceEvents }: Trace): number {
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  return traceEvents
    .filter(({ name, pid, tid }) => name.endsWith("RunTask") && threads.has(`${pid}/${tid}`))
    .reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0);
}
