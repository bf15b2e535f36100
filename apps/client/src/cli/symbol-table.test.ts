import { expect, test } from "bun:test";
import { symbolTable } from "./symbol-table.ts";

const symbols = [{ name: "dot", unicode: "·", ascii: ".", about: "between parts" }];
const told = (name: string, otherwise: readonly string[] | null | undefined) =>
  symbolTable(symbols, { name, otherwise }).split("This terminal")[1] ?? "";

test("what the terminal answered is told: otherwise and how it is drawn, alike, silent, not asked", () => {
  expect(told("tmux 3.3a, tmux-256color, in tmux", ["unicode-15", "skin tones"])).toBe(
    [
      " (tmux 3.3a, tmux-256color, in tmux): it counts these otherwise; drawn instead:",
      "  unicode-15  〓",
      "  skin tones  👍",
      "",
    ].join("\n"),
  );
  expect(told("", [])).toStartWith(": it counts every letter that was tried as the client does");
  expect(told("", null)).toContain('symbols = "plain"');
  expect(told("", undefined)).toContain("not asked yet");
});
