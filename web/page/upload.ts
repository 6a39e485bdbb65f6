/** Hands files over to the server. */
import type { SourceReference } from "../../analyzer/protocol/index.js";

type OnProgress = (done: number, total: number) => void;

/**
 * One after the other; `onProgress` counts the bytes of all of them. Rejects, in words, where one is
 * too long or the server does not take it; none is sent where one is too long.
 */
export async function uploadFiles(
  files: readonly File[],
  longest: number,
  onProgress: OnProgress = () => {},
): Promise<readonly SourceReference[]> {
  const tooLong = files.find(({ size }) => size > longest);
  if (tooLong !== undefined) {
    const gibibytes = Math.floor(longest / 2 ** 30);
    throw new Error(`${tooLong.name} is longer than the ${gibibytes} GiB that the server takes.`);
  }
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const taken: SourceReference[] = [];
  let before = 0;
  for (const file of files) {
    taken.push(await upload(file, (done) => onProgress(Math.min(before + done, total), total)));
    before += file.size;
  }
  return taken;
}

function upload(file: File, onProgress: (done: number) => void): Promise<SourceReference> {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of how far an upload has come.
    const request = new XMLHttpRequest();
    request.open("POST", `/upload?name=${encodeURIComponent(file.name)}`);
    request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
    request.addEventListener("error", () => {
      // A folder that was dropped looks like a file, until it is read.
      reject(new Error(`${file.name} could not be handed to Obiscope's server.`));
    });
    request.addEventListener("load", () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as SourceReference);
      else reject(new Error(`${file.name}: ${request.responseText.trim()}`));
    });
    request.send(file);
  });
}
