// Type-checks every workspace package and the scripts. Turbo does it where it can run, in parallel
// and with a cache; elsewhere tsc, one package after the other.

import { type ChildResult, root, run, tsc, turbo } from "./child.ts";
import { houseFolders, listFiles } from "./house/source-files.ts";

export async function checkTypes(): Promise<ChildResult> {
  const scripts = await run(tsc("--noEmit", "-p", root));
  if (!scripts.ok) return scripts;
  const packages = await run(turbo("run", "typecheck", "--output-logs=errors-only"));
  // Its summary stands at the end of every run that took place, whatever came of it.
  if (packages.ok || /^\s*Tasks:\s/m.test(packages.output)) return packages;
  return checkOneByOne();
}

async function checkOneByOne(): Promise<ChildResult> {
  for (const { path } of listFiles(root, houseFolders, "tsconfig.json")) {
    const result = await run(tsc("--noEmit", "-p", path));
    if (!result.ok) return result;
  }
  return { ok: true, output: "" };
}
