// Starts Maru as its users do: its own process, on a free port, with these flags and no others.

import { existsSync } from "node:fs";
import { rootDir, serverEntry } from "./places.ts";
import { type RunningServer, startServer } from "./start-server.ts";

/** `flags` by name without dashes; `data` must be among them unless nothing is kept. */
export function startMaru(flags: Readonly<Record<string, string>>): Promise<RunningServer> {
  if (!existsSync(serverEntry)) throw new Error("apps/server is not there yet");
  const args = Object.entries({ port: "0", "log-level": "warn", ...flags }).flatMap(
    ([name, value]) => [`--${name}`, value],
  );
  return startServer({ command: [process.execPath, serverEntry, ...args], cwd: rootDir });
}
