// A result is never lost to a later one.

import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createScratchDir } from "./places.ts";
import { writeBeside } from "./record.ts";

test("a second result of the same second is kept beside the first", () => {
  const dir = createScratchDir();
  const name = join(dir.path, "fanout-20260101T000000");
  const paths = ["a", "b", "c"].map((text) => writeBeside(name, text));
  expect(paths).toEqual([`${name}.json`, `${name}-2.json`, `${name}-3.json`]);
  expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual(["a", "b", "c"]);
  dir.remove();
});
