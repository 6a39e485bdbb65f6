import { type RefObject, useEffect } from "react";
import { listViewOf, scrollBy } from "./list-view.js";
import { wheelDistance } from "./scroll-model.js";

/** Moves the list by the wheel: what comes between two pictures moves it once. */
export function useListWheel(document: string, list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    let distance = 0;
    let picture = 0;
    const move = () => {
      picture = 0;
      scrollBy(document, distance);
      distance = 0;
    };
    const onWheel = (event: WheelEvent) => {
      // Sideways, and with the keys that zoom or turn the wheel, it is the browser's.
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (event.ctrlKey || event.shiftKey || isSideways) return;
      event.preventDefault();
      distance += wheelDistance(listViewOf(document).extent, event);
      if (picture === 0) picture = requestAnimationFrame(move);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      element.removeEventListener("wheel", onWheel);
      cancelAnimationFrame(picture);
    };
  }, [document, list]);
}
