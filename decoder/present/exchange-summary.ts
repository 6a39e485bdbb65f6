/** What links a frame to others, in words: the request that it answers, the message it is a part of. */
import type { ObjectReference } from "../conversation/names/object-reference.js";
import { labelItem, nameItem } from "../cosem/item-label.js";
import type { Frame } from "../frame.js";
import { formatLogicalName } from "../xdlms/logical-name.js";

/** `1-0:1.8.0*255 attribute 2 (Register.value)`; `0x2d50` where the short name means nothing that is known. */
export function describeReference(reference: ObjectReference): string {
  const { classId, logicalName, kind, id, shortName } = reference;
  if (classId !== undefined && id !== undefined && kind !== "unknown") {
    return logicalName === undefined
      ? nameItem(classId, kind, id)
      : labelItem(logicalName, classId, kind, id);
  }
  let text = logicalName === undefined ? "" : formatLogicalName(logicalName);
  if (classId !== undefined) text = append(text, " ", `class ${classId}`);
  else if (id !== undefined) text = append(text, " ", `${kind} ${id}`);
  if (text !== "" || shortName === undefined) return text;
  return `0x${shortName.toString(16).padStart(4, "0")}`;
}

function append(text: string, separator: string, part: string): string {
  if (text === "" || part === "") return text + part;
  return text + separator + part;
}

/** What an answer is about; undefined where the request named nothing, or was not seen. */
export function describeSubject({ answers }: Frame): string | undefined {
  const first = answers?.objects[0];
  if (first === undefined || answers?.objects.length !== 1) return undefined;
  return describeReference(first);
}

/**
 * `answers 3 after 41.2 ms; association open; joined with 5, 6`; empty where it stands alone. `nameFrame`
 * says what other frames are called; everything else is words of our own.
 */
export function summarizeLinks(
  frame: Frame,
  nameFrame: (number: number) => string = String,
): string {
  let links = "";
  const { answers, association, reassembly, completedIn } = frame;
  if (answers !== undefined) {
    const { latency } = answers;
    const after = latency === undefined ? "" : ` after ${formatLatency(latency)}`;
    links = `answers ${nameFrame(answers.frame)}${after}`;
  }
  if (association !== undefined && changesAssociation.has(frame.apdu?.name ?? "")) {
    links = append(links, "; ", `association ${association}`);
  }
  if (completedIn !== undefined) return append(links, "; ", `read in ${nameFrame(completedIn)}`);
  if (reassembly === undefined) return links;
  return append(links, "; ", summarizeReassembly(frame.number, reassembly, nameFrame));
}

/** APDUs after which people ask how the association stands. */
const changesAssociation: ReadonlySet<string> = new Set(["aare", "rlre"]);

function summarizeReassembly(
  number: number,
  { complete, frames }: NonNullable<Frame["reassembly"]>,
  nameFrame: (number: number) => string,
): string {
  const others = frames.filter((frame) => frame !== number);
  if (others.length === 0) return "";
  const shown =
    others.length <= 6
      ? others.map(nameFrame).join(", ")
      : `${others.slice(0, 5).map(nameFrame).join(", ")} ... ${others.slice(-1).map(nameFrame)}`;
  return complete ? `joined with ${shown}` : `goes on from ${shown}`;
}

/** Milliseconds to a tenth, seconds from 10 on: `41.2 ms`, `12.3 s`. */
export function formatLatency(nanoseconds: number): string {
  // Below a millisecond whole microseconds are the digits themselves: `toFixed` is slow.
  if (nanoseconds >= 0 && nanoseconds < 1e6 && nanoseconds % 1000 === 0) {
    return `0.${String(1000 + nanoseconds / 1000).slice(1)} ms`;
  }
  const milliseconds = nanoseconds / 1e6;
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds.toFixed(milliseconds < 1 ? 3 : 1)} ms`;
}
