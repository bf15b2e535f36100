// A table of processes that a test makes up.

import type { ProcessTable } from "../../files/process-table.ts";

/** Of process `pid`; those of `living` run besides it. */
export function processTable(pid = 100, living: readonly number[] = []): ProcessTable {
  return {
    pid,
    startOf: (other) => (other === pid || living.includes(other) ? `s${other}` : null),
  };
}
