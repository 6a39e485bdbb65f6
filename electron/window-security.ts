/** What pages may not do: everything but show themselves. */
import type { BrowserWindowConstructorOptions, Session, WebContents } from "electron";
import { isOwnAddress } from "./app-protocol.js";

type WebPreferences = NonNullable<BrowserWindowConstructorOptions["webPreferences"]>;

/** Web security stays on in development too; only the developer tools come with it. */
export function securePreferences(preload: string, isDevelopment: boolean): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // Its dictionaries come from the network.
    spellcheck: false,
    devTools: isDevelopment,
  };
}

/** Copying text is the one thing that pages may do to the system, and only our own page. */
const allowedPermission = "clipboard-sanitized-write";

/** Denies permissions, devices, downloads, and every address but our own. */
export function hardenSession(session: Session, isDevelopment: boolean): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === allowedPermission && isOwnAddress(contents.getURL()));
  });
  session.setPermissionCheckHandler(
    (contents, permission) =>
      permission === allowedPermission && contents !== null && isOwnAddress(contents.getURL()),
  );
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isTool = isDevelopment && url.startsWith("devtools://");
    answer({ cancel: !(isOwnAddress(url) || url.startsWith("data:") || isTool) });
  });
}

/** Keeps a page where it is: no navigation, no new windows, no pages inside it. */
export function hardenContents(contents: WebContents): void {
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}
