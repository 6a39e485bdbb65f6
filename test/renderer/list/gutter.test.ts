import { describe, expect, test } from "vitest";
import { noRelations, piecesAt, relationsOf, spokenPiece } from "../../../renderer/list/gutter.js";
import { rowWith } from "./rows.js";

describe("lines beside the rows", () => {
  test("an answer is joined to its request", () => {
    const relations = relationsOf(rowWith(6, { answers: 4 }), null);
    expect(relations).toEqual({ exchange: { request: 4, answer: 6 }, segments: [] });
    expect([3, 4, 5, 6, 7].map((number) => piecesAt(relations, number)?.exchange)).toEqual([
      undefined,
      "start",
      "through",
      "end",
      undefined,
    ]);
    expect(spokenPiece(relations, 4)).toBe("request, answered by 6");
    expect(spokenPiece(relations, 5)).toBe("");
    expect(spokenPiece(relations, 6)).toBe("answer to 4");
  });

  test("the same from the request", () => {
    expect(relationsOf(rowWith(4, { answeredBy: 6 }), null).exchange).toEqual({
      request: 4,
      answer: 6,
    });
  });

  test("a segment shows all of its APDU, and what the whole of it answers", () => {
    const completing = rowWith(36, { answers: 11, parts: [12, 15, 18, 36] });
    const relations = relationsOf(rowWith(15, { completedIn: 36 }), completing);
    expect(relations).toEqual({
      exchange: { request: 11, answer: 36 },
      segments: [12, 15, 18, 36],
    });
    expect(piecesAt(relations, 12)).toEqual({
      exchange: "through",
      segments: "start",
      isSegment: true,
    });
    expect(piecesAt(relations, 13)).toEqual({
      exchange: "through",
      segments: "through",
      isSegment: false,
    });
    expect(piecesAt(relations, 36)).toEqual({
      exchange: "end",
      segments: "end",
      isSegment: true,
    });
    expect(piecesAt(relations, 11)).toEqual({
      exchange: "start",
      segments: null,
      isSegment: false,
    });
    expect(spokenPiece(relations, 15)).toBe("segment 2 of 4");
  });

  test("while the frame that completes it is on its way, a segment points there", () => {
    const { segments, exchange } = relationsOf(rowWith(15, { completedIn: 36 }), null);
    expect(segments).toEqual([15, 36]);
    expect(exchange).toBeNull();
  });

  test("an answer that stands before its request is joined as well", () => {
    const relations = relationsOf(rowWith(4, { answers: 6 }), null);
    expect(piecesAt(relations, 4)?.exchange).toBe("start");
    expect(piecesAt(relations, 6)?.exchange).toBe("end");
  });

  test("frames that belong to nothing have no lines", () => {
    expect(relationsOf(rowWith(5), null)).toEqual(noRelations);
    expect(relationsOf(rowWith(5, { answers: 5, completedIn: 5, parts: [5] }), null)).toEqual(
      noRelations,
    );
    expect(piecesAt(noRelations, 5)).toBeNull();
  });
});
