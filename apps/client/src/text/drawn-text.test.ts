// What is drawn of signs with an emoji selector.

import { expect, test } from "bun:test";
import { cellWidth } from "./cell-width.ts";
import { drawnText } from "./drawn-text.ts";

test("a sign with a selector is drawn without it, as wide as every terminal draws it", () => {
  expect(drawnText("a ❤️ b ☎️")).toBe("a ❤ b ☎");
  expect(["❤️", "☎️", "ℹ️"].map(cellWidth)).toEqual([1, 1, 1]);
});

test("what is wide by itself, or joined with more, stays as it is", () => {
  const texts = ["👍🏽", "🏳️‍🌈", "❤️‍🔥", "1️⃣", "🇰🇷", "한글", "plain"];
  expect(texts.map(drawnText)).toEqual(texts);
  expect(cellWidth("👍️")).toBe(2);
});
