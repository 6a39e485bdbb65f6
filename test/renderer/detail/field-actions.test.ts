// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { filterOf, joinedFilter, subtreeText } from "../../../renderer/detail/field-actions.js";
import { hueOf } from "../../../renderer/detail/layer-hue.js";
import { node } from "./nodes.js";

test("a field is filtered by its value, or by being there", () => {
  expect(filterOf({ field: "cosem.obis", literal: "1-0:1.8.0*255" })).toBe(
    "cosem.obis == 1-0:1.8.0*255",
  );
  expect(filterOf({ field: "hdlc", literal: null })).toBe("hdlc");
});

test("a field joins the filter that is there", () => {
  expect(joinedFilter("a || b", "c == 1", "selected")).toBe("c == 1");
  expect(joinedFilter("a || b", "c == 1", "not")).toBe("!(c == 1)");
  expect(joinedFilter("a || b", "c == 1", "and")).toBe("(a || b) && c == 1");
  expect(joinedFilter("a || b", "c == 1", "or")).toBe("(a || b) || c == 1");
  expect(joinedFilter(" ", "c == 1", "and")).toBe("c == 1");
});

test("a group is copied with all below it", () => {
  const group = node("a", [0, 2], [node("b", [0, 1], [], { display: "0x7e" }), node("c", [1, 2])]);
  expect(subtreeText(group, 0)).toBe("a\n  b: 0x7e\n  c\n");
});

test("fields of one layer have one hue", () => {
  expect(hueOf("hdlc.fcs")).toBe("var(--layer-link)");
  expect(hueOf("hdlc")).toBe(hueOf("wrapper.length"));
  expect(hueOf("llc.quality")).toBe("var(--layer-llc)");
  expect(hueOf("glo-get-request")).toBe("var(--layer-security)");
  expect(hueOf("cosem.obis")).not.toBe(hueOf("xdlms.service"));
  expect(hueOf("association.state")).toBe("var(--text-quiet)");
});
