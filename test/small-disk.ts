/** A small file system in a folder of its own, for tests of what happens when it is full. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class SmallDisk {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** `limit`: as an option of tmpfs. Null where this machine does not let tests mount one. */
  static mount(limit = "size=64k"): SmallDisk | null {
    const disk = new SmallDisk(mkdtempSync(join(tmpdir(), "obiscope-disk-")));
    const options = ["-t", "tmpfs", "-o", limit, "none", disk.path];
    if (spawnSync("mount", options).status === 0) return disk;
    disk.unmount();
    return null;
  }

  /** Whether tests may have one. */
  static get isPossible(): boolean {
    const disk = SmallDisk.mount();
    disk?.unmount();
    return disk !== null;
  }

  /** Also while files of it are open. */
  unmount(): void {
    spawnSync("umount", ["-l", this.path]);
    rmSync(this.path, { recursive: true });
  }
}
