import { type RefObject, useEffect, useRef } from "react";
import { useListCall } from "./list-focus.js";

/** Takes the focus when it is called for. */
export function useListFocus(grid: RefObject<HTMLDivElement | null>): void {
  const { call } = useListCall();
  const seen = useRef(call);
  useEffect(() => {
    if (call === seen.current) return;
    seen.current = call;
    grid.current?.focus();
  }, [call, grid]);
}
