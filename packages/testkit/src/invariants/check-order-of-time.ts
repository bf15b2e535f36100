// The real-time half of G2: what is asked after another message was acknowledged comes behind it.
// One pass with the highest acknowledged seq of each room and epoch; the seq is the evidence.

import { toEvidence } from "./check-acknowledgements.ts";
import type { EpochLedger, KeyedEvidence, Ledger } from "./ledger.ts";
import type { Asked, PublisherRecord } from "./run-record.ts";

/** Call it when all have testified. Throws when the records are no order of time. */
export function checkOrderOfTime(records: readonly PublisherRecord[], ledger: Ledger): void {
  const highest = new Map<EpochLedger, KeyedEvidence>();
  const asked = new Set<string>();
  /** Acknowledgements of this very moment: simultaneous with what is asked in it, not before. */
  let fresh: KeyedEvidence[] = [];
  let now = Number.NEGATIVE_INFINITY;
  for (const record of records) {
    if (!(record.at >= now)) throw new RangeError(`${record.at} is recorded behind ${now}`);
    if (record.at > now) {
      for (const said of fresh) rise(highest, ledger.epoch(said.room, said.epoch), said);
      fresh = [];
      now = record.at;
    }
    if (record.kind === "asked") {
      if (!asked.has(record.key)) checkPlace(record, ledger, highest);
      asked.add(record.key);
      continue;
    }
    if (!asked.has(record.key)) throw new RangeError(`"${record.key}" was never asked for`);
    const said = toEvidence(record, ledger);
    if (said !== null) fresh.push(said);
  }
}

function checkPlace(
  { at, key }: Asked,
  ledger: Ledger,
  highest: ReadonlyMap<EpochLedger, KeyedEvidence>,
): void {
  const place = ledger.placeOf(key);
  if (place === undefined) return;
  const before = highest.get(ledger.epoch(place.room, place.epoch));
  if (before === undefined || place.seq >= before.seq) return;
  ledger.report("order_of_time_broken", [before, place], `asked at ${at}`);
}

function rise(
  highest: Map<EpochLedger, KeyedEvidence>,
  of: EpochLedger,
  said: KeyedEvidence,
): void {
  const before = highest.get(of);
  if (before === undefined || said.seq > before.seq) highest.set(of, said);
}
