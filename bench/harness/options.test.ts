// Lists on a command line.

import { expect, test } from "bun:test";
import { readList, readNames } from "./options.ts";

test("a list is what stands between the commas", () => {
  expect(readList("a,,b,")).toEqual(["a", "b"]);
  expect(readList("")).toEqual([]);
});

test("names come in the order in which they are known, all of them where none are asked for", () => {
  expect(readNames("rows", "c,a", ["a", "b", "c"])).toEqual(["a", "c"]);
  expect(readNames("rows", undefined, ["a", "b"])).toEqual(["a", "b"]);
});

test("a name that is not known is told with those that are known", () => {
  expect(() => readNames("rows", "a,z", ["a", "b"])).toThrow('--rows takes a, b, not "z"');
  expect(() => readNames("rows", ",", ["a"])).toThrow("--rows");
});
