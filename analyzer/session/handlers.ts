/** What each request does. */

import type { Explanation } from "../../decoder/index.js";
import { explain, KeyFileError, standardNames, suggest } from "../../decoder/index.js";
import type { ExplanationView, LearntKeyView } from "../protocol/index.js";
import { ProtocolError } from "../protocol/messages.js";
import { groupProblems } from "./counts.js";
import type { Handlers } from "./dispatch.js";
import type { EngineState } from "./engine-session.js";
import type { FilterHandlers } from "./filter-handlers.js";
import { fingerprintOf } from "./key-ring.js";
import type { OpenDocument } from "./open-document.js";
import type { ScratchHandlers } from "./scratch-handlers.js";
import { findNext } from "./search.js";
import { listSamples } from "./sources.js";
import type { TextHandlers } from "./text-handlers.js";

type SessionHandlers = Omit<
  Handlers,
  keyof FilterHandlers | keyof TextHandlers | keyof ScratchHandlers
>;

/** Everything but filters, searching, texts and scratch sheets. */
export function sessionHandlers(state: EngineState): SessionHandlers {
  return {
    hello: async () => ({
      version: state.options.version,
      documents: state.documents.map((document) => document.state),
      keys: state.keyRing,
      settings: state.settings,
      capture: state.capture.state,
      samples: await listSamples(state.options.samplesFolder),
    }),

    open: async ({ sources, merge, options }) => ({
      documents: await state.open(sources, merge, options),
    }),
    reopen: async ({ document, options }) => {
      await state.reopen(document, options);
      return null;
    },
    close: ({ document }) => {
      state.close(document);
      return null;
    },

    rows: ({ document, start, count, columns }) =>
      state.document(document).rows(start, count, columns),
    frame: ({ document, number }) => {
      const detail = state.document(document).detail(number);
      if (detail === undefined) {
        throw new ProtocolError({ code: "no-such-frame", message: `There is no frame ${number}.` });
      }
      return detail;
    },
    locate: ({ document, number }) => state.document(document).locate(number),
    step: ({ document, from, to, direction }, tools) => {
      const open = state.document(document);
      return findNext(open, from, direction, wanted(open, from, to), tools);
    },

    problems: ({ document }) => {
      const { trace } = state.document(document);
      return groupProblems(trace.index, (frame) => trace.notes.get(frame)?.isIgnored === true);
    },
    conversations: ({ document }) => state.document(document).conversations(),
    "learnt-keys": ({ document }) => learntKeys(state.document(document)),

    // Answered when the disk has it: an engine that is killed then takes no note with it.
    annotate: async ({ document, frames, set }) => {
      const open = state.document(document);
      open.annotate(frames, set);
      await open.saved;
      return null;
    },
    undo: async ({ document }) => {
      const open = state.document(document);
      open.undo();
      await open.saved;
      return null;
    },
    redo: async ({ document }) => {
      const open = state.document(document);
      open.redo();
      await open.saved;
      return null;
    },

    keys: () => state.keyRing,
    "add-keys": async ({ text }) => {
      const { added, effect } = await state.changeKeys(() => checked(() => state.keys.add(text)));
      return { added: added.length, effect };
    },
    "add-keys-beside": async ({ document }) => {
      const text = await state.readKeysBeside(document);
      const { added, effect } = await state.changeKeys(() => checked(() => state.keys.add(text)));
      return { added: added.length, effect };
    },
    "remove-keys": async ({ id }) => {
      await state.changeKeys(() => state.keys.remove(id));
      return null;
    },
    "key-template": () => ({ text: state.keys.template }),
    "replace-keys": async ({ text }) => {
      const { added, effect } = await state.changeKeys(() =>
        checked(() => state.keys.replace(text)),
      );
      return { sets: added.length, effect };
    },

    explain: ({ topic }) => {
      const [first] = explain(topic, { names: standardNames() });
      return {
        explanation: first === undefined ? null : viewExplanation(first),
        suggestions: first === undefined ? suggest(topic) : [],
      };
    },
    "capture-ports": () => state.options.host.capture.ports(),
    "capture-start": async (request) => ({ document: await state.capture.start(request) }),
    "capture-stop": async () => {
      await state.options.host.capture.stop();
      return null;
    },
    "capture-restart": async () => ({ document: await state.capture.restart() }),
    "unfinished-recordings": () => state.options.host.capture.unfinished(),
    "dismiss-recording": async ({ path }) => {
      await state.options.host.capture.dismiss(path);
      return null;
    },

    settings: async ({ change }) => {
      await state.changeSettings(change);
      return null;
    },
  };
}

/** What is wrong with a key file is the client's to read. */
function checked<Result>(change: () => Result): Result {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error;
    throw new ProtocolError({ code: "bad-keys", message: `${error.message}.` });
  }
}

/** The rows of that kind, seen from the frame with number `from`. */
function wanted(
  { trace }: OpenDocument,
  from: number,
  to: "problem" | "conversation" | "marked" | "reference",
): (row: number) => boolean {
  const { columns } = trace.index;
  const note = (row: number) => trace.notes.get(row + 1);
  switch (to) {
    case "problem":
      return (row) => {
        const severity = columns.severity(row);
        const isProblem = severity === "error" || severity === "warning";
        return isProblem && note(row)?.isIgnored !== true;
      };
    case "conversation": {
      const conversation = from === 0 ? null : columns.conversation(from - 1);
      return (row) => columns.conversation(row) === conversation;
    }
    case "marked":
      return (row) => note(row)?.isMarked === true;
    case "reference":
      return (row) => note(row)?.isReference === true;
  }
}

/** Keys that the trace has brought by the end of what was read. */
function learntKeys({ trace }: OpenDocument): readonly LearntKeyView[] {
  const { index } = trace;
  const seen = new Set<string>();
  const views = new Map<string, LearntKeyView>();
  for (let row = 0; row < index.length; row++) {
    const conversation = index.columns.conversation(row);
    const state = `${conversation}/${index.columns.state(row)}`;
    if (conversation === null || seen.has(state)) continue;
    seen.add(state);
    const { dedicatedKey, learntKeys: keys } = index.association(row);
    const add = (role: string, frame: number, key: Uint8Array, by: string | undefined) => {
      const fingerprint = fingerprintOf(key);
      const view = { conversation, role, fingerprint, frame, by: by ?? null };
      views.set(`${conversation}/${role}/${frame}`, view);
    };
    if (dedicatedKey !== undefined) {
      add("dedicated", dedicatedKey.frame, dedicatedKey.value, undefined);
    }
    for (const { role, frame, value, by } of keys) add(role, frame, value, by);
  }
  return [...views.values()];
}

function viewExplanation(explanation: Explanation): ExplanationView {
  const { kind, topic, title, meaning, facts, values, related } = explanation;
  return {
    kind,
    topic,
    title,
    meaning: meaning ?? null,
    facts,
    values: values.map(({ value, text, depth }) => ({ value, text, depth: depth ?? 0 })),
    related,
  };
}
