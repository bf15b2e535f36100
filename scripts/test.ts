// `bun run test [ARG ...]`: every test of the workspace by `bun test`, which gets the arguments.
// Ends with one plain line, `N passed, N failed`, and with the exit code of `bun test`.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runHere } from "./child.ts";
import { isHelpAsked, showHelp } from "./no-arguments.ts";
import { withoutOwnPlaces } from "./own-places.ts";
import { summaryOf } from "./test-summary.ts";

const usage = `usage: bun run test [ARG ...]

Every test of the workspace, or those whose path holds an ARG; options go to \`bun test\`
(-t PATTERN: by their names).`;

if (isHelpAsked(process.argv.slice(2))) showHelp(usage);

/** A test that takes longer hangs; bunfig has no such setting that `bun test` obeys. */
const testMsMax = 30_000;

const scratch = mkdtempSync(join(tmpdir(), "maru-test-"));
const report = join(scratch, "junit.xml");
try {
  const command = [
    process.execPath,
    "test",
    `--timeout=${testMsMax}`,
    "--reporter=junit",
    `--reporter-outfile=${report}`,
    ...process.argv.slice(2),
  ];
  const exitCode = await runHere(command, withoutOwnPlaces({ ...process.env }));
  const junit = existsSync(report) ? readFileSync(report, "utf8") : "";
  process.stdout.write(`${summaryOf(junit, exitCode)}\n`);
  process.exitCode = exitCode;
} finally {
  rmSync(scratch, { recursive: true });
}
