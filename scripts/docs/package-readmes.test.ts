// Each package says in a README what it is, and what its examples import is there.

import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dir, "../..");
/** Lines; what needs more has a page in docs. */
const linesMax = 30;

const importLine = /^import (type )?\{([^}]+)\} from "([^"]+)";$/gm;

for (const name of readdirSync(join(root, "packages"))) {
  const path = join(root, "packages", name, "README.md");
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";

  describe(`the README of packages/${name}`, () => {
    test("begins with its name, and is short", () => {
      expect(text).toStartWith(`# @maru/${name}\n`);
      expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(linesMax);
    });

    test("leads to what is there", () => {
      const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
      expect(links.filter((link) => !existsSync(join(dirname(path), link)))).toEqual([]);
    });

    test("imports in its examples what is exported", async () => {
      const missing: string[] = [];
      for (const [, isType, names = "", specifier = ""] of text.matchAll(importLine)) {
        if (isType !== undefined || !specifier.startsWith("@maru/")) continue;
        const exported = await import(Bun.resolveSync(specifier, entryBeside(specifier)));
        const values = names.split(",").map((each) => each.trim());
        for (const each of values) {
          if (!each.startsWith("type ") && !(each in exported))
            missing.push(`${specifier} ${each}`);
        }
      }
      expect(missing).toEqual([]);
    });
  });
}

/** Inside the package that is named, which may name itself. */
function entryBeside(specifier: string): string {
  return join(root, "packages", specifier.split("/")[1] ?? "", "src");
}
