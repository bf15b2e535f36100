// Starts Maru as its users do: its own process, on a free port, with these flags and no others.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { rootDir, serverPath } from "./places.ts";
import { type RunningServer, startServer } from "./start-server.ts";

/**
 * `flags` by name without dashes; `data` must be among them unless nothing is kept. `tree` is the
 * root of the repository that it is started from: this one, or another commit's.
 */
export function startMaru(
  flags: Readonly<Record<string, string>>,
  tree = rootDir,
): Promise<RunningServer> {
  const entry = join(tree, serverPath);
  if (!existsSync(entry)) throw new Error(`there is no ${serverPath}`);
  const args = Object.entries({ port: "0", "log-level": "warn", ...flags }).flatMap(
    ([name, value]) => [`--${name}`, value],
  );
  return startServer({ command: [process.execPath, entry, ...args], cwd: tree });
}
