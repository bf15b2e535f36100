// `bun run check`: everything that must hold besides the tests of behaviour, the fast things first.
// A line a step; ends at the first failure, with its output and exit code 1.

import { checkTypes } from "./check-types.ts";
import { biome, type ChildResult, run } from "./child.ts";
import { readNoArguments } from "./no-arguments.ts";

readNoArguments(
  "usage: bun run check   (format, lint, types, arrows, circles, house rules, generated docs)",
);

/** A machine that is busy with something else is slow, not wrong. */
const testMsMax = 60_000;
const testFile = (path: string) => run([process.execPath, "test", `--timeout=${testMsMax}`, path]);

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
