/** The script of an exported page: opens frames, and links their trees with their bytes. */
import type { PageDetail, PageField } from "../html-detail.js";
import { FrameView } from "./frame-view.js";

/** Opening more than this at once would take minutes. */
const mostAtOnce = 300;

const fields = readJson<readonly PageField[]>(document.getElementById("fields")) ?? [];
const frames = document.getElementsByClassName("frame");

document.addEventListener("click", ({ target }) => {
  const button = lineOf(target);
  if (button !== null) toggle(button);
});

document.addEventListener("keydown", (event) => {
  const button = lineOf(event.target);
  if (button === null || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const next = neighbour(button.parentElement, event.key === "ArrowDown");
  if (next === null) return;
  event.preventDefault();
  next.focus();
});

const all = document.getElementById("all");
if (all !== null && frames.length <= mostAtOnce) {
  all.hidden = false;
  all.addEventListener("click", () => {
    const opens = all.textContent === "Open all";
    for (const line of document.querySelectorAll<HTMLElement>(".line")) {
      if ((line.getAttribute("aria-expanded") === "true") !== opens) toggle(line);
    }
    all.textContent = opens ? "Close all" : "Open all";
  });
}

for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-frame]")) {
  const id = link.dataset["frame"] ?? "";
  // Not every frame of the capture is in the page; where it is not, its number stays a word.
  if (document.getElementById(id) !== null) link.setAttribute("href", `#${id}`);
}

addEventListener("hashchange", showAddressed);
showAddressed();

/** `#f7` opens frame 7. */
function showAddressed(): void {
  const line = document.getElementById(location.hash.slice(1))?.querySelector<HTMLElement>(".line");
  if (line === null || line === undefined) return;
  if (line.getAttribute("aria-expanded") !== "true") toggle(line);
  line.scrollIntoView({ block: "start" });
  line.focus();
}

/** The line of the frame behind or before one, in the next block where it is the last of its own. */
function neighbour(frame: Element | null, isNext: boolean): HTMLElement | null {
  const beside = (of: Element) => (isNext ? of.nextElementSibling : of.previousElementSibling);
  let found: Element | null = frame === null ? null : beside(frame);
  let block: Element | null = frame?.parentElement ?? null;
  while (found === null && block !== null) {
    block = beside(block);
    if (block?.className === "block") {
      found = isNext ? block.firstElementChild : block.lastElementChild;
    }
  }
  return found?.querySelector<HTMLElement>(".line") ?? null;
}

function lineOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(".line") : null;
}

/** Details are made when a frame is opened, and let go when it is closed. */
function toggle(line: HTMLElement): void {
  const frame = line.parentElement;
  if (frame === null) return;
  const isOpen = line.getAttribute("aria-expanded") === "true";
  line.setAttribute("aria-expanded", String(!isOpen));
  if (isOpen) {
    frame.querySelector(".detail")?.remove();
    return;
  }
  const detail = readJson<PageDetail>(frame.querySelector("script"));
  if (detail !== undefined) frame.append(new FrameView(detail, fields, frame.id).element);
}

function readJson<Content>(script: Element | null): Content | undefined {
  return script === null ? undefined : (JSON.parse(script.textContent) as Content);
}
