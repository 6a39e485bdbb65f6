/** The notes of a document on the disk. */
import type { FrameNotes } from "./frame-notes.js";
import { type NotesPlace, readNotes, writeNotes } from "./notes-file.js";
import { Turns } from "./slices.js";

export class KeptNotes {
  readonly #place: NotesPlace | null;
  readonly #saving = new Turns();
  #file: string | null = null;
  #fault: string | null = null;

  /** Null: they are kept nowhere. */
  constructor(place: NotesPlace | null) {
    this.#place = place;
  }

  /** The file that has them; null while there are none. */
  get file(): string | null {
    return this.#file;
  }

  /** Why they are not kept, in words. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Comes back when they are on the disk. */
  get saved(): Promise<unknown> {
    return this.#saving.run(() => {});
  }

  /** The notes of before. What cannot be read is a fault, and is not written over. */
  async load(): ReturnType<typeof readNotes> {
    if (this.#place === null) return [];
    try {
      const notes = await readNotes(this.#place);
      if (notes.length > 0) this.#file = this.#place.file;
      return notes;
    } catch (error) {
      this.#fault = messageOf(error);
      return [];
    }
  }

  /** Writes them in their turn; comes back in any case. */
  async save(notes: FrameNotes): Promise<void> {
    const place = this.#place;
    if (place === null || this.#fault !== null) return;
    await this.#saving.run(async () => {
      try {
        this.#file = await writeNotes(place, notes.entries);
      } catch (error) {
        this.#fault = `Marks and comments cannot be kept: ${messageOf(error)}`;
      }
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
