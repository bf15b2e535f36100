// Texts back to lines, whoever speaks in between.

import { expect, test } from "bun:test";
import { LineJoiner } from "./line-joiner.ts";
import { joiner } from "./mark.ts";

test("prints what people say with a newline, and what ends with one as it is", () => {
  const lines = new LineJoiner();
  expect(["hi", "two\nlines", "\n"].map((text) => lines.push("ann", text))).toEqual([
    "hi\n",
    "two\nlines\n",
    "\n",
  ]);
});

test("holds a line that goes on until it ends, whoever speaks in between", () => {
  const lines = new LineJoiner();
  expect(lines.push("ann", `one ${joiner}`)).toBe("");
  expect(lines.push("bob", "hello")).toBe("hello\n");
  expect(lines.push("bob", `B${joiner}`)).toBe("");
  expect(lines.push("ann", `two ${joiner}`)).toBe("");
  expect(lines.push("ann", "three")).toBe("one two three\n");
  expect(lines.push("bob", "\n")).toBe("B\n");
});

test("ends the line of who has left, and every line at the end", () => {
  const lines = new LineJoiner();
  lines.push("ann", `cut${joiner}`);
  lines.push("bob", `off${joiner}`);
  expect([lines.ended("ann"), lines.ended("ann"), lines.end()]).toEqual(["cut\n", "", "off\n"]);
});

test("holds no more than its bound: then a line is printed as it comes", () => {
  const lines = new LineJoiner();
  const piece = "x".repeat(1_000_000);
  expect(lines.push("ann", piece + joiner)).toBe("");
  expect(lines.push("ann", piece + joiner)).toHaveLength(2_000_000);
  expect(lines.push("ann", `y${joiner}`)).toBe("");
  expect(lines.push("ann", "z")).toBe("yz\n");
});
