import { describe, expect, test } from "vitest";
import { isRound, outcomeText } from "../../../renderer/find/find-outcome.js";

describe("what came of a search", () => {
  test("gone round the ends", () => {
    expect(isRound(10, 12, 1)).toBe("no");
    expect(isRound(10, 4, 1)).toBe("yes");
    expect(isRound(10, 4, -1)).toBe("no");
    expect(isRound(10, 12, -1)).toBe("yes");
    expect(isRound(10, 10, 1)).toBe("again");
    // From nowhere, nothing is behind one.
    expect(isRound(0, 400, -1)).toBe("no");
  });

  test("in words", () => {
    const found = (round: "no" | "yes" | "again") =>
      ({ kind: "found", number: 4, index: 3, round }) as const;
    expect(outcomeText(null, null, 1)).toBe("");
    expect(outcomeText(null, 12, 1)).toBe("12 rows");
    expect(outcomeText(found("no"), 12, 1)).toBe("12 rows");
    expect(outcomeText(found("yes"), 12, 1)).toBe("12 rows, gone on from the beginning");
    expect(outcomeText(found("yes"), null, -1)).toBe("gone on from the end");
    expect(outcomeText(found("again"), 1, 1)).toBe("1 row, the only one");
    expect(outcomeText({ kind: "none" }, 0, 1)).toBe("No row that is shown has it");
    expect(outcomeText({ kind: "fault", message: "Bytes are pairs." }, 3, 1)).toBe(
      "Bytes are pairs.",
    );
  });
});
