import { toHex } from "../decoder/core/bytes.js";
import type { Ciphering } from "../decoder/security/ciphering.js";
import { ListStep } from "./columns.js";

/** The role of a key; `agreed`: the APDU brings or names its own (general-ciphering). */
export type NeededKey = "global-unicast" | "global-broadcast" | "dedicated" | "agreed";

/** What became of a ciphered APDU, and which key it was or should have been. */
export interface CipheringNote {
  readonly status: Ciphering["status"];
  /** Key set and role; undefined where none fitted. */
  readonly key: string | undefined;
  /** Whether its tag was verified. */
  readonly authenticated: boolean;
  /** Of one that was not opened: the key that it is ciphered with. */
  readonly needs: NeededKey | undefined;
  /** In hex. */
  readonly systemTitle: string | undefined;
  readonly service: string;
}

type NotePart = string | number | boolean | undefined;

/** The notes of an index, each kept once; number 0 is none. */
export class CipheringNotes {
  readonly #notes: (CipheringNote | undefined)[] = [undefined];
  /** The way to a number: what the note says, the title by its length and in words of 4 bytes. */
  readonly #steps = new ListStep<NotePart>();

  /** The number of what there is to note. */
  add(ciphering: Ciphering | undefined): number {
    if (ciphering === undefined) return 0;
    const needs = ciphering.plaintext === undefined ? neededKey(ciphering) : undefined;
    const title = ciphering["system-title"];
    let step = this.#steps.to(ciphering.service).to(ciphering.status).to(ciphering.key);
    step = step.to(ciphering.authenticated).to(needs).to(title?.length);
    if (title !== undefined) {
      for (let i = 0; i < title.length; i += 4) step = step.to(wordAt(title, i));
    }
    step.number ??= this.#notes.push(noteOf(ciphering, needs)) - 1;
    return step.number;
  }

  get(number: number): CipheringNote | undefined {
    return this.#notes[number];
  }
}

function noteOf(ciphering: Ciphering, needs: NeededKey | undefined): CipheringNote {
  const title = ciphering["system-title"];
  return {
    status: ciphering.status,
    key: ciphering.key,
    authenticated: ciphering.authenticated,
    needs,
    systemTitle: title === undefined ? undefined : toHex(title),
    service: ciphering.service,
  };
}

/** 4 bytes as one number, those behind the end as zeros. */
function wordAt(bytes: Uint8Array, at: number): number {
  const upper = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16);
  return upper | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}

function neededKey({ service, reason }: Ciphering): NeededKey {
  if (/^(general-)?ded-/.test(service)) return "dedicated";
  if (service === "general-ciphering") return "agreed";
  // The key set bit of the security header is in the outcome only as the key that was sought.
  return /global[ -]broadcast/.test(reason ?? "") ? "global-broadcast" : "global-unicast";
}
