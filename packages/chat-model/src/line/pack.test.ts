// Lines that travel together.

import { expect, test } from "bun:test";
import { joiner } from "./mark.ts";
import { pack } from "./pack.ts";

function packed(...texts: string[]): string[] {
  const cuts = texts.map((text, index) => ({ line: index + 1, text }));
  return [...pack(cuts, 12)].map(({ text }) => text);
}

test("joins lines as long as they fit", () => {
  expect(packed("one", "two", "three", "4")).toEqual(["one\ntwo", "three\n4"]);
});

test("keeps empty lines where they are", () => {
  expect(packed("a", "\n", "\n", "b")).toEqual(["a\n\n\nb"]);
  expect(packed("a", "\n")).toEqual(["a\n\n"]);
});

test("lets pieces of a long line travel alone", () => {
  expect(packed("a", `piece${joiner}`, "end", "b")).toEqual(["a", `piece${joiner}`, "end\nb"]);
});

test("gives a line that fills a text as it is", () => {
  expect(packed("a", "twelve bytes", "b")).toEqual(["a", "twelve bytes", "b"]);
});
