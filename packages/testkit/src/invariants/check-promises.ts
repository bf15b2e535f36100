// Checks a finished run against the promises G1 to G4. Pure: records in, violations out. Linear in
// the number of records, but for a binary search at each start of an observer.

import { checkAcknowledgements } from "./check-acknowledgements.ts";
import { checkObserver } from "./check-observer.ts";
import { checkOrderOfTime } from "./check-order-of-time.ts";
import { Ledger } from "./ledger.ts";
import type { RunRecord } from "./run-record.ts";
import type { Violation } from "./violation.ts";

export interface CheckOptions {
  /** The durability allows a loss, where a new epoch of the room announces it. */
  readonly mayLose?: boolean;
}

/**
 * Every way in which the run breaks a promise; none when it keeps them all. One fault may break
 * several. Throws a RangeError when the records themselves cannot be: that is the harness's fault.
 */
export function checkPromises(run: RunRecord, options: CheckOptions = {}): Violation[] {
  const ledger = new Ledger(run.logs, options.mayLose ?? false);
  nameEpochs(run, ledger);
  checkAcknowledgements(run.publishers, ledger);
  for (const observer of run.observers) checkObserver(observer, ledger);
  checkOrderOfTime(run.publishers, ledger);
  return ledger.violations;
}

/** Whether an acknowledgement without an epoch can be placed depends on all that are ever named. */
function nameEpochs({ publishers, observers }: RunRecord, ledger: Ledger): void {
  for (const record of publishers) {
    const epoch = record.kind === "acknowledged" ? record.epoch : undefined;
    if (epoch !== undefined) ledger.epoch(record.room, epoch);
  }
  for (const { room, steps } of observers) {
    for (const step of steps) if (step.kind === "joined") ledger.epoch(room, step.epoch);
  }
}
