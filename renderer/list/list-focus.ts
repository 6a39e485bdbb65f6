import { create } from "zustand";

/** Counts the calls for the list to take the focus. */
export const useListCall = create<{ readonly call: number }>()(() => ({ call: 0 }));

/** Puts the focus into the list. */
export function focusList(): void {
  useListCall.setState(({ call }) => ({ call: call + 1 }));
}
