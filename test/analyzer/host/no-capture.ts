import type { ShellCapture } from "../../../analyzer/host/engine-supervisor.js";

/** A shell that captures nothing. */
export function noCapture(): ShellCapture {
  return {
    state: null,
    onState: () => {},
    ports: async () => ({ ports: [], note: "There are no ports here.", folder: "" }),
    start: async () => {
      throw new Error("the test captures nothing");
    },
    stop: async () => {},
    unrecorded: async () => null,
    unfinished: async () => [],
    dismiss: async () => {},
  };
}
