// How far accounts have read rooms, as rows. An account has a bounded number of markers, and one that
// was not set for long goes. Everything here runs within the writer's transaction.

import type { Database, Statement } from "bun:sqlite";

export interface MarkerBounds {
  /** Markers of one account; the one that was set longest ago goes. */
  readonly markersPerAccount: number;
  /** Milliseconds for which a marker is kept that is not set again; 0 = for ever. */
  readonly keepMarkerMs: number;
}

type Key = { readonly account: string; readonly room: number };

/** Markers looked at in one step, about half a millisecond. */
export const markerStepRows = 1_000;

export class MarkerWriter {
  readonly #bounds: MarkerBounds;
  readonly #reset: Statement;
  readonly #insert: Statement;
  readonly #count: Statement<{ count: number }, [string]>;
  readonly #dropOldest: Statement;
  readonly #walk: Statement<Key & { at: number }, [string, number]>;
  readonly #drop: Statement;
  /** When those were set that have no time of their own. */
  readonly #sinceMs: number;
  /** Where the walk through all markers stands. */
  #walked: Key = { account: "", room: 0 };

  constructor(db: Database, bounds: MarkerBounds) {
    this.#bounds = bounds;
    this.#reset = db.query("UPDATE marker SET seq = ?3, at = ?4 WHERE account = ?1 AND room = ?2");
    this.#insert = db.query("INSERT INTO marker VALUES (?1, ?2, ?3, ?4)");
    this.#count = db.query("SELECT count(*) AS count FROM marker WHERE account = ?");
    this.#dropOldest = db.query(
      `DELETE FROM marker WHERE account = ?1 AND room IN
        (SELECT room FROM marker WHERE account = ?1 ORDER BY at, room LIMIT ?2)`,
    );
    this.#walk = db.query(
      `SELECT account, room, at FROM marker WHERE (account, room) > (?, ?)
      ORDER BY account, room LIMIT ${markerStepRows}`,
    );
    this.#drop = db.query("DELETE FROM marker WHERE account = ? AND room = ?");
    const meta = db.query<{ since: number }, []>("SELECT markers_since AS since FROM meta").get();
    this.#sinceMs = meta?.since ?? 0;
  }

  /** False if there is none. */
  set(account: string, room: number, seq: number, now: number): boolean {
    return this.#reset.run(account, room, seq, now).changes > 0;
  }

  /** One that set() has not found. */
  add(account: string, room: number, seq: number, now: number): void {
    const { markersPerAccount } = this.#bounds;
    const over = (this.#count.get(account)?.count ?? 0) + 1 - markersPerAccount;
    if (over > 0) this.#dropOldest.run(account, over);
    this.#insert.run(account, room, seq, now);
  }

  /** Goes on through all markers, a step; how many of them were too old. */
  expire(now: number): number {
    const { keepMarkerMs } = this.#bounds;
    if (keepMarkerMs === 0) return 0;
    const rows = this.#walk.all(this.#walked.account, this.#walked.room);
    const last = rows.at(-1);
    this.#walked = rows.length < markerStepRows || !last ? { account: "", room: 0 } : last;
    const old = rows.filter(({ at }) => (at || this.#sinceMs) < now - keepMarkerMs);
    for (const { account, room } of old) this.#drop.run(account, room);
    return old.length;
  }
}
