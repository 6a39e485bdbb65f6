/** What each address of the server answers. */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Access } from "./access.js";
import type { Downloads } from "./downloads.js";
import type { CaptureFolder } from "./folder.js";
import { sendEntry, sendJson, sendPage, sendScript, sendText } from "./pages.js";
import type { Uploads } from "./uploads.js";

/** What the server has to offer. */
export interface Site {
  readonly access: Access;
  /** The built application: `renderer/` and `shell.js`. */
  readonly distFolder: string;
  readonly folder: CaptureFolder | null;
  readonly uploads: Uploads;
  readonly downloads: Downloads;
}

export async function answerRequest(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { access, uploads, downloads, distFolder } = site;
  const { method, headers } = request;
  const { path, query } = readAddress(request.url ?? "/");
  const foreign = access.refuseForeign(headers, path);
  if (foreign !== null) return sendText(response, foreign.status, foreign.reason);

  const cookie = path === "/" && method === "GET" ? access.redeem(query.get("token")) : null;
  if (cookie !== null) return sendEntry(response, cookie);
  const stranger = access.refuseStranger(headers);
  if (stranger !== null) return sendText(response, stranger.status, stranger.reason);

  if (method === "POST" && path === "/upload") {
    // Browsers tell where every POST comes from; what does not tell is no page of ours.
    if (headers.origin === undefined) return sendText(response, 403, "Only the page may upload.");
    return uploads.take(request, response, query.get("name") ?? "");
  }
  if (method !== "GET" && method !== "HEAD") {
    return sendText(response, 405, "Nothing can be sent there.");
  }
  if (path === "/shell.js") return sendShell(site, response);
  if (path === "/folder") return sendFolder(site, response, query.get("path") ?? "");
  if (path.startsWith("/download/")) {
    return downloads.send(request, response, path.slice("/download/".length));
  }
  return sendPage(response, join(distFolder, "renderer"), path);
}

/** The path, escapes resolved, and what stands behind it. What cannot be resolved leads nowhere. */
export function readAddress(url: string): {
  readonly path: string;
  readonly query: URLSearchParams;
} {
  const at = url.indexOf("?");
  const path = at === -1 ? url : url.slice(0, at);
  const query = new URLSearchParams(at === -1 ? "" : url.slice(at));
  try {
    return { path: decodeURIComponent(path), query };
  } catch {
    return { path: "/\0", query };
  }
}

/** What this server offers goes before the shell's own script. */
async function sendShell(site: Site, response: ServerResponse): Promise<void> {
  const offer = { folder: site.folder !== null, longestUpload: site.uploads.longest };
  try {
    const script = await readFile(join(site.distFolder, "shell.js"), "utf8");
    sendScript(response, `window.obiscopeServer = ${JSON.stringify(offer)};\n${script}`);
  } catch {
    sendText(
      response,
      503,
      "The script of the browser shell is not built: npm run build builds it.",
    );
  }
}

async function sendFolder(site: Site, response: ServerResponse, path: string): Promise<void> {
  if (site.folder === null) return sendText(response, 404, "This server offers no folder.");
  try {
    sendJson(response, await site.folder.list(path));
  } catch (error) {
    sendText(response, 404, error instanceof Error ? error.message : String(error));
  }
}
