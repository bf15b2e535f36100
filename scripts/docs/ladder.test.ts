// Each rung of the ladder in examples/ is short, says what it teaches, and ends with an exercise.

import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isTest, listFiles } from "../house/source-files.ts";

const root = resolve(import.meta.dir, "../..");
const page = readFileSync(join(root, "examples/README.md"), "utf8");
const rungs = [...page.matchAll(/^\| \[(\d\d-[a-z-]+)\]\(\1\) \|/gm)].map(([, rung]) => rung ?? "");
const exercises = [...page.matchAll(/^- \*\*(\d\d-[a-z-]+)\*\*/gm)].map(([, rung]) => rung ?? "");

test("the page lists the rungs in order, with an exercise each", () => {
  expect(rungs).not.toEqual([]);
  expect(rungs).toEqual([...rungs].sort());
  expect(exercises).toEqual(rungs);
});

describe.each(rungs)("%s", (rung) => {
  const files = listFiles(root, [`examples/${rung}`], ".ts");
  const program = files.filter(({ path }) => !isTest(path));

  test("is a program of fewer than a hundred lines of code, with a test", () => {
    const lines = program
      .flatMap(({ text }) => text.split("\n"))
      .filter((line) => line.trim() !== "" && !line.trim().startsWith("//"));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThan(100);
    expect(files.some(({ path }) => path.endsWith(".test.ts"))).toBe(true);
  });

  test("says what it teaches, in place of what, and asks for more at its end", () => {
    const [first, ...others] = program.filter(({ text }) => text.includes("\n// Teaches: "));
    expect(others).toEqual([]);
    const text = first?.text ?? "";
    const [, number = "", name = ""] = /^(\d\d)-(.+)$/.exec(rung) ?? [];
    const title = `${name[0]?.toUpperCase()}${name.slice(1).replaceAll("-", " ")}`;
    expect(text).toStartWith(`// ${number} ${title}: `);
    expect(text).toContain("\n// In place of: ");
    const [, end = ""] = text.split("\n// Exercise: ");
    expect(end).not.toBe("");
    expect(end.split("\n").slice(1, -1)).toSatisfy((lines) =>
      lines.every((line) => line.startsWith("// ")),
    );
  });

  test("is run by commands that exist", () => {
    const row = page.split("\n").find((line) => line.startsWith(`| [${rung}]`)) ?? "";
    const programs = [...row.matchAll(/bun (examples\/[\w/-]+\.ts)/g)].map(
      ([, path]) => path ?? "",
    );
    expect(programs).not.toEqual([]);
    for (const path of programs) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
  });
});
