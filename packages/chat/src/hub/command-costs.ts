// What each command may cost others at its worst, in one table: the hub takes it from the session's
// budget before it carries the command out, docs/guarantees.md shows it, and `bun run bench isolation`
// holds a server to it. Estimates from above, by what is known before; measured on two virtual cores.

import {
  type CommandOf,
  type CommandType,
  type Durability,
  unitsJudgedMax,
} from "@maru/protocol/chat";
import { editsPerMessageMax } from "../entry/judge-amendment.ts";
import type { CommandCost } from "./cost-budget.ts";
import type { ChatSession, Room, SessionCommand } from "./room-and-session.ts";

interface CostRow<T extends CommandType> {
  /** Microseconds of the hub's and the log's thread. */
  readonly workUs: (command: CommandOf<T>, session: ChatSession, isInMemory: boolean) => number;
  /** Bytes to others; absent: none. */
  readonly fanoutBytes?: (command: CommandOf<T>, session: ChatSession) => number;
  /** The same in words, for people. */
  readonly worst: {
    readonly hub: string;
    readonly log: string;
    readonly reader: string;
    readonly wire: string;
    /** What bounds it beside the session's budgets of work and of bytes to others. */
    readonly bound: string;
  };
}

export type CostTable = { readonly [T in Exclude<CommandType, "hello">]: CostRow<T> };

/** What a command costs that the hub refuses: its names were judged at most. */
export const refusalUs = 60;

/** Microseconds for storing a text: a row, its checksum, and what the write-ahead log takes. */
function storingUs(text: string): number {
  return 10 + text.length / 16 + Math.max(0, text.length - lineUnits) / 12;
}

/** What most lines stay below; a longer text takes pages of the database of its own. */
const lineUnits = 512;

/** Judging the names behind the @s of one text, and a row for each of 16; `unitsJudgedMax` bounds it. */
const namesUs = 900;

function namingUs(text: string): number {
  return text.includes("@") ? Math.min(namesUs, 20 + text.length / 3) : 0;
}

/** Bringing a room into memory that is not there. */
const openingUs = 60;

/** An event's keys and numbers, with the longest of usual names for its room and its sender. */
const eventBytes = 320;
/** An event of presence or typing, with a name that becomes another. */
const nameBytes = 320;

function toRoom(session: ChatSession, spelling: string, bytes: number): number {
  return bytes * membersOf(session.roomsBySpelling.get(spelling));
}

/** One that it has not spoken in yet counts once: it is looked up when the command is carried out. */
function membersOf(room: Room | undefined): number {
  return room?.members.size ?? 1;
}

/** What a text said in `room` costs beside, from outside: its members are known when it is found. */
export function costFromOutside(room: Room, text: string): CommandCost {
  const known = membersOf(undefined);
  const others = Math.max(0, room.members.size - known);
  return { workUs: 0, fanoutBytes: others * (eventBytes + textBytes(text)) };
}

/** UTF-16 units of a text as bytes on the wire, at most. */
function textBytes(text: string): number {
  return text.length * 3;
}

const none = "–";
const aText = "a text of 8,192 bytes";
const toMembers = "an event to each member";

export const commandCosts: CostTable = {
  send: {
    workUs: ({ text, unjoined }) =>
      storingUs(text) + namingUs(text) + (unjoined === true ? openingUs : 0),
    fanoutBytes: (command, session) =>
      toRoom(session, command.room, eventBytes + textBytes(command.text)),
    worst: {
      hub: "a look-up; with `unjoined` a room is opened",
      log: `${aText}, 16 mentions; with \`unjoined\` a room's row is looked up`,
      reader: "indexing, after the commit",
      wire: toMembers,
      bound: `\`send-rate\`; \`new-room-rate\`; \`unanswered-burst\`; ${unitsJudgedMax} units of the names in a text`,
    },
  },
  edit: {
    // What it said before may have been as long, and have named as many.
    workUs: ({ text }) => 300 + 2 * storingUs(text) + namesUs + namingUs(text),
    fanoutBytes: (command, session) =>
      toRoom(session, command.room, eventBytes + textBytes(command.text)),
    worst: {
      hub: "a look-up",
      log: `${aText}, stored twice; 16 mentions taken away and 16 made`,
      reader: "indexing",
      wire: toMembers,
      bound: `${editsPerMessageMax} edits of one message`,
    },
  },
  redact: {
    workUs: () => 60 + namesUs + editsPerMessageMax * 15,
    fanoutBytes: (command, session) =>
      toRoom(session, command.room, eventBytes + textBytes(command.reason ?? "")),
    worst: {
      hub: "a look-up",
      log: `the message, its ${editsPerMessageMax} edits and its reactions are emptied; more edits of an earlier version later, as many at a time`,
      reader: "indexing",
      wire: toMembers,
      bound: `${editsPerMessageMax} edits of one message`,
    },
  },
  react: {
    // The message is written anew, and may be the longest.
    workUs: () => 500,
    fanoutBytes: (command, session) => toRoom(session, command.room, eventBytes),
    worst: {
      hub: "a look-up",
      log: "a row, and the message with up to 32 kinds of reaction",
      reader: none,
      wire: toMembers,
      bound: "32 kinds under a message, 8 of one account, the names of 8 under each",
    },
  },
  topic: {
    workUs: ({ topic }) => storingUs(topic),
    fanoutBytes: (command, session) =>
      toRoom(session, command.room, eventBytes + textBytes(command.topic)),
    worst: {
      hub: "a look-up",
      log: "a row of 512 bytes",
      reader: none,
      wire: toMembers,
      bound: none,
    },
  },
  join: {
    workUs: () => 60,
    fanoutBytes: (command, session) => toRoom(session, command.room, nameBytes),
    worst: {
      hub: "a room is opened, 100 members are listed",
      log: "a room's row is looked up",
      reader: "with `after`: `replay-entries`, if they are not in memory",
      wire: "a place in the room's next presence; 100 names and `replay-bytes` to oneself",
      bound: "`rooms-per-session`, a share of `rooms-max`, `presence-ms`, `read-rate-bytes`",
    },
  },
  leave: {
    workUs: () => 20,
    fanoutBytes: (command, session) => toRoom(session, command.room, nameBytes),
    worst: {
      hub: "a look-up",
      log: none,
      reader: none,
      wire: "a place in the room's next presence",
      bound: "`presence-ms`",
    },
  },
  nick: {
    workUs: (_command, { rooms }) => 120 + 4 * rooms.size,
    fanoutBytes: (_command, { rooms }) => {
      let members = 0;
      for (const room of rooms) members += room.members.size;
      return members * nameBytes;
    },
    worst: {
      hub: "200 rooms and 200 conversations are told of it",
      log: none,
      reader: none,
      wire: "a place in the next presence of each room; an event to the other of each conversation",
      bound: "`rooms-per-session`, `presence-ms`",
    },
  },
  typing: {
    workUs: () => 5,
    fanoutBytes: (command, session) => toRoom(session, command.room, nameBytes),
    worst: {
      hub: "a look-up",
      log: none,
      reader: none,
      wire: "a notice to each of up to 100 members",
      bound: "one an interval and room; none above `presence-names`",
    },
  },
  who: {
    workUs: () => 60,
    worst: {
      hub: "100 names",
      log: none,
      reader: none,
      wire: "10 KB to oneself",
      bound: "`read-rate-bytes`",
    },
  },
  rooms: {
    workUs: () => 60,
    worst: {
      hub: "50 names and topics",
      log: none,
      reader: none,
      wire: "27 KB to oneself",
      bound: "`read-rate-bytes`",
    },
  },
  history: {
    workUs: () => 250,
    worst: {
      hub: "a page of a frame is encoded",
      log: none,
      reader: "a page of a frame, if it is not in memory",
      wire: "a frame to oneself",
      bound: "`read-rate-bytes`, `history-page`; sessions in turn",
    },
  },
  search: {
    workUs: (_command, _session, isInMemory) => (isInMemory ? 2_400 : 400),
    worst: {
      hub: "a query is cut into words; a page is encoded; `memory` looks through entries for 2 ms",
      log: none,
      reader: "20 ms of rows, texts and walks through the index, then `next`",
      wire: "a frame to oneself",
      bound:
        "two questions of a session at a time; `read-rate-bytes`; pages go first, sessions in turn",
    },
  },
  mark: {
    workUs: () => 20,
    worst: {
      hub: "a look-up",
      log: "a row, and another one goes",
      reader: none,
      wire: none,
      bound: "`mark-rate`; `markers-per-account`; `new-marker-rate-per-ip`",
    },
  },
  inbox: {
    workUs: (_command, _session, isInMemory) => (isInMemory ? 1_150 : 150),
    worst: {
      hub: "50 rooms are encoded; `memory` counts through 10,000 entries",
      log: none,
      reader: "20 ms of entries counted, then a further page",
      wire: "15 KB to oneself",
      bound:
        "two questions of a session at a time; `read-rate-bytes`; pages and searches go first, sessions in turn",
    },
  },
  ping: {
    workUs: () => 1,
    worst: { hub: none, log: none, reader: none, wire: none, bound: "`command-rate`" },
  },
};

/** With durability `memory`, the log looks through its entries on the hub's thread. */
export function costOf(
  command: SessionCommand,
  session: ChatSession,
  durability: Durability,
): CommandCost {
  const row = commandCosts[command.type] as CostRow<SessionCommand["type"]>;
  return {
    workUs: row.workUs(command, session, durability === "memory"),
    fanoutBytes: row.fanoutBytes?.(command, session) ?? 0,
  };
}
