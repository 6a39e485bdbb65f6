/** `app://obiscope/`: the files of the page, and nothing else. */
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Protocol } from "electron";
import { contentSecurityPolicy, fileTypes } from "../analyzer/host/page-files.js";

const scheme = "app";
const host = "obiscope";

export const homePage = `${scheme}://${host}/index.html`;

/** Before the application is ready: makes the scheme one with an origin of its own. */
export function registerScheme(protocol: Pick<Protocol, "registerSchemesAsPrivileged">): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Whether an address is one of the page's own. */
export function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${scheme}:` && url.host === host && url.username === "";
}

/**
 * Answers requests for the files that are under `folder` now. An address is looked up in the list of
 * them and never made into a path, so that there is nothing to climb out of.
 */
export function createAppProtocol(folder: string): (request: Request) => Promise<Response> {
  const files = listFiles(folder);
  return async ({ url, method }) => {
    if (method !== "GET" && method !== "HEAD") return refuse(405);
    if (!isOwnAddress(url)) return refuse(404);
    const { pathname } = new URL(url);
    // The browser shell's script: here the preload script has put the shell there already.
    if (pathname === "/shell.js") return answer(".js", "");
    const path = files.get(pathname === "/" ? "/index.html" : pathname);
    if (path === undefined) return refuse(404);
    return answer(extname(path), await readFile(path));
  };
}

function listFiles(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const add = (inside: string) => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      const path = `${inside}/${entry.name}`;
      if (entry.isDirectory()) add(path);
      else if (entry.isFile() && extname(entry.name) in fileTypes) {
        files.set(encodeURI(path), join(folder, path));
      }
    }
  };
  add("");
  return files;
}

function answer(extension: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    headers: {
      "Content-Type": fileTypes[extension] ?? "application/octet-stream",
      "Content-Security-Policy": contentSecurityPolicy,
      "Cross-Origin-Opener-Policy": "same-origin",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

function refuse(status: number): Response {
  return new Response(null, {
    status,
    headers: { "Content-Security-Policy": contentSecurityPolicy },
  });
}
