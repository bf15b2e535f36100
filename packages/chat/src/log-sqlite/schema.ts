// What the database holds: numbered migrations, each run once, in order, in a transaction of its own.
// One that has been released is never changed; a new one is added behind it.

/** "Maru" in ASCII: a database with another number is of another program. */
export const applicationId = 0x4d617275;

/** Places of a room in an entry's id; a room has as many seqs. */
export const seqsPerRoom = 2 ** 32;
/** With these, ids stay whole numbers in JavaScript. */
export const roomsMax = 2 ** 21 - 1;

/** An entry's id in the database: the room's number, then the seq, so that a room's entries lie together. */
export function entryId(room: number, seq: number): number {
  return room * seqsPerRoom + seq;
}

export function seqOf(id: number): number {
  return id % seqsPerRoom;
}

export function roomOf(id: number): number {
  return Math.floor(id / seqsPerRoom);
}

export const migrations: readonly string[] = [
  `
  -- What is true of the whole database. The secret makes epochs that nobody guesses; the generation
  -- is counted up when acknowledged entries may have been lost, and makes every epoch another one.
  CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    secret TEXT NOT NULL,
    generation INTEGER NOT NULL,
    -- The boot of the machine during which the database was last opened; empty once it was closed.
    boot TEXT NOT NULL
  ) STRICT;

  CREATE TABLE room (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- The newest seq that was ever given, and the oldest that is kept.
    head INTEGER NOT NULL,
    first INTEGER NOT NULL,
    -- Entries kept, and bytes of them.
    entries INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    topic TEXT NOT NULL
  ) STRICT;

  CREATE TABLE entry (
    -- room.id * 2^32 + seq: a room's entries lie side by side, in their order.
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    -- 1 message, 2 edit, 3 redaction, 4 reaction, 5 topic
    kind INTEGER NOT NULL,
    account TEXT NOT NULL,
    sender TEXT NOT NULL,
    cid TEXT,
    -- The seq that an amendment is about; of a message, the one that it answers.
    target INTEGER,
    -- text, emoji, reason or topic; a message's as the last edit left it
    body TEXT NOT NULL,
    -- 1 action (/me), 2 redacted, 4 removed (a reaction taken back)
    flags INTEGER NOT NULL,
    -- What was done to a message, as JSON: {"edited":seq,"reactions":[…]}
    done TEXT,
    -- CRC-32 of what the row says, against a disk that forgets
    sum INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX entry_cid ON entry (account, cid) WHERE cid IS NOT NULL;
  CREATE INDEX entry_edit ON entry (target, id) WHERE kind = 2;

  -- Who put which emoji under a message, and the seq of the reaction that did.
  CREATE TABLE reaction (
    message INTEGER NOT NULL,
    emoji TEXT NOT NULL,
    account TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (message, emoji, account)
  ) STRICT, WITHOUT ROWID;

  -- Which messages name an account.
  CREATE TABLE mention (
    account TEXT NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (account, message)
  ) STRICT, WITHOUT ROWID;

  -- How far an account has read a room.
  CREATE TABLE marker (
    account TEXT NOT NULL,
    room INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (account, room)
  ) STRICT, WITHOUT ROWID;

  -- Whose direct rooms there are.
  CREATE TABLE participant (
    account TEXT NOT NULL,
    room INTEGER NOT NULL,
    PRIMARY KEY (account, room)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Rooms without entries are removed at a start. Those made since count how often that took the
  -- seqs of one along, so that a room that is begun again has another epoch.
  ALTER TABLE meta ADD COLUMN removals INTEGER NOT NULL DEFAULT 0;
  -- The highest number that a removed room had.
  ALTER TABLE meta ADD COLUMN last_room INTEGER NOT NULL DEFAULT 0;
  -- Markers that were set before they had a time count from here; milliseconds since 1970.
  ALTER TABLE meta ADD COLUMN markers_since INTEGER NOT NULL DEFAULT 0;
  UPDATE meta SET markers_since = unixepoch() * 1000;
  ALTER TABLE room ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
  -- Of a conversation: 1, its first person has spoken there; 2, its second. Those of before count as
  -- conversations that both have spoken in.
  ALTER TABLE room ADD COLUMN spoken INTEGER NOT NULL DEFAULT 0;
  UPDATE room SET spoken = 3 WHERE key LIKE '@%';
  CREATE INDEX room_empty ON room (id) WHERE entries = 0 AND topic = '';

  -- Numbers of removed rooms that no entry ever had: they are given again.
  CREATE TABLE free_room (id INTEGER PRIMARY KEY) STRICT;

  -- When it was last set; milliseconds since 1970.
  ALTER TABLE marker ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX marker_room ON marker (room);
  `,
  `
  -- Redacted messages of which more edits are still to be emptied, and the last one that was.
  CREATE TABLE emptying (message INTEGER PRIMARY KEY, done INTEGER NOT NULL) STRICT;
  `,
];
