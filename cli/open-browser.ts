/** Opens an address in the user's browser. */
import { spawn } from "node:child_process";
import { hasDisplay } from "./desktop-choice.js";

/** A program and its arguments. */
export interface BrowserCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** What opens an address here; null where there is no browser to be seen. */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): BrowserCommand | null {
  // Editors that work on other machines set it to a program that opens the browser in front.
  const browser = env["BROWSER"];
  if (browser !== undefined && /^[^\s%]+$/.test(browser)) {
    return { program: browser, args: [address] };
  }
  if (platform === "darwin") return { program: "open", args: [address] };
  if (platform === "win32") {
    return { program: "rundll32", args: ["url.dll,FileProtocolHandler", address] };
  }
  return hasDisplay({ platform, env }) ? { program: "xdg-open", args: [address] } : null;
}

/** Opens it if that can be done, and says nothing if not: the address is printed anyway. */
export function openBrowser(address: string): void {
  const command = browserCommand(address, process.platform, process.env);
  if (command === null) return;
  const child = spawn(command.program, command.args, { detached: true, stdio: "ignore" });
  child.once("error", () => {});
  child.unref();
}
