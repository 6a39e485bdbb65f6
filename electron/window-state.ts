/** Where the window was, for the next start. */
import { join } from "node:path";
import type { BrowserWindow, Rectangle } from "electron";
import * as v from "valibot";
import { readState, replaceFile } from "./state-file.js";

export const smallestWindow = { width: 720, height: 480 };
const firstWindow = { width: 1280, height: 800 };

/** So much of the top of a window must be on a screen for a hand to take hold of it. */
const handle = { width: 120, height: 40 };

const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));
const place = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));

const schema = v.object({
  bounds: v.object({ x: place, y: place, width: size, height: size }),
  isMaximized: v.boolean(),
});

export interface WindowPlace {
  /** Without x and y the system finds a place. */
  readonly bounds: { readonly width: number; readonly height: number } & Partial<
    Readonly<Record<"x" | "y", number>>
  >;
  readonly isMaximized: boolean;
}

/** The place of the last window, if a screen is still there. `workAreas`: those of all screens. */
export function readWindowPlace(folder: string, workAreas: readonly Rectangle[]): WindowPlace {
  const stored = v.safeParse(schema, readState(pathIn(folder)));
  if (!stored.success) return { bounds: firstWindow, isMaximized: false };
  const { bounds, isMaximized } = stored.output;
  const width = Math.max(bounds.width, smallestWindow.width);
  const height = Math.max(bounds.height, smallestWindow.height);
  const isReachable = workAreas.some(
    (area) =>
      Math.min(bounds.x + width, area.x + area.width) - Math.max(bounds.x, area.x) >=
        handle.width &&
      bounds.y >= area.y &&
      bounds.y + handle.height <= area.y + area.height,
  );
  if (!isReachable) return { bounds: firstWindow, isMaximized };
  return { bounds: { ...bounds, width, height }, isMaximized };
}

/** Keeps the place of a window whenever it is closed; a maximized one with the bounds it returns to. */
export async function keepWindowPlace(
  folder: string,
  window: Pick<BrowserWindow, "getNormalBounds" | "isMaximized">,
): Promise<void> {
  const { x, y, width, height } = window.getNormalBounds();
  const state = { bounds: { x, y, width, height }, isMaximized: window.isMaximized() };
  // A place that cannot be written is only forgotten.
  await replaceFile(pathIn(folder), `${JSON.stringify(state, null, 2)}\n`).catch(() => {});
}

function pathIn(folder: string): string {
  return join(folder, "window.json");
}
