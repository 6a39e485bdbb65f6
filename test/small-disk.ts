/** A file system of 64 KiB in a folder of its own, for tests of what happens when it is full. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class SmallDisk {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Null where this machine does not let tests mount one. */
  static mount(): SmallDisk | null {
    const disk = new SmallDisk(mkdtempSync(join(tmpdir(), "obiscope-disk-")));
    const options = ["-t", "tmpfs", "-o", "size=64k", "none", disk.path];
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

  /** Leaves no room at all. */
  fill(): void {
    const { bavail, bsize } = statfsSync(this.path);
    writeFileSync(join(this.path, "filling"), new Uint8Array(bavail * bsize));
  }

  /** Also while files of it are open. */
  unmount(): void {
    spawnSync("umount", ["-l", this.path]);
    rmSync(this.path, { recursive: true });
  }
}
