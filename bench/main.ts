// `bun run bench [NAME] [options]`: runs the benchmark of that name; without a name, the whole lab.
// Owns the exit code: 0 for all well, 1 for a missed bar or a failed measurement, 2 for a mistake.

import { runCommandLine } from "./harness/command-line.ts";
import { tasks } from "./tasks.ts";

process.exit(await runCommandLine(tasks, "lab", process.argv.slice(2)));
