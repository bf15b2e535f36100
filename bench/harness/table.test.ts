// One set of columns, two places.

import { expect, test } from "bun:test";
import { digits } from "./numbers.ts";
import { column, columnsOver, tableOf } from "./table.ts";

interface Row {
  readonly name: string;
  readonly ms: readonly number[];
}

const { middle, within, most } = columnsOver<Row, number>(({ ms }) => ms);
const columns = [
  column<Row>("who", ({ name }, place) => (place === "page" ? `**${name}**` : name)),
  middle("ms", (ms) => ms, digits(1)),
  most("worst", (ms) => ms, digits(0), "terminal"),
  within("ms", (ms) => ms, 1, "page"),
];
const rows = [
  { name: "a|b", ms: [3, 1, 20] },
  { name: "none", ms: [] },
];

test("a terminal has aligned columns, and those of its own", () => {
  expect(tableOf(columns, rows, "terminal").split("\n")).toEqual([
    "who    ms  worst",
    "a|b   3.0     20",
    "none    –      –",
  ]);
});

test("a page has Markdown, and columns of its own", () => {
  expect(tableOf(columns, rows, "page").split("\n")).toEqual([
    "| who | ms | ms (min–max) |",
    "| --- | --: | --: |",
    "| **a\\|b** | 3.0 | 3.0 (1.0–20.0) |",
    "| **none** | – | – |",
  ]);
});
