/** Whether the tests of the window can run in the desktop application, too. */
import { join } from "node:path";
import { lookAround } from "../../cli/desktop.js";
import { chooseDesktop, type DesktopChoice } from "../../cli/desktop-choice.js";

/** The project, which is the desktop application's folder while it is not packaged. */
export const projectFolder = join(import.meta.dirname, "../..");

/** Where they run then, or in words why they do not. */
export function findDesktop(): DesktopChoice {
  return chooseDesktop(lookAround(join(projectFolder, "dist")));
}
