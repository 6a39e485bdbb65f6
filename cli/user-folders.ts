import { homedir } from "node:os";
import { join } from "node:path";

/** Folders of the user's, where the system's habits have them; they may not be there yet. */
export interface UserFolders {
  readonly config: string;
  readonly cache: string;
  readonly state: string;
}

export function userFolders(): UserFolders {
  const { env, platform } = process;
  const home = homedir();
  const data = env["LOCALAPPDATA"] ?? join(home, "AppData", "Local");
  const folder = (variable: string, otherwise: string): string => {
    if (platform === "win32") return join(data, "Obiscope");
    if (platform === "darwin") return join(home, "Library", "Application Support", "Obiscope");
    return join(env[variable] || join(home, otherwise), "obiscope");
  };
  return {
    config: folder("XDG_CONFIG_HOME", ".config"),
    cache: folder("XDG_CACHE_HOME", ".cache"),
    state: folder("XDG_STATE_HOME", join(".local", "state")),
  };
}
