/** Takes what windows ask; refuses what is not from our page or not of the contract. */
import type { IpcMain, IpcMainInvokeEvent, WebContents } from "electron";
import * as v from "valibot";
import { isOwnAddress } from "./app-protocol.js";
import { type Ask, askSchema, channel, type Replies } from "./ipc-contract.js";

/** One function for each word of the contract. */
export type AskHandlers = {
  readonly [Word in Ask["ask"]]: (
    ask: Extract<Ask, { readonly ask: Word }>,
    contents: WebContents,
  ) => Replies[Word] | Promise<Replies[Word]>;
};

/** Answers windows for which `isWindow` is true; their main frame, while our page is in it. */
export function answerWindows(
  ipcMain: Pick<IpcMain, "handle">,
  isWindow: (contents: WebContents) => boolean,
  handlers: AskHandlers,
): void {
  ipcMain.handle(channel, async (event: IpcMainInvokeEvent, ...args: readonly unknown[]) => {
    if (!isTrusted(event, isWindow)) return fault("This page may not ask for that.");
    const checked = v.safeParse(askSchema, args[0]);
    if (args.length !== 1 || !checked.success) return fault("This is not in the contract.");
    try {
      return { result: await run(handlers, checked.output, event.sender) };
    } catch (error) {
      return fault(error instanceof Error ? error.message : String(error));
    }
  });
}

function isTrusted(
  { sender, senderFrame }: IpcMainInvokeEvent,
  isWindow: (contents: WebContents) => boolean,
): boolean {
  return (
    senderFrame !== null &&
    senderFrame.parent === null &&
    isOwnAddress(senderFrame.url) &&
    isWindow(sender)
  );
}

function run(handlers: AskHandlers, ask: Ask, contents: WebContents): unknown {
  switch (ask.ask) {
    case "connect":
      return handlers.connect(ask, contents);
    case "choose-files":
      return handlers["choose-files"](ask, contents);
    case "choose-recording":
      return handlers["choose-recording"](ask, contents);
    case "take-paths":
      return handlers["take-paths"](ask, contents);
    case "save":
      return handlers.save(ask, contents);
    case "set-menu":
      return handlers["set-menu"](ask, contents);
    case "set-title":
      return handlers["set-title"](ask, contents);
    case "set-theme":
      return handlers["set-theme"](ask, contents);
    case "listen":
      return handlers.listen(ask, contents);
  }
}

function fault(message: string) {
  return { fault: { message } };
}
