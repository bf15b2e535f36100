// Maru of one tree or the other as a candidate, each with those of the same flags that it knows: a
// limit that one of them has not need not be lifted there.

import { rootDir, serverPath } from "../../harness/places.ts";
import { runIn } from "../../harness/run-in.ts";
import { startMaru } from "../../harness/start-maru.ts";
import type { Candidate } from "../../servers/candidate.ts";
import { generousFlags, type MaruSettings, startGenerous } from "../../servers/generous-maru.ts";

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
  const known = theirs.intersection(ours);
  const dropped = droppedFlags(known);
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
  const help = await runIn(tree, [process.execPath, serverPath, "--help"]);
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
