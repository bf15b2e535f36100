// Scrolling over items of unequal height, of which some are not shown.

import { describe, expect, test } from "bun:test";
import { span } from "../frame/row.ts";
import type { ItemList, Place } from "./row-walk.ts";
import { anchorAtItem, scrollBy, visiblePart } from "./viewport.ts";

/** Items by their heights, with the keys 1, 2 …; one of height 0 is not shown. */
function listOf(heights: readonly number[], goesOn = false): ItemList {
  const at = (index: number): Place | null => {
    const height = heights[index] ?? 0;
    const rows = Array.from({ length: height }, (_, row) => [span(`${index + 1}.${row}`)]);
    return height === 0 ? null : { index, key: index + 1, rows };
  };
  const all = () => heights.flatMap((_, index) => at(index) ?? []);
  const before = (index: number) => all().findLast((place) => place.index < index) ?? null;
  const behind = (index: number) => all().find((place) => place.index > index) ?? null;
  return {
    count: heights.length,
    goesOn,
    before,
    behind,
    nearest: (key) => before(key) ?? behind(key - 1),
    countBehind: (index) => all().filter((place) => place.index > index).length,
  };
}

const textOf = ({ rows }: ReturnType<typeof visiblePart>) =>
  rows.map((row) => row.map(({ text }) => text).join("")).join(" ");

describe("a page", () => {
  const list = listOf([2, 0, 3, 1]);

  test("ends with the last row, or with the row of its anchor", () => {
    expect(textOf(visiblePart(list, null, 3))).toBe("3.1 3.2 4.0");
    const seen = visiblePart(list, { key: 3, row: 1 }, 3);
    expect(textOf(seen)).toBe("1.1 3.0 3.1");
    expect(seen).toMatchObject({ keys: [1, 3, 3], below: 2, isAtTop: false, isAtEnd: false });
  });

  test("is filled from below where too little stands above its anchor", () => {
    expect(textOf(visiblePart(list, { key: 1, row: 0 }, 4))).toBe("1.0 1.1 3.0 3.1");
  });

  test("keeps its place beside an item that is shown no longer", () => {
    expect(textOf(visiblePart(list, { key: 2, row: 0 }, 2))).toBe("1.0 1.1");
  });

  test("of nothing is empty", () => {
    expect(visiblePart(listOf([0, 0]), null, 5)).toMatchObject({ rows: [], isAtTop: true });
  });
});

describe("scrolling", () => {
  const list = listOf([2, 0, 3, 1]);

  test("goes by rows, and tells where there are no more", () => {
    expect(scrollBy(list, null, -1, 3)).toEqual({
      anchor: { key: 3, row: 2 },
      hitTop: false,
      hitEnd: false,
    });
    expect(scrollBy(list, null, -100, 3)).toMatchObject({ hitTop: true });
    expect(scrollBy(list, { key: 1, row: 1 }, 100, 3)).toMatchObject({
      anchor: null,
      hitEnd: true,
    });
  });

  test("brings an item to the top; at the end only where the list goes on", () => {
    const anchor = anchorAtItem(list, 3, 2, "top");
    expect(textOf(visiblePart(list, anchor, 2))).toBe("3.0 3.1");
    expect(anchorAtItem(list, 4, 2, "top")).toBeNull();
    expect(anchorAtItem(listOf([2, 0, 3, 1], true), 4, 2, "top")).toEqual({ key: 4, row: 0 });
  });
});
