// Maru of one tree or the other as a candidate, both with the same flags: those that both know.

import type { Candidate } from "../servers/candidate.ts";
import { type MaruSettings, startUnlimited } from "../servers/unlimited-maru.ts";
import { rootDir, serverPath } from "../stage/places.ts";
import { runIn } from "../stage/run-in.ts";
import { startMaru } from "../stage/start-maru.ts";

export type Side = "before" | "now";

export type Sides = Readonly<Record<Side, (durability: string) => Candidate>>;

/** `now` is this tree; asks both servers for their flags. */
export async function sidesOf(otherPath: string, workers: string): Promise<Sides> {
  const [theirs, ours] = await Promise.all([flagsOf(otherPath), flagsOf(rootDir)]);
  const known = theirs.intersection(ours);
  const sideOf = (name: Side, tree: string) => (durability: string) =>
    candidateOf(name, tree, known, { workers, durability });
  return { before: sideOf("before", otherPath), now: sideOf("now", rootDir) };
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
      return startUnlimited({ ...settings, connectionsMax }, (flags) => {
        const common = Object.entries(flags).filter(([flag]) => known.has(flag));
        return startMaru(Object.fromEntries(common), tree);
      });
    },
  };
}
