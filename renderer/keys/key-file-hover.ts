/** What a name or a value of a key file means. */
import type { KeySetView } from "../../analyzer/protocol/index.js";
import { securitySuites } from "../../analyzer/protocol/index.js";
import { findKept } from "./kept-keys.js";
import { lengthText } from "./key-file-completion.js";
import { memberAt, placeInKeyFile } from "./key-file-place.js";
import type { Span } from "./placed-json.js";

export interface KeyFileHover {
  readonly at: Span;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Undefined where there is nothing to tell. */
export function hoverInKeyFile(
  text: string,
  offset: number,
  sets: readonly KeySetView[],
): KeyFileHover | undefined {
  const place = placeInKeyFile(text, offset);
  if (place === undefined || place.is === "set" || place.is === "file") return undefined;
  const { owner, at } = place;
  const name = place.is === "name" ? place.member?.name : place.name;
  if (name === undefined) return undefined;
  if (owner.kind === "file") {
    return place.is === "name" && name === "keySets"
      ? { at, title: "Key sets", lines: ["A set for each meter."] }
      : undefined;
  }
  const member = memberAt(owner, name);
  if (member === undefined) return undefined;
  const ofSide = owner.kind === "pair" ? `, ${name}` : "";
  const lines = [member.meaning, lengthText(member, owner)];
  if (place.is === "value" && place.value !== undefined) {
    const { value } = place;
    const role = owner.kind === "pair" ? `${member.name}.${name}` : member.name;
    if (value.kind === "word") {
      const suite = securitySuites.find((one) => one.suite === value.value);
      if (member.form === "suite" && suite !== undefined)
        lines.push(`${suite.suite}: ${suite.meaning}.`);
    }
    const kept = value.kind === "string" ? findKept(value.text, role, sets) : undefined;
    if (kept !== undefined) {
      const fingerprint = kept.fingerprint === null ? "" : `, fingerprint ${kept.fingerprint}`;
      lines.push(
        `This word stands for the key of ${kept.set.name} that is there${fingerprint}. Put hex in its place to change it.`,
      );
    }
  }
  return { at, title: `${member.title}${ofSide}`, lines: lines.filter((line) => line !== "") };
}
