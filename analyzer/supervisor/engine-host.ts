import type { EngineHost, EngineSession } from "../protocol/engine-host.js";

/** Where a shell keeps the ring of keys, as the text of a key file. */
export interface KeyStore {
  load(): Promise<string | null>;
  /** `storage` says, in words, where they are kept; or why not beyond this session. */
  keep(keys: string): Promise<{ readonly isStored: boolean; readonly storage: string }>;
}

/** Keys that end with the process. `why` is a sentence for people. */
export class SessionKeys implements KeyStore {
  readonly #why: string;
  #keys: string | null = null;

  constructor(why: string) {
    this.#why = why;
  }

  async load(): Promise<string | null> {
    return this.#keys;
  }

  async keep(keys: string) {
    this.#keys = keys;
    return { isStored: false, storage: this.#why };
  }
}

export interface EngineHostParts {
  readonly resolve: EngineHost["resolve"];
  readonly createDownload: EngineHost["createDownload"];
  readonly keys: KeyStore;
}

/** What engines need of their shell. The session is kept as long as this process lives. */
export function createEngineHost({ resolve, createDownload, keys }: EngineHostParts): EngineHost {
  let session: EngineSession | null = null;
  return {
    resolve,
    createDownload,
    restore: async () => ({ session, keys: await keys.load() }),
    keepSession: (kept) => {
      session = kept;
    },
    keepKeys: (text) => keys.keep(text),
  };
}
