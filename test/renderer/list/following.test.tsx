// @vitest-environment happy-dom
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";

import { FrameList } from "../../../renderer/list/frame-list.js";
import { listViewOf, scrollTo } from "../../../renderer/list/list-view.js";
import { useAnalyzer } from "../../../renderer/state/analyzer.js";
import { growingDocument } from "../growing-document.js";
import { layOutElements } from "../page.js";

layOutElements();
afterEach(() => {
  cleanup();
  act(() => useAnalyzer.setState({ documents: [], active: null }));
});

/** A document that is being filled. No engine has it: its rows stay placeholders. */
function growTo(frames: number): void {
  const document = growingDocument(frames, { name: "live", sources: [], status: "loading" });
  act(() => useAnalyzer.setState({ documents: [document], active: "live" }));
}

// 420 px are twenty rows of 21 px.
const endOf = (frames: number) => (frames - 20) * 21;

test("a list that follows stays at its end; scrolling up stops it, the end starts it again", () => {
  growTo(100);
  const { container } = render(<FrameList followsGrowth />);
  act(() => scrollTo("live", endOf(100)));
  growTo(250);
  expect(listViewOf("live").top).toBe(endOf(250));
  // Numbers are there before the rows are.
  expect(container.querySelector('[data-index="249"]')?.textContent).toBe("250");
  act(() => scrollTo("live", endOf(250) - 5));
  growTo(300);
  expect(listViewOf("live").top).toBe(endOf(250) - 5);
  act(() => scrollTo("live", endOf(300)));
  growTo(301);
  expect(listViewOf("live").top).toBe(endOf(301));
});

test("a file that is being read stays where one looks", () => {
  growTo(100);
  render(<FrameList />);
  act(() => scrollTo("live", endOf(100)));
  growTo(250);
  expect(listViewOf("live").top).toBe(endOf(100));
});

test("a list that becomes shorter ends where its rows do", () => {
  growTo(100);
  const { container } = render(<FrameList />);
  act(() => scrollTo("live", endOf(100)));
  growTo(30);
  expect(listViewOf("live").top).toBe(endOf(30));
  expect(container.querySelector('[data-index="30"]')).toBeNull();
});
