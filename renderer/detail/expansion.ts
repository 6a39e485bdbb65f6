/** Which groups of the tree are open: by their fields, over all frames of the session. */
import { create } from "zustand";
import type { DetailNode } from "../../analyzer/protocol/index.js";

interface Expansion {
  /** What the user has opened and closed. */
  readonly chosen: ReadonlyMap<string, boolean>;
}

export const useExpansion = create<Expansion>()(() => ({ chosen: new Map() }));

/** Layers that one seldom looks into. */
const closed = /^(ethernet|vlan|sll|null-loopback|pppoe|ppp|ipv4|ipv6|tcp|udp|upper-pdu)$/;
const longestOpen = 40;

/** What was chosen; else groups are open, but for those below the packets and very long ones. */
export function isGroupOpen({ chosen }: Expansion, node: DetailNode, depth: number): boolean {
  const choice = chosen.get(node.field);
  if (choice !== undefined) return choice;
  if (closed.test(node.field)) return false;
  return (
    node.children.length <= longestOpen &&
    depth < 12 &&
    node.children.every(({ mask }) => mask === 0)
  );
}

export function setOpen(fields: readonly string[], isOpen: boolean): void {
  useExpansion.setState(({ chosen }) => {
    const next = new Map(chosen);
    for (const field of fields) next.set(field, isOpen);
    return { chosen: next };
  });
}
