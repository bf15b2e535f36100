// Fills the gap between what a room's reader has seen and what the room holds, from its history.
// Owns the order: a reset before each gap that can't be filled, then the entries of history, then
// what was held back meanwhile. Ends early and silently when its signal is aborted.

import { MaruError } from "../../base/maru-error.ts";
import type { ReplyTo } from "../command-rules.ts";
import type { RoomEvent } from "./held-events.ts";
import type { RoomCursor } from "./room-cursor.ts";

export interface CatchUpPort {
  /** A page of history; rejects with MaruError when it can't be had. */
  history(range: { after?: number; before?: number; limit: number }): Promise<ReplyTo<"history">>;
  deliver(events: readonly RoomEvent[]): void;
  reset(after: number): void;
  /** Resolves when the reader has room for more. */
  room(): Promise<void>;
  readonly pageMax: number;
  readonly signal: AbortSignal;
}

/** `announced`: a reset has been emitted already, so the history need not reach back. */
export async function catchUp(
  cursor: RoomCursor,
  port: CatchUpPort,
  announced: boolean,
): Promise<void> {
  let announcedSeq = announced ? cursor.seq : null;
  const announce = () => {
    if (port.signal.aborted || announcedSeq === cursor.seq) return;
    announcedSeq = cursor.seq;
    port.reset(cursor.seq);
  };
  try {
    if (!announced && !(await reachesBack(cursor, port))) announce();
    await pageToTarget(cursor, port, announce);
  } catch (error) {
    if (port.signal.aborted) return;
    if (!(error instanceof MaruError)) throw error;
    announce();
  }
  if (!port.signal.aborted) port.deliver(cursor.release());
}

/** Whether the server still has an entry at or before the cursor, and so everything after it. */
async function reachesBack(cursor: RoomCursor, port: CatchUpPort): Promise<boolean> {
  if (cursor.fromStart) return true;
  if (cursor.seq === 0) return false;
  const page = await port.history({ before: cursor.seq + 1, limit: 1 });
  return page.entries.length > 0;
}

async function pageToTarget(
  cursor: RoomCursor,
  port: CatchUpPort,
  announce: () => void,
): Promise<void> {
  while (!cursor.caughtUp && !port.signal.aborted) {
    await port.room();
    const page = await port.history({ after: cursor.seq, limit: port.pageMax });
    if (port.signal.aborted) return;
    // What stood here was there a page ago, perhaps: a log lets go of its oldest at any time.
    if (page.gap === true) announce();
    const before = cursor.seq;
    port.deliver(cursor.page(page.entries));
    // Seqs need not be dense: the newest may be gone, and then there is no more to come.
    if (cursor.seq === before) return;
  }
}
