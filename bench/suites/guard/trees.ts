// The two trees that the guard compares: this one, and another commit of this repository in a
// directory of its own, outside the tree, with its dependencies. Maru of either is a candidate, each
// with those of the same flags that it knows: a limit that one of them has not need not be lifted
// there. Owns the directory until it is removed; writes nothing into the repository.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runIn } from "../../harness/children.ts";
import { entryIn, rootDir } from "../../harness/places.ts";
import { startMaru } from "../../harness/server.ts";
import type { Candidate } from "../../servers/candidate.ts";
import { generousFlags, type MaruSettings, startGenerous } from "../../servers/maru.ts";

/** The full name of a commit; throws when there is none of this name. */
export async function resolveCommit(name: string): Promise<string> {
  const output = await runIn(rootDir, ["git", "rev-parse", "--verify", `${name}^{commit}`]);
  return output.trim();
}

/** A clone that borrows the repository's objects, and what `bun install` puts into it. */
export async function checkOutTree(commit: string) {
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

export type Side = "before" | "now";
export type Sides = Readonly<Record<Side, (durability: string) => Candidate>>;

/** Without these, the two would not be asked for the same thing. */
const needed = ["data", "durability", "workers", "send-rate"];

/**
 * `now` is this tree; asks both servers for their flags. `dropped` are those that only one gets,
 * because the other doesn't know them.
 */
export async function sidesOf(
  otherPath: string,
  workers: string,
): Promise<{ readonly sides: Sides; readonly dropped: readonly string[] }> {
  const [theirs, ours] = await Promise.all([flagsOf(otherPath), flagsOf(rootDir)]);
  const dropped = droppedFlags(theirs.intersection(ours));
  const sideOf = (name: Side, tree: string, flags: ReadonlySet<string>) => (durability: string) =>
    candidateOf(name, tree, flags, { workers, durability });
  return {
    sides: { before: sideOf("before", otherPath, theirs), now: sideOf("now", rootDir, ours) },
    dropped,
  };
}

/** Throws when one of them is needed. */
export function droppedFlags(known: ReadonlySet<string>): string[] {
  const dropped = generousFlags.filter((flag) => !known.has(flag));
  const lacking = dropped.filter((flag) => needed.includes(flag));
  if (lacking.length > 0) throw new Error(`one of the two has no --${lacking.join(", no --")}`);
  return dropped;
}

async function flagsOf(tree: string): Promise<Set<string>> {
  const help = await runIn(tree, [process.execPath, entryIn(tree, "server"), "--help"]);
  return new Set([...help.matchAll(/^\s+(?:-\w, )?--([a-z-]+)/gm)].map(([, flag = ""]) => flag));
}

function candidateOf(
  name: Side,
  tree: string,
  known: ReadonlySet<string>,
  settings: MaruSettings,
): Candidate {
  return {
    name,
    dialect: "maru",
    start({ connectionsMax }) {
      return startGenerous({ ...settings, connectionsMax }, (flags) => {
        const itsOwn = Object.entries(flags).filter(([flag]) => known.has(flag));
        return startMaru(Object.fromEntries(itsOwn), tree);
      });
    },
  };
}
