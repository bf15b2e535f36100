// Narrowing a list down: what a person sees counts, not how it is spelled.

import { expect, test } from "bun:test";
import { fittingOf, olderChoice } from "./choices.ts";

const choice = (label: string) => ({ ...olderChoice, label });

function fitting(filter: string, ...labels: string[]): string[] {
  const list = { choices: labels.map(choice), filter: { text: filter } };
  return fittingOf(list).map(({ label }) => label);
}

test("an emoji is found with and without its selector", () => {
  const labels = ["bob: i ❤ it", "ann: i ❤️ it", "cat: 👍"];
  for (const filter of ["❤", "❤️", "❤\ufe0e"]) {
    expect(fitting(filter, ...labels)).toEqual(labels.slice(0, 2));
  }
});

test("case, composition and compatibility forms make no difference", () => {
  expect(fitting("café 한", "CAFE\u0301 한", "cafe")).toEqual(["CAFE\u0301 한"]);
  expect(fitting("ab", "ＡＢ")).toEqual(["ＡＢ"]);
});
