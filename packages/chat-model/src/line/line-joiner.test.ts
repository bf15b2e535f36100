// Texts back to lines, no matter which person speaks in between.

import { expect, test } from "bun:test";
import { goesOnWithinMs, LineJoiner } from "./line-joiner.ts";
import { joiner } from "./mark.ts";

test("prints what people say with a newline, and what ends with one as it is", () => {
  const lines = new LineJoiner();
  expect(["hi", "two\nlines", "\n"].map((text) => lines.push("ann", text, 0))).toEqual([
    "hi\n",
    "two\nlines\n",
    "\n",
  ]);
});

test("holds a line that goes on until it ends, through others' lines in between", () => {
  const lines = new LineJoiner();
  expect(lines.push("ann", `one ${joiner}`, 0)).toBe("");
  expect(lines.push("bob", "hello", 0)).toBe("hello\n");
  expect(lines.push("bob", `B${joiner}`, 0)).toBe("");
  expect(lines.push("ann", `two ${joiner}`, 0)).toBe("");
  expect(lines.push("ann", "three", 0)).toBe("one two three\n");
  expect(lines.push("bob", "\n", 0)).toBe("B\n");
});

test("ends the line of who has left, and every line at the end", () => {
  const lines = new LineJoiner();
  lines.push("ann", `cut${joiner}`, 0);
  lines.push("bob", `off${joiner}`, 0);
  expect([lines.ended("ann"), lines.ended("ann"), lines.end()]).toEqual(["cut\n", "", "off\n"]);
});

test("holds no more than its bound: then a line is printed as it comes", () => {
  const lines = new LineJoiner();
  const piece = "x".repeat(1_000_000);
  expect(lines.push("ann", piece + joiner, 0)).toBe("");
  expect(lines.push("ann", piece + joiner, 0)).toHaveLength(2_000_000);
  expect(lines.push("ann", `y${joiner}`, 0)).toBe("");
  expect(lines.push("ann", "z", 0)).toBe("yz\n");
});

test("a line that has not gone on for too long is ended before what comes then", () => {
  const lines = new LineJoiner();
  expect(lines.push("ann", `old ${joiner}`, 0)).toBe("");
  expect(lines.push("bob", `young ${joiner}`, 1)).toBe("");
  expect(lines.push("eve", "hi", goesOnWithinMs)).toBe("hi\n");
  expect(lines.push("eve", "hi", goesOnWithinMs + 1)).toBe("old \nhi\n");
  expect(lines.push("ann", "new", goesOnWithinMs + 1)).toBe("new\n");
  expect(lines.push("bob", `and ${joiner}`, goesOnWithinMs + 1)).toBe("");
  expect(lines.push("bob", "whole", 2 * goesOnWithinMs + 1)).toBe("young and whole\n");
  expect(lines.isHolding).toBe(false);
});
