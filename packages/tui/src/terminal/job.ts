// Whether a shell waits for this job, and could let it go on if it stopped. Reads /proc, where there is
// one; knows no terminal.

import { readFileSync } from "node:fs";

/** Ancestors that are looked at: a job has a few, not many. */
const ancestorsMax = 16;

interface Kin {
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

/** Null where the system does not tell. */
function kinOf(pid: number): Kin | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [parent = 0, group = 0, session = 0] = fields.slice(1, 4).map(Number);
    return { parent, group, session };
  } catch {
    return null;
  }
}

/** True if a process of the same session and another group is above this job; null: not known. */
export function hasShell(pid: number, kin: (pid: number) => Kin | null = kinOf): boolean | null {
  const own = kin(pid);
  if (own === null) return null;
  let above = own.parent;
  for (let looked = 0; looked < ancestorsMax; looked += 1) {
    const next = kin(above);
    if (next === null || next.session !== own.session) return false;
    if (next.group !== own.group) return true;
    above = next.parent;
  }
  return false;
}
