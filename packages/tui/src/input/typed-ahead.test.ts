// What was typed before the terminal was taken; that it is read at all, test/screen/early.test.ts shows.

import { expect, test } from "bun:test";
import { closeSync, openSync } from "node:fs";
import { asTyped, readTypedAhead } from "./typed-ahead.ts";

test.each([
  ["", ""],
  ["hel", "hel"],
  ["\n", "\r"],
  ["안녕 hello\n", "안녕 hello\r"],
  ["one\ntwo\n", "one\ntwo\n"],
  ["one\ntw", "one\ntw"],
  ["\n\n", "\n\n"],
])("%j is %j: one line that ended was typed, several may have been pasted", (given, meant) => {
  expect(Buffer.from(asTyped(Buffer.from(given))).toString()).toBe(meant);
});

test("where nothing can be read, nothing was typed", () => {
  const file = openSync("/dev/null", "r");
  expect(readTypedAhead(file)).toHaveLength(0);
  closeSync(file);
  expect(readTypedAhead(9999)).toHaveLength(0);
});
