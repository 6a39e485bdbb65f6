/** What the analyzer has told: open documents, keys, settings, the live capture; and the line to ask it more. */
import { create } from "zustand";
import {
  AnalyzerClient,
  type AnalyzerEvent,
  type Answer,
  type CaptureState,
  type DocumentState,
  type KeyRingView,
  type Method,
  ProtocolError,
  type Request,
  type RequestOptions,
  type Settings,
  type Shell,
} from "../../analyzer/protocol/index.js";
import { tell } from "./window.js";

export type Connection = "connecting" | "open" | "lost";

export interface AnalyzerState {
  readonly connection: Connection;
  readonly version: string;
  /** In the order in which they were opened. */
  readonly documents: readonly DocumentState[];
  readonly active: string | null;
  readonly keys: KeyRingView;
  /** Null until the analyzer has told them. */
  readonly settings: Settings | null;
  readonly samples: readonly string[];
  /** The capture that runs or ran last. */
  readonly capture: CaptureState | null;
}

const nothing: AnalyzerState = {
  connection: "connecting",
  version: "",
  documents: [],
  active: null,
  keys: { sets: [], isStored: false, storage: "" },
  settings: null,
  samples: [],
  capture: null,
};

export const useAnalyzer = create<AnalyzerState>()(() => nothing);

let client: AnalyzerClient | null = null;

/** The document that is looked at; undefined where none is open. */
export function useActiveDocument(): DocumentState | undefined {
  return useAnalyzer(({ documents, active }) => documents.find(({ id }) => id === active));
}

/** The same, outside of components. */
export function activeDocument(): DocumentState | undefined {
  const { documents, active } = useAnalyzer.getState();
  return documents.find(({ id }) => id === active);
}

/** Asks the analyzer. Rejects with `ProtocolError`. */
export function ask<Name extends Method>(
  method: Name,
  params: Request<Name>,
  options?: RequestOptions,
): Promise<Answer<Name>> {
  if (client === null) {
    const message = "There is no connection to the analyzer.";
    return Promise.reject(new ProtocolError({ code: "closed", message }));
  }
  return client.request(method, params, options);
}

/** Looks at another document. */
export function activate(id: string): void {
  useAnalyzer.setState({ active: id });
}

const secondsBetweenTries = 1;

/** Connects, and connects again whenever the line ends. Never returns to the caller with a fault. */
export async function connectAnalyzer(shell: Shell): Promise<void> {
  for (;;) {
    try {
      const port = await shell.connect();
      await new Promise<void>((closed) => {
        client = new AnalyzerClient(port, take, closed);
        void greet();
      });
    } catch {
      // The shell could not connect; it is tried again.
    }
    client = null;
    useAnalyzer.setState({ connection: "lost" });
    await new Promise((resolve) => setTimeout(resolve, 1000 * secondsBetweenTries));
  }
}

async function greet(): Promise<void> {
  try {
    const { version, documents, keys, settings, samples, capture } = await ask("hello", {});
    useAnalyzer.setState(({ active }) => ({
      connection: "open",
      version,
      documents,
      keys,
      settings,
      samples,
      capture,
      active: documents.some(({ id }) => id === active) ? active : (documents.at(-1)?.id ?? null),
    }));
  } catch (error) {
    // The line has ended meanwhile, or the analyzer starts again: both are told by events.
    if (!(error instanceof ProtocolError)) throw error;
  }
}

function take(event: AnalyzerEvent): void {
  switch (event.event) {
    case "document":
      useAnalyzer.setState(({ documents, active }) => {
        const { document } = event;
        const isKnown = documents.some(({ id }) => id === document.id);
        return {
          documents: isKnown
            ? documents.map((known) => (known.id === document.id ? document : known))
            : [...documents, document],
          active: active ?? document.id,
        };
      });
      return;
    case "closed":
      useAnalyzer.setState(({ documents, active }) => {
        const left = documents.filter(({ id }) => id !== event.document);
        return {
          documents: left,
          active: active === event.document ? (left.at(-1)?.id ?? null) : active,
        };
      });
      return;
    case "keys":
      useAnalyzer.setState({ keys: event.keys });
      return;
    case "settings":
      useAnalyzer.setState({ settings: event.settings });
      return;
    case "capture":
      useAnalyzer.setState({ capture: event.capture });
      return;
    case "restarted":
      tell(event.reason, "error");
      void greet();
      return;
    case "progress":
      return;
  }
}
