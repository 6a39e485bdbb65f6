/** The files of the application's page. */
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";

/** What the page may load, and nothing else. Monaco sets styles by itself. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
};

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
  const type = types[extname(file)];
  if (!file.startsWith(folder + sep) || name.includes("\0") || type === undefined) {
    sendText(response, 404, "There is no such page.");
    return;
  }
  try {
    const content = await readFile(file);
    // Names of assets change with their content.
    const isAsset = name.startsWith("assets/");
    response.writeHead(200, {
      ...safeHeaders,
      "content-type": type,
      "cache-control": isAsset ? "public, max-age=31536000, immutable" : "no-store",
    });
    response.end(content);
  } catch {
    if (name === "index.html") {
      sendText(response, 503, "The application's page is not built: npm run build builds it.");
    } else sendText(response, 404, "There is no such page.");
  }
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...safeHeaders, "content-type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}

export function sendScript(response: ServerResponse, script: string): void {
  response.writeHead(200, {
    ...safeHeaders,
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(script);
}
