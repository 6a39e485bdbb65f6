import { describe, expect, test } from "vitest";
import type { Profile } from "../../../analyzer/protocol/index.js";
import {
  allColumns,
  fieldsOf,
  gridTemplate,
  movedBy,
  movedTo,
  shownColumns,
  smallestWidth,
  withShown,
  withWidth,
} from "../../../renderer/list/list-columns.js";

const profile: Profile = {
  name: "test",
  columns: [
    { id: "number", width: 60, isShown: true },
    { id: "field:hdlc.fcs", width: 90, isShown: true },
    { id: "meter", width: 140, isShown: false },
    { id: "info", width: null, isShown: true },
    { id: "field:cosem.value", width: null, isShown: true },
    { id: "of-a-later-version", width: 10, isShown: true },
  ],
  colourRules: [],
  decodeAs: [],
  savedFilters: [],
};
const ids = (columns: readonly { readonly id: string }[]) => columns.map(({ id }) => id);

describe("columns of a profile", () => {
  test("those that are shown, in their order; fields know their cell", () => {
    const shown = shownColumns(profile);
    expect(ids(shown)).toEqual(["number", "field:hdlc.fcs", "info", "field:cosem.value"]);
    expect(shown.map(({ cell }) => cell)).toEqual([null, 0, null, 1]);
    expect(fieldsOf(shown)).toEqual(["hdlc.fcs", "cosem.value"]);
  });

  test("what is left goes to the meaning; a field without a width gets one", () => {
    expect(gridTemplate(shownColumns(profile))).toBe("60px 90px minmax(240px, 1fr) 120px");
    // Without the meaning, an empty rest.
    const without = { ...profile, columns: withShown(profile.columns, "info", false) };
    expect(gridTemplate(shownColumns(without))).toBe("60px 90px 120px 1fr");
    // 58 for the marks, then the columns, 240 at least for the meaning.
    expect(smallestWidth(shownColumns(profile))).toBe(58 + 60 + 90 + 240 + 120);
  });

  test("columns that the profile does not name can be shown, and are not", () => {
    const all = allColumns(profile);
    expect(all.find(({ id }) => id === "latency")).toEqual({
      id: "latency",
      width: 76,
      isShown: false,
    });
    expect(ids(all)).not.toContain("of-a-later-version");
  });

  test("widths stay between what can be seen and what can be reached", () => {
    const widthOf = (width: number) =>
      withWidth(profile.columns, "number", width).find(({ id }) => id === "number")?.width;
    expect(widthOf(71.4)).toBe(71);
    expect(widthOf(-50)).toBe(24);
    expect(widthOf(1e9)).toBe(2000);
  });

  test("a column moves past the next one that is shown", () => {
    // The meter between them is hidden.
    expect(ids(movedBy(profile.columns, "field:hdlc.fcs", 1)).slice(0, 4)).toEqual([
      "number",
      "meter",
      "info",
      "field:hdlc.fcs",
    ]);
    expect(movedBy(profile.columns, "number", -1)).toBe(profile.columns);
    expect(ids(movedTo(profile.columns, "info", "number"))[0]).toBe("info");
    expect(movedTo(profile.columns, "info", "info")).toBe(profile.columns);
  });
});
