// Rows that a typed text takes on a terminal.

import { expect, test } from "bun:test";
import { displayRows } from "./display-rows.ts";

test("a short text, or none, takes one row", () => {
  expect([displayRows("", 10), displayRows("123456789", 10)]).toEqual([1, 1]);
});

test("a row that is full puts the cursor on the next", () => {
  expect([displayRows("1234567890", 10), displayRows("12345678901", 10)]).toEqual([2, 2]);
});

test("a wide letter that does not fit begins the next row", () => {
  expect(displayRows("123456789가", 10)).toBe(2);
  expect(displayRows(`${"가나다라"}a${"마바사아"}b`, 9)).toBe(3);
});
