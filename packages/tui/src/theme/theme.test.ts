import { expect, test } from "bun:test";
import { nearestIndex } from "./theme.ts";

test("finds the nearest of the palette's fixed colours", () => {
  expect(nearestIndex("#000000")).toBe(16);
  expect(nearestIndex("#ffffff")).toBe(231);
  expect(nearestIndex("#ff0000")).toBe(196);
  expect(nearestIndex("#5f87af")).toBe(67);
  expect(nearestIndex("#808080")).toBe(244);
});
