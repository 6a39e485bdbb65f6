/**
 * The same value without a view into the bytes of the capture: such a view would keep a whole piece
 * of the capture in memory. What holds no bytes is shared with `value`, not copied.
 */
export function detach<Value>(value: Value): Value;
export function detach(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return detachList(value);
  return isRecord(value) ? detachMembers(value) : value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function detachMembers(value: Readonly<Record<string, unknown>>): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const member = value[key];
    if (typeof member !== "object" || member === null) continue;
    const detached = detach(member);
    if (detached === member) continue;
    copy ??= { ...value };
    copy[key] = detached;
  }
  return copy ?? value;
}

function detachList(list: readonly unknown[]): readonly unknown[] {
  const copy = list.map(detach);
  return copy.some((member, i) => member !== list[i]) ? copy : list;
}
