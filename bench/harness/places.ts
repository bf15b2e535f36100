// Where the bench finds the programs under test and keeps its own things, and directories that are
// filled and needed no more afterwards. All below the repository's root, so on a real disk, where
// fsync costs what it costs.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { watchForTheEnd } from "./children.ts";

export const rootDir = resolve(import.meta.dir, "../..");
export const benchDir = join(rootDir, "bench");
/** Compiled C and scratch data: may be deleted at any time. */
export const cacheDir = join(benchDir, ".cache");
export const resultsDir = join(benchDir, "results");
/** Results that the pages are made from. */
export const keptDir = join(resultsDir, "kept");

/** What the server's threads for its room log run. */
export const logThreadEntry = join(rootDir, "apps/server/src/log-thread.ts");

/**
 * What `bun run server` (or `client`) starts in a tree of this repository, of any commit: its
 * package.json says it, wherever that commit has it.
 */
export function entryIn(tree: string, app: "server" | "client"): string {
  const manifest = JSON.parse(readFileSync(join(tree, "package.json"), "utf8")) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  const path = manifest.scripts?.[app]?.split(" ").findLast((word) => word.endsWith(".ts"));
  if (path !== undefined && existsSync(join(tree, path))) return join(tree, path);
  throw new Error(`there is no ${app} in ${tree}`);
}

export interface ScratchDir extends Disposable {
  readonly path: string;
  remove(): void;
}

/** Empty; removed at the end of the process, if not before. */
export function createScratchDir(): ScratchDir {
  watchForTheEnd();
  mkdirSync(cacheDir, { recursive: true });
  const path = mkdtempSync(join(cacheDir, "data-"));
  const remove = () => {
    process.off("exit", remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.on("exit", remove);
  return { path, remove, [Symbol.dispose]: remove };
}
