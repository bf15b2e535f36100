// `bun run test [ARG ...]`: every test of the workspace by `bun test`, which gets the arguments.
// Ends with one plain line, `N passed, N failed`, and with the exit code of `bun test`.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runHere } from "./child.ts";
import { withoutOwnPlaces } from "./own-places.ts";
import { summaryOf } from "./test-summary.ts";

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
