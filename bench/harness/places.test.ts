// What is started of a tree is what its own package.json says, wherever that commit has it.

import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createScratchDir, entryIn, rootDir } from "./places.ts";

test.each([
  ["bun scripts/launch.ts apps/server/src/main.ts", "apps/server/src/main.ts"],
  ["bun elsewhere/start.ts", "elsewhere/start.ts"],
])("the server of %p is found", (script, path) => {
  using tree = createScratchDir();
  const manifest = { scripts: { server: script, client: "bun apps/gone.ts" } };
  writeFileSync(join(tree.path, "package.json"), JSON.stringify(manifest));
  mkdirSync(join(tree.path, path, ".."), { recursive: true });
  writeFileSync(join(tree.path, path), "");
  expect(entryIn(tree.path, "server")).toBe(join(tree.path, path));
  expect(() => entryIn(tree.path, "client")).toThrow("there is no client");
});

test("this tree has both", () => {
  for (const app of ["server", "client"] as const) expect(entryIn(rootDir, app)).toEndWith(".ts");
});
