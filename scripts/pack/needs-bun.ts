// What stands in a package for Bun alone where others look for JavaScript: a module with the names that
// they import, so that they come as far as its one sentence instead of an error about a name.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "./packages.ts";

const transpiler = new Bun.Transpiler({ loader: "ts" });

export function needsBunModule(
  { name, engines }: Manifest,
  /** The package's, which the entries are relative to. */
  folder: string,
  entries: readonly string[],
): string {
  const names = new Set(entries.flatMap((entry) => valuesOf(join(folder, entry))));
  const sentence = `${name} runs on Bun alone (${engines.bun}); what runs elsewhere too is @maru/protocol and @maru/sdk`;
  return [
    ...[...names].sort().map((each) => `export const ${each} = undefined;`),
    `throw new Error(${JSON.stringify(sentence)});`,
    "",
  ].join("\n");
}

/** The values that a module exports; types are gone. */
function valuesOf(path: string): readonly string[] {
  const text = readFileSync(path, "utf8");
  if (/^export \*/m.test(text)) throw new Error(`${path}: an entry names what it exports`);
  return transpiler.scan(text).exports;
}
