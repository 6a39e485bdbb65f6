/** The dialog of captures, as a person fills it. */
import type { PtyPair } from "../simulator/pty-pair.js";
import type { ApplicationPage } from "./application-page.js";

export interface SerialCapture {
  /** Both sides, or the client's alone where `answers` has the meter's. */
  readonly port: PtyPair;
  readonly answers?: PtyPair | undefined;
  /** 8N1; missing: the line that the dialog has chosen. */
  readonly baud?: number;
}

/** Starts a capture of a serial line; comes back when it listens and its document is shown. */
export async function startCapture(
  { page }: ApplicationPage,
  { port, answers, baud }: SerialCapture,
): Promise<void> {
  await page.keyboard.press("Control+K");
  const dialog = page.getByRole("dialog", { name: "Capture" });
  await dialog.waitFor();
  await dialog.getByLabel(/A second port/).setChecked(answers !== undefined);
  const choices = dialog.getByLabel(/^Port( of the client's side)?$/);
  await choices.selectOption("another port");
  await dialog.getByLabel("Path of the port", { exact: true }).fill(port.near);
  if (answers !== undefined) {
    await dialog.getByLabel("Port of the meter's side").selectOption("another port");
    await dialog.getByLabel("Path of that port").fill(answers.near);
  }
  if (baud !== undefined) {
    await dialog.getByLabel("Line", { exact: true }).selectOption("own");
    await dialog.getByLabel("Baud").fill(String(baud));
  }
  await dialog.getByRole("button", { name: "Start" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("Capturing: no frame has come yet.").waitFor();
}
