import type { CaptureProgress } from "../analyzer/index.js";

/** Shows on standard error how far a file has been read: only on a terminal, four times a second. */
export interface Progress {
  update(progress: CaptureProgress): void;
  done(): void;
}

const silent: Progress = { update() {}, done() {} };

export function createProgress(wanted: boolean, file: string): Progress {
  if (!wanted || process.stderr.isTTY !== true) return silent;
  let shownAt = 0;
  return {
    update({ bytesRead, size }) {
      const now = Date.now();
      if (now - shownAt < 250) return;
      shownAt = now;
      const megabytes = (bytesRead / 1e6).toFixed(1);
      const share = size === null ? "" : `, ${Math.floor((100 * bytesRead) / size)} %`;
      process.stderr.write(`\r\x1b[K${file}: ${megabytes} MB${share}`);
    },
    done() {
      process.stderr.write("\r\x1b[K");
    },
  };
}
