/**
 * Characters with errors, as a Unix terminal marks them in what it hands over (POSIX, General
 * Terminal Interface, PARMRK): FF 00 c is the character c with a parity or framing error, FF 00 00 a
 * break, and FF FF a character FF. Overruns are not marked.
 *
 * The serial library asks the terminal to leave such characters out and has no option for it, so
 * `stty` sets the marks, on Linux; elsewhere there are none.
 */
import { execFile } from "node:child_process";

/** What was found among the bytes of one read. */
export interface LineErrors {
  /** Characters with a wrong parity or without a stop bit; they are among the bytes. */
  readonly characters: number;
  /** They are not among the bytes. */
  readonly breaks: number;
}

export const noLineErrors: LineErrors = { characters: 0, breaks: 0 };

const mark = 0xff;

/** Takes the marks off, read by read: one may end inside of a mark. */
export class LineMarks {
  /** How much of a mark the last read ended with: none, FF, or FF 00. */
  #begun = 0;

  /** Moves the bytes of the line together at the start of `bytes`; tells how many there are. */
  takeOff(bytes: Uint8Array): { readonly length: number; readonly errors: LineErrors } {
    const first = this.#begun === 0 ? bytes.indexOf(mark) : 0;
    if (first < 0) return { length: bytes.length, errors: noLineErrors };
    let length = first;
    let characters = 0;
    let breaks = 0;
    for (let at = first; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (this.#begun === 0) {
        if (byte === mark) this.#begun = 1;
        else bytes[length++] = byte;
      } else if (this.#begun === 1) {
        // Any other byte than 00 and FF: the FF came before the marks were set, and is lost.
        this.#begun = byte === 0 ? 2 : 0;
        if (byte !== 0) bytes[length++] = byte;
      } else {
        this.#begun = 0;
        if (byte === 0) breaks += 1;
        else {
          characters += 1;
          bytes[length++] = byte;
        }
      }
    }
    return { length, errors: { characters, breaks } };
  }
}

/** `stty` is to be there in no time; where it hangs, the line is heard without marks. */
const patience = 2000;

/** Lets the terminal mark errors from now on; tells whether it does. Never rejects. */
export function setLineMarks(path: string): Promise<boolean> {
  if (process.platform !== "linux") return Promise.resolve(false);
  const settings = ["-ignpar", "parmrk", "inpck", "-ignbrk", "-brkint", "-istrip"];
  return new Promise((resolve) => {
    execFile("stty", ["-F", path, ...settings], { timeout: patience }, (error) => {
      resolve(error === null);
    });
  });
}
