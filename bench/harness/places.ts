// Where the bench finds the server and keeps its own things. All below the repository's root.

import { join, resolve } from "node:path";

export const rootDir = resolve(import.meta.dir, "../..");
export const benchDir = join(rootDir, "bench");
/** Compiled C and scratch data: may be deleted at any time. */
export const cacheDir = join(benchDir, ".cache");
export const resultsDir = join(benchDir, "results");
/** The server under test, as `bun run server` starts it; below the root of its tree. */
export const serverPath = "apps/server/src/main.ts";
/** What the server's threads for its room log run. */
export const logThreadEntry = join(rootDir, "apps/server/src/log-thread.ts");
