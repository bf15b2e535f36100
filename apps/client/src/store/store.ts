// What survives a crash, kill -9 and a restart: drafts, input history, outbox, refused sends, rooms.
// Owns the files of one directory while it holds the lock; shows nothing and knows no connection.
//
// Who calls what when (modes/ does, as an effect of the step in which it happened):
// - a key changed the input: saveDraft(room, draft); it was emptied or sent: saveDraft(room, null)
// - a line was sent: outbox.put(with the cid) and remember(line) before saveDraft(room, null), then
//   client.resend([unsent]); acknowledged: outbox.settle(cid); refused: outbox.fail(cid, reason)
// - a refused one is sent again: outbox.put(same cid); dropped: outbox.settle(cid); taken back into
//   the input: saveDraft(room, draft) and outbox.settle(cid)
// - a room was opened, left, made current, a level or a nick was set: saveRooms(all of it)
// - on every way out: flush(), or close() where the process lives on (another nick)
// Changes are written at the end of the turn in which they came, in one go. Nothing waits for the
// disk platter: what is written survives the process, not a power cut.

import type { NameKey } from "@maru/protocol/chat";
import type { Unsent } from "@maru/sdk/chat";
import type { Disk, ProcessTable } from "@maru/tui/files";
import type { Draft, Stored, StoredRooms } from "./stored.ts";

export interface StoreOptions {
  /** From `storeDirectory`; made when it is not there. */
  readonly directory: string;
  /**
   * Hears in one sentence, at any time, the opening included: that the disk takes nothing (once, and
   * once when it does again), what was found broken, who else has the directory, what had to go.
   */
  readonly onProblem: (text: string) => void;
  /**
   * A guest is another one each time, and a cid counts for one nick: what a guest left unsent comes
   * back as refused, for the person to judge, because sent again it might be stored twice.
   */
  readonly isGuest?: boolean;
  /** Wall clock in milliseconds, for when a send was refused. */
  readonly now?: () => number;
  /** Seams for tests. `defer` runs something at the end of this turn. */
  readonly disk?: Disk;
  readonly processes?: ProcessTable;
  readonly defer?: (run: () => void) => void;
}

export interface Store {
  /** What was there at the start; never changes. Of another client's: the history and rooms alone. */
  readonly stored: Stored;
  /** False: another client has the directory, or the disk takes no lock yet. Nothing is kept. */
  readonly isOwner: boolean;
  /** By room key; null, or an empty text: there is none any more. */
  saveDraft(room: NameKey, draft: Draft | null): void;
  /** A line for the input history. */
  remember(line: string): void;
  readonly outbox: {
    /** It waits to be sent. One that does already changes nothing; a refused one waits again. */
    put(unsent: Unsent): void;
    /** It was stored, or dropped: it is done with. */
    settle(cid: string): void;
    /** It was refused: its text stays until it is put again or settled. */
    fail(cid: string, reason: string): void;
  };
  saveRooms(rooms: StoredRooms): void;
  /** Writes now what this turn has changed; never throws. For every way out, signals included. */
  flush(): void;
  /** Writes, makes the files small and lets others have the directory. Nothing is kept any more. */
  close(): void;
}
