/** How often clients are told of what changes all the time. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AnalyzerEvent } from "../../../analyzer/protocol/index.js";
import { Clients } from "../../../analyzer/session/clients.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Clients with one of them; what it is told, by the names of documents. */
function startTelling() {
  const clients = new Clients();
  const told: string[] = [];
  clients.add({
    send: (message) => told.push((message as { document: string }).document),
    listen: () => {},
    close: () => {},
  });
  const tell = (about: string, text: string) => {
    const event: AnalyzerEvent = { event: "closed", document: text };
    clients.tellSoon(about, () => event);
  };
  return { clients, told, tell };
}

it("tells the first change at once, and then no more than thirty a second", () => {
  const { told, tell } = startTelling();
  tell("rows", "first");
  vi.advanceTimersByTime(1);
  expect(told).toEqual(["first"]);
  for (let change = 1; change <= 100; change++) {
    tell("rows", `change ${change}`);
    vi.advanceTimersByTime(1);
  }
  // In 100 ms after the first one, one each 33 ms; what is told is the latest of its time.
  expect(told).toHaveLength(4);
  vi.advanceTimersByTime(33);
  expect(told.at(-1)).toBe("change 100");
  expect(told).toHaveLength(5);
  // After a while of silence, at once again.
  vi.advanceTimersByTime(1000);
  tell("rows", "much later");
  vi.advanceTimersByTime(1);
  expect(told.at(-1)).toBe("much later");
});

it("tells what concerns different things together", () => {
  const { told, tell } = startTelling();
  tell("one", "one");
  tell("other", "other");
  tell("one", "one again");
  vi.advanceTimersByTime(1);
  expect(told).toEqual(["one again", "other"]);
});

it("tells nothing to clients that are gone", () => {
  const { clients, told, tell } = startTelling();
  tell("one", "one");
  clients.close();
  vi.advanceTimersByTime(100);
  expect(told).toEqual([]);
});
