// Another commit of this repository in a directory of its own, with its dependencies: outside the
// tree, so that nothing of it is found by whatever walks through the tree. Owns the directory until
// the process ends; writes nothing into the repository.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootDir } from "../../harness/places.ts";
import { runIn } from "../../harness/run-in.ts";

export interface OtherTree {
  readonly path: string;
  remove(): void;
}

/** The full name of a commit; throws when there is none of this name. */
export async function resolveCommit(name: string): Promise<string> {
  const output = await runIn(rootDir, ["git", "rev-parse", "--verify", `${name}^{commit}`]);
  return output.trim();
}

/** A clone that borrows the repository's objects, and what `bun install` puts into it. */
export async function checkOutTree(commit: string): Promise<OtherTree> {
  const path = mkdtempSync(join(tmpdir(), "maru-guard-"));
  const remove = () => {
    process.off("exit", remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.on("exit", remove);
  try {
    await runIn(rootDir, ["git", "clone", "--quiet", "--shared", "--no-checkout", rootDir, path]);
    await runIn(path, ["git", "checkout", "--quiet", "--detach", commit]);
    await runIn(path, [process.execPath, "install", "--frozen-lockfile", "--silent"]);
    return { path, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
