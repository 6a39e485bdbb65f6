/** Answers of the server, and the files of the application's page among them. */
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { contentSecurityPolicy, fileTypes } from "../analyzer/host/page-files.js";

export const safeHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Sends a file of the folder; nothing outside of it can be named. */
export async function sendPage(
  response: ServerResponse,
  folder: string,
  path: string,
): Promise<void> {
  const name = path === "/" ? "index.html" : path.slice(1);
  const file = normalize(join(folder, name));
  const type = fileTypes[extname(file)];
  const isInside = file.startsWith(normalize(folder) + sep) && !name.includes("\0");
  const content =
    isInside && type !== undefined ? await readFile(file).catch(() => undefined) : undefined;
  if (content !== undefined && type !== undefined) {
    // Names of assets change with their content; those of pages do not.
    const isAsset = name.startsWith("assets/");
    send(
      response,
      200,
      type,
      content,
      isAsset ? "private, max-age=31536000, immutable" : undefined,
    );
  } else if (name === "index.html") {
    sendText(response, 503, "The application's page is not built: npm run build builds it.");
  } else {
    sendText(response, 404, "There is no such page.");
  }
}

/** The page that takes the token out of the address bar, with the cookie that it was given for. */
export function sendEntry(response: ServerResponse, cookie: string): void {
  // Not a redirect: one that began with a link on another site would not carry the cookie.
  const page =
    '<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>Obiscope</title>' +
    '<p><a href="/">Obiscope</a></p>';
  response.setHeader("set-cookie", cookie);
  send(response, 200, "text/html; charset=utf-8", page);
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, "text/plain; charset=utf-8", `${text}\n`);
}

export function sendScript(response: ServerResponse, script: string): void {
  send(response, 200, "text/javascript; charset=utf-8", script);
}

export function sendJson(response: ServerResponse, content: unknown): void {
  send(response, 200, "application/json", JSON.stringify(content));
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  content: string | Buffer,
  cacheControl = "no-store",
): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    ...safeHeaders,
    "content-type": type,
    "content-length": Buffer.byteLength(content),
    "cache-control": cacheControl,
  });
  response.end(content);
}
