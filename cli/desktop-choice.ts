/** Whether the desktop application can be started here, and why not where it cannot. */

/** What there is on this machine. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the user; undefined on Windows. */
  readonly userId: number | undefined;
  /** The program of Electron's runtime; null where it is not there. */
  readonly runtime: string | null;
  /** The folder of the desktop application; null where it was not built. */
  readonly application: string | null;
}

export type DesktopChoice =
  | { readonly kind: "desktop"; readonly runtime: string; readonly application: string }
  /** `reason`: a part of a sentence. */
  | { readonly kind: "browser"; readonly reason: string };

export function chooseDesktop(surroundings: Surroundings): DesktopChoice {
  const { userId, platform, runtime, application } = surroundings;
  if (!hasDisplay(surroundings)) return browser("there is no display");
  if (application === null) return browser("the desktop application is not built");
  if (runtime === null) return browser("Electron's runtime is not here");
  if (userId === 0 && platform === "linux") {
    return browser("Electron does not run as root with its sandbox on");
  }
  return { kind: "desktop", runtime, application };
}

/** Windows and macOS always have one; elsewhere it has a name. */
export function hasDisplay({ platform, env }: Pick<Surroundings, "platform" | "env">): boolean {
  if (platform === "win32" || platform === "darwin") return true;
  return Boolean(env["DISPLAY"]) || Boolean(env["WAYLAND_DISPLAY"]);
}

function browser(reason: string): DesktopChoice {
  return { kind: "browser", reason };
}
