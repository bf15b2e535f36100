import { expect, test } from "bun:test";
import { symbolTable } from "./symbol-table.ts";

const symbols = [{ name: "dot", unicode: "·", ascii: ".", about: "between parts" }];
const words = {
  asciiFlag: "--ascii",
  alike: "it counts every letter alike.",
  notAsked: "not asked yet.",
  silent: "it does not tell.",
};
const told = (name: string, otherwise: readonly string[] | null | undefined) =>
  symbolTable(symbols, { name, otherwise }, words).split("This terminal")[1] ?? "";

test("what the terminal answered is told: otherwise and how it is drawn, alike, silent, not asked", () => {
  expect(told("tmux 3.3a, tmux-256color, in tmux", ["unicode-15", "skin tones"])).toBe(
    [
      " (tmux 3.3a, tmux-256color, in tmux): it counts these otherwise; drawn instead:",
      "  unicode-15  〓",
      "  skin tones  👍",
      "",
    ].join("\n"),
  );
  expect(told("", [])).toStartWith(": it counts every letter alike.");
  expect(told("", null)).toContain("it does not tell.");
  expect(told("", undefined)).toContain("not asked yet");
});
