import type { MessagePortMain, WebContents } from "electron";
import { channel, type Tell } from "./ipc-contract.js";

/** An engine that clients can be connected with. */
export interface EngineEnd {
  connect(client: MessagePortMain): void;
}

/** A pair of ports that are connected with each other. */
export type CreateChannel = () => {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
};

/**
 * Connects the window with the engine: with the one that is there, and with each in its place. They
 * talk past this process from then on.
 */
export class ClientPorts {
  readonly #createChannel: CreateChannel;
  #engine: EngineEnd | undefined;
  #window: WebContents | undefined;
  #isGone = false;

  constructor(createChannel: CreateChannel) {
    this.#createChannel = createChannel;
  }

  /** A window asks to be connected. Throws where there is no engine and none will come. */
  connect(window: WebContents): void {
    if (this.#isGone) throw new Error("The analyzer has ended and was not started again.");
    this.#window = window;
    if (this.#engine !== undefined) this.#join(this.#engine, window, null);
  }

  /** There is another engine now; `restarted` says why it replaces one. */
  use(engine: EngineEnd, restarted: string | null): void {
    this.#isGone = false;
    this.#engine = engine;
    const window = this.#window;
    if (window !== undefined && !window.isDestroyed()) this.#join(engine, window, restarted);
  }

  /** No engine comes by itself any more. */
  giveUp(): void {
    this.#isGone = true;
    this.#engine = undefined;
    const gone: Tell = { tell: "engine-gone" };
    if (this.#window?.isDestroyed() === false) this.#window.send(channel, gone);
    this.#window = undefined;
  }

  #join(engine: EngineEnd, window: WebContents, restarted: string | null): void {
    const { port1, port2 } = this.#createChannel();
    const tell: Tell = { tell: "engine", restarted };
    engine.connect(port1);
    window.postMessage(channel, tell, [port2]);
  }
}
