// Directories that a benchmark fills and nobody needs afterwards. Owns them until the process ends.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { watchForTheEnd } from "./children.ts";
import { cacheDir } from "./places.ts";

export interface ScratchDir {
  readonly path: string;
  remove(): void;
}

/** Below the cache: on a real disk, where fsync costs what it costs. */
export function createScratchDir(): ScratchDir {
  watchForTheEnd();
  mkdirSync(cacheDir, { recursive: true });
  const path = mkdtempSync(join(cacheDir, "data-"));
  const remove = () => {
    process.off("exit", remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.on("exit", remove);
  return { path, remove };
}
