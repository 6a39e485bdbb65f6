/** What a client names when it opens a capture. What may be read is the shell's to say. */
export type SourceReference =
  /** A file of the machine where the analyzer runs, as the shell has named it to the client. */
  | { readonly kind: "path"; readonly path: string }
  /** Bytes that the client has handed to the shell, which gave them this name. */
  | { readonly kind: "upload"; readonly id: string; readonly name: string }
  /** A capture that comes with Obiscope: `meter-day.pcapng`. */
  | { readonly kind: "sample"; readonly name: string }
  /** Text out of a mail or a forum. */
  | { readonly kind: "text"; readonly text: string; readonly name: string }
  /** A text that is being written: opened by itself, as a scratch sheet. */
  | { readonly kind: "scratch"; readonly text: string; readonly name: string };

/** A file or folder that the shell offers. */
export interface OfferedFile {
  readonly name: string;
  readonly isFolder: boolean;
  /** In bytes; null for folders. */
  readonly size: number | null;
  readonly source: SourceReference;
}
