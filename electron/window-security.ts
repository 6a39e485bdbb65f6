/** What pages may not do: everything but show themselves. */
import type { BrowserWindowConstructorOptions, Session, WebContents } from "electron";
import { homePage, isOwnAddress } from "./app-protocol.js";

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

/** What the events of navigation have in common. */
interface Navigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  preventDefault(): void;
}

/**
 * Keeps a page where it is: no navigation, no new windows, no pages inside it. The window may load its
 * own page again: `location.reload()` is a navigation, too.
 */
export function hardenContents(contents: WebContents): void {
  const stay = (navigation: Navigation) => {
    const { url, isMainFrame } = navigation;
    const isReload = isMainFrame && url === homePage && contents.getURL() === homePage;
    if (!isReload) navigation.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-frame-navigate", stay);
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}
