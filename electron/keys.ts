/** The ring of keys, encrypted by the system's safe storage; in this process where it has none. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SafeStorage } from "electron";
import { replaceFile } from "./state-file.js";

/** Where the ring of keys is kept, as the text of a key file. */
export interface KeyStore {
  load(): Promise<string | null>;
  /** `storage` says, in words, where they are kept; or why not beyond this session. */
  keep(keys: string): Promise<{ readonly isStored: boolean; readonly storage: string }>;
}

export type SafeStorageParts = Pick<
  SafeStorage,
  | "isAsyncEncryptionAvailable"
  | "encryptStringAsync"
  | "decryptStringAsync"
  | "getSelectedStorageBackend"
>;

/** What keeps the secrets of each system, in words. */
const storages: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "Kept in a file that the keychain of this Mac protects.",
  win32: "Kept in a file that Windows protects for this user.",
};

/**
 * Where keys are kept on this system. `onTrouble` is told, in a sentence for people, of keys that
 * were kept and cannot be read any more. After the application is ready.
 */
export async function openKeyStore(
  safeStorage: SafeStorageParts,
  platform: NodeJS.Platform,
  folder: string,
  onTrouble: (message: string) => void,
): Promise<KeyStore> {
  const why = await whyUnsafe(safeStorage, platform);
  if (why !== null) return sessionKeys(why);
  const storage = storages[platform] ?? "Kept in a file that the keyring of this system protects.";
  return new StoredKeys(safeStorage, join(folder, "keys.bin"), storage, onTrouble);
}

/** Keys that end with the process: its engines bring them from one to the next. */
function sessionKeys(storage: string): KeyStore {
  return { load: async () => null, keep: async () => ({ isStored: false, storage }) };
}

/** Null where secrets are safe. */
async function whyUnsafe(
  safeStorage: SafeStorageParts,
  platform: NodeJS.Platform,
): Promise<string | null> {
  const unsafe = "Kept for this session only: this system has no safe place for secrets";
  if (platform === "linux") {
    // Encryption is offered then, too: with a password that is the same everywhere.
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === "basic_text" || backend === "unknown") {
      return `${unsafe} (no keyring, such as GNOME Keyring or KWallet, is running).`;
    }
  }
  const isAvailable = await safeStorage.isAsyncEncryptionAvailable().catch(() => false);
  return isAvailable ? null : `${unsafe} (its keyring or keychain is locked or missing).`;
}

class StoredKeys implements KeyStore {
  readonly #safeStorage: SafeStorageParts;
  readonly #path: string;
  readonly #storage: string;
  readonly #onTrouble: (message: string) => void;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(
    safeStorage: SafeStorageParts,
    path: string,
    storage: string,
    onTrouble: (message: string) => void,
  ) {
    this.#safeStorage = safeStorage;
    this.#path = path;
    this.#storage = storage;
    this.#onTrouble = onTrouble;
  }

  async keep(keys: string) {
    const writing = this.#writing.then(() => this.#write(keys));
    this.#writing = writing.catch(() => {});
    try {
      await writing;
      return { isStored: true, storage: this.#storage };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
      return {
        isStored: false,
        storage: `Kept for this session only: the file of keys could not be written${code}.`,
      };
    }
  }

  async #write(keys: string): Promise<void> {
    await replaceFile(this.#path, await this.#safeStorage.encryptStringAsync(keys));
  }

  async load(): Promise<string | null> {
    let encrypted: Buffer;
    try {
      encrypted = await readFile(this.#path);
    } catch (error) {
      const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
      if (!isMissing) this.#onTrouble(`The file of keys cannot be read: ${this.#path}.`);
      return null;
    }
    try {
      return (await this.#safeStorage.decryptStringAsync(encrypted)).result;
    } catch {
      // The words of the error are left out: they come from what handles the secret.
      this.#onTrouble(
        "The keys that were kept cannot be decrypted any more: the keyring of the system has changed. Add them again.",
      );
      return null;
    }
  }
}
