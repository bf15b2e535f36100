// No imports lead in circles, types included: a circle is one file in disguise.

import { describe, expect, test } from "bun:test";
import { resolve } from "node:path";
import { circlesIn } from "./house/circles.ts";
import { houseFolders, listFiles } from "./house/source-files.ts";

const files = listFiles(resolve(import.meta.dir, ".."), houseFolders, ".ts");

test("no imports lead in circles, types included", () => {
  expect(files.length).toBeGreaterThan(50);
  expect(circlesIn(files)).toEqual([]);
});

describe("a circle is found", () => {
  const file = (name: string, ...imports: string[]) => ({
    path: `a/${name}.ts`,
    text: imports.map((each) => `import type { x } from "./${each}.ts";`).join("\n"),
  });

  test("of two, of three behind another file, and of two that share one", () => {
    expect(circlesIn([file("a", "b"), file("b", "a")])).toEqual([["a/a.ts", "a/b.ts"]]);
    const three = [file("top", "a"), file("a", "b"), file("b", "c"), file("c", "a")];
    expect(circlesIn(three)).toEqual([["a/a.ts", "a/b.ts", "a/c.ts"]]);
    const shared = [file("a", "b", "c"), file("b", "a"), file("c", "a")];
    expect(circlesIn(shared)).toEqual([["a/a.ts", "a/b.ts", "a/c.ts"]]);
  });

  test("nowhere among files that meet again further down", () => {
    const met = [file("a", "b", "c"), file("b", "d"), file("c", "d"), file("d")];
    expect(circlesIn(met)).toEqual([]);
  });
});
