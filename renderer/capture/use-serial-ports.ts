import { useCallback, useEffect, useState } from "react";
import type { CapturePorts } from "../../analyzer/protocol/index.js";
import { ask } from "../state/analyzer.js";

const unknown: CapturePorts = { ports: [], note: "Looking for ports…", folder: "" };

/** The serial ports of the machine that captures; `refresh` asks for them again. */
export function useSerialPorts(): CapturePorts & { readonly refresh: () => void } {
  const [found, setFound] = useState(unknown);
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that it is wanted.
  useEffect(() => {
    const abort = new AbortController();
    ask("capture-ports", {}, { signal: abort.signal }).then(setFound, (error: unknown) => {
      if (abort.signal.aborted) return;
      const note = error instanceof Error ? error.message : String(error);
      setFound((before) => ({ ...before, ports: [], note }));
    });
    return () => abort.abort();
  }, [asked]);
  const refresh = useCallback(() => setAsked((count) => count + 1), []);
  return { ...found, refresh };
}
