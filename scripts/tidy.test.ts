// Holds the code to the rules of style that a machine can check: scripts/house/tidy-rules.ts.

import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { longFunctions } from "./house/function-length.ts";
import { houseFolders, listFiles, type SourceFile } from "./house/source-files.ts";
import { installFiles, tidyRules } from "./house/tidy-rules.ts";

const root = resolve(import.meta.dir, "..");
/** The rules and their samples name what they ban. */
const exempt = new Set(["scripts/house/tidy-rules.ts", "scripts/tidy.test.ts"]);
const files = listFiles(root, houseFolders, ".ts").filter(({ path }) => !exempt.has(path));

function offences(list: readonly SourceFile[], rule: (typeof tidyRules)[number]): string[] {
  return list.flatMap((file) => {
    const offence = rule.judge(file);
    return offence === null ? [] : [`${file.path} (${offence}): ${rule.why}`];
  });
}

describe("every file of the project obeys: ", () => {
  test("there are files to judge", () => expect(files.length).toBeGreaterThan(80));
  for (const rule of tidyRules) {
    test(rule.name, () => expect(offences(files, rule)).toEqual([]));
  }

  test(installFiles.name, () => {
    const manifests = listFiles(root, houseFolders, "package.json");
    const own = ["bun.lock", "bunfig.toml", "package.json"].map((path) => ({
      path,
      text: readFileSync(join(root, path), "utf8"),
    }));
    expect(offences([...own, ...manifests], installFiles)).toEqual([]);
  });
});

describe("each rule can fail: ", () => {
  for (const rule of [...tidyRules, installFiles]) {
    test(rule.name, () => expect(offences([rule.sample], rule)).toHaveLength(1));
  }

  test("and a good file breaks none", () => {
    const text = [
      "// Owns nothing; an example of a file that is in order.",
      "// It may talk of console.log, of process.env, of any type, and of https://example.org.",
      "",
      "/** Never `any`: any number will do. */",
      "export function double(anything: number): number {",
      "  return anything * 2; // console.log would be wrong here",
      "}",
      "",
    ].join("\n");
    for (const path of ["packages/core/src/double.ts", "packages/core/src/double.test.ts"]) {
      for (const rule of tidyRules) expect(offences([{ path, text }], rule)).toEqual([]);
    }
  });

  test("and a note with its issue is fine, and so is a condition", () => {
    const note = { path: "a/b.ts", text: "// A.\n// TODO(#12): later\n" };
    const condition = { path: "a/b.test.ts", text: 'test.skipIf(noPython)("runs", () => {});\n' };
    for (const rule of tidyRules) {
      expect(offences([note, condition], rule)).toEqual([]);
    }
  });
});

describe("the length of a function", () => {
  const body = "  a();\n".repeat(10);
  const long = (text: string) => longFunctions(text, 10).map(({ line, lines }) => [line, lines]);

  test("is measured for functions, methods and arrows", () => {
    expect(long(`function f(): void {\n${body}}\n`)).toEqual([[1, 12]]);
    expect(long(`export async function f(\n  a: number,\n): Promise<void> {\n${body}}\n`)).toEqual([
      [3, 12],
    ]);
    expect(long(`const f = (a: number) => {\n${body}};\n`)).toEqual([[1, 12]]);
    expect(long(`class A {\n  #run(): void {\n${body.replaceAll("  ", "    ")}  }\n}\n`)).toEqual([
      [2, 12],
    ]);
  });

  test("is not measured for blocks, objects and classes", () => {
    for (const head of [
      "if (a) {",
      "for (const b of c) {",
      "const a = {",
      "class A {",
      "switch (a) {",
    ]) {
      expect(long(`${head}\n${body}}\n`)).toEqual([]);
    }
    expect(long(`function f() {\n  a();\n}\n`)).toEqual([]);
  });
});
