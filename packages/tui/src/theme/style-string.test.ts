// Looks as a theme writes them.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { parseStyle, type StyleWords } from "./style-string.ts";

const plain: StyleWords = {
  fg: null,
  bg: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

test.each([
  ["", {}],
  ["bold #FFAA00 on #101010", { bold: true, fg: "#ffaa00", bg: "#101010" }],
  ["bright-red underline", { fg: 9, underline: true }],
  ["dim italic inverse", { dim: true, italic: true, inverse: true }],
  ["on blue", { bg: 4 }],
  ["on blue Red  bold", { bg: 4, fg: 1, bold: true }],
  ["default on default", { fg: "default", bg: "default" }],
  ["grey", { fg: 8 }],
  ["0 on 15", { fg: 0, bg: 15 }],
] as [string, Partial<StyleWords>][])("%p is read", (text, style) => {
  expect(parseStyle(text)).toEqual({ ok: true, style: { ...plain, ...style } });
});

test.each([
  ["bald", '"bald" is neither a colour'],
  ["#fff", "six digits"],
  ["#12345g", "six digits"],
  ["16", "neither a colour"],
  ["01", "neither a colour"],
  ["-1", "neither a colour"],
  ["red blue", "one colour too many"],
  ["on red on blue", "one colour too many"],
  ["on", "needs a colour"],
  ["red on", "needs a colour"],
  ["on on red", '"on" stands twice'],
  ["on bold", "which is no colour"],
  ["bold bold", "stands twice"],
  [`${"x".repeat(101)}`, "too long"],
])("%p is refused, and why is said", (text, problem) => {
  expect(parseStyle(text)).toMatchObject({ ok: false });
  expect(JSON.stringify(parseStyle(text))).toContain(JSON.stringify(problem).slice(1, -1));
});

test("any text is read or refused, and never thrown at", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => typeof parseStyle(text).ok === "boolean"),
  );
});
