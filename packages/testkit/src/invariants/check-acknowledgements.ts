// G1 and the publishers' part of G3: what was acknowledged stands in the final log, where it was said
// to stand, and was new only once.

import type { KeyedEvidence, Ledger } from "./ledger.ts";
import type { Acknowledged, PublisherRecord } from "./run-record.ts";

export function checkAcknowledgements(records: readonly PublisherRecord[], ledger: Ledger): void {
  /** Acknowledgements as new, by key: the last one, in whatever epoch. */
  const news = new Map<string, KeyedEvidence>();
  const lost = new Set<string>();
  for (const record of records) {
    if (record.kind !== "acknowledged") continue;
    const said = toEvidence(record, ledger);
    if (said === null) continue;
    if (record.duplicate === false) {
      const earlier = news.get(said.key);
      if (earlier?.epoch === said.epoch) ledger.report("acknowledged_new_twice", [earlier, said]);
      news.set(said.key, said);
    }
    const { room, epoch, seq, key } = said;
    if (ledger.isLogged(room, key) || ledger.mayBeLost(room, epoch)) {
      ledger.testify(said);
      continue;
    }
    const instead = ledger.loggedAt(room, epoch, seq);
    if (instead !== undefined) ledger.report("acknowledged_overwritten", [instead, said]);
    else {
      if (!lost.has(key)) ledger.report("acknowledged_lost", [said]);
      lost.add(key);
      ledger.testify(said);
    }
  }
}

/** Null when nothing can be held against it: its epoch is not told, and the room has had several. */
export function toEvidence(record: Acknowledged, ledger: Ledger): KeyedEvidence | null {
  const { at, room, key, seq } = record;
  if (record.epoch === undefined && !ledger.isEpochKnown(room)) return null;
  const epoch = record.epoch ?? ledger.room(room).epoch;
  return { by: "acknowledgement", who: "an acknowledgement", at, room, epoch, seq, key };
}
