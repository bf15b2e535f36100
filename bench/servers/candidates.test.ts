// What a command line of candidates comes to on this machine, and what is said of those left out.

import { expect, test } from "bun:test";
import { allNames, carriersOf, chooseCandidates } from "./candidates.ts";

const programs = { load: "load", coalescing: "coalescing", chapter: "chapter" };

test("all are those that are here, each once, and a line for each that isn't", () => {
  const lines: string[] = [];
  const chosen = chooseCandidates(["bun-serve", "all"], programs, (line) => lines.push(line));
  expect(chosen[0]?.name).toBe("bun-serve");
  expect(chosen.length + lines.length).toBe(allNames.length);
  for (const line of lines) expect(line).toMatch(/^\S+: skipped, because it is not here: \S/);
});

test("a name that no candidate has ends the run", () => {
  expect(() => chooseCandidates(["maru:x"], programs)).toThrow('no candidate is called "maru:x"');
});

test("a candidate is left out of the texts that don't fit into its protocol", () => {
  const lines: string[] = [];
  const candidates = chooseCandidates(["bun-serve"], programs).map((each) => ({
    ...each,
    textBytesMax: 320,
  }));
  expect(carriersOf(candidates, 320, (line) => lines.push(line))).toEqual(candidates);
  expect(carriersOf(candidates, 321, (line) => lines.push(line))).toEqual([]);
  expect(lines).toEqual(["bun-serve: skipped with 321-byte texts: at most 320 fit"]);
});
