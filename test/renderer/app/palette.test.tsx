// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Palette } from "../../../renderer/app/palette.js";

beforeEach(() => {
  vi.stubGlobal("obiscopeShell", { platform: "linux" });
});
afterEach(cleanup);

function openPalette() {
  const { getByRole, queryAllByRole } = render(<Palette />);
  const field = getByRole("combobox", { name: "Command" });
  return {
    field,
    type: (value: string) => fireEvent.change(field, { target: { value } }),
    options: () => queryAllByRole("option").map(({ textContent }) => textContent),
    status: () => getByRole("status").textContent,
  };
}

test("commands are found by words of their names, in any order", () => {
  const { type, options, status, field } = openPalette();
  type("file open");
  expect(options().some((option) => option?.includes("Open…"))).toBe(true);
  expect(status()).toBe("");
  expect(field.getAttribute("aria-expanded")).toBe("true");
});

test("where none fits, it says so to everybody, and Enter does nothing", () => {
  const { type, options, status, field } = openPalette();
  type("  brew coffee ");
  expect(options()).toEqual([]);
  expect(status()).toBe("No command fits “brew coffee”.");
  expect(field.getAttribute("aria-expanded")).toBe("false");
  fireEvent.keyDown(field, { key: "ArrowDown" });
  fireEvent.keyDown(field, { key: "Enter" });
  expect(status()).toBe("No command fits “brew coffee”.");
  type("open");
  expect(status()).toBe("");
});

test("one that fits but cannot be used says that: no capture is open", () => {
  const { type, status } = openPalette();
  type("next problem");
  expect(status()).toBe("“Next Problem” cannot be used now.");
  // Next and Previous Marked Frame.
  type("marked frame go");
  expect(status()).toBe("“Next Marked Frame” and 1 more that fit cannot be used now.");
});
