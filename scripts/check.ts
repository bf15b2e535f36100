// `bun run check`: everything that must hold besides the tests of behaviour, the fast things first.
// A line a step; ends at the first failure, with its output and exit code 1.

import { biome, type ChildResult, root, run, tsc, turbo } from "./child.ts";
import { houseFolders, listFiles } from "./house/source-files.ts";
import { readNoArguments } from "./no-arguments.ts";

readNoArguments(
  "usage: bun run check   (format, lint, types, arrows, circles, house rules, generated docs)",
);

/** A machine that is busy with something else is slow, not wrong. */
const testMsMax = 60_000;
const testFile = (path: string) => run([process.execPath, "test", `--timeout=${testMsMax}`, path]);

/**
 * Every workspace package and the scripts. Turbo does it where it can run, in parallel and with a
 * cache; elsewhere tsc, one package after the other.
 */
async function checkTypes(): Promise<ChildResult> {
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

interface Step {
  readonly name: string;
  readonly run: () => Promise<ChildResult>;
}

const steps: readonly Step[] = [
  { name: "format and lint", run: () => run(biome("check")) },
  { name: "types", run: checkTypes },
  { name: "dependency arrows", run: () => testFile("scripts/arrows.test.ts") },
  { name: "import circles", run: () => testFile("scripts/circles.test.ts") },
  { name: "tidiness", run: () => testFile("scripts/tidy.test.ts") },
  { name: "generated docs", run: () => testFile("scripts/generate-docs.test.ts") },
];

for (const step of steps) {
  const started = performance.now();
  const { ok, output } = await step.run();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${ok ? "ok    " : "FAILED"}  ${step.name} (${seconds} s)\n`);
  if (ok) continue;
  process.stdout.write(`\n${output.trimEnd()}\n`);
  process.exit(1);
}
