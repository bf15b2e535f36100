// What one session can do to the others with each command: the worst that its schema allows, as often
// as the server lets it. Data, and how each is prepared; a command without a row is a type error.

import type { CommandType } from "@maru/protocol/chat";
import type { Message as Command } from "../../harness/wire-client.ts";

export interface Attack {
  /** Asked and answered before the measurement, in order, within the rates. */
  readonly prepare?: readonly Command[];
  /** The command number `index` of the attack. */
  readonly command: (index: number) => Command;
  /** People who are in the rooms of `crowded`, and read. */
  readonly crowd?: number;
  readonly crowded?: readonly string[];
  /** Sessions that do the same at once; 1 unless given. */
  readonly sessions?: number;
}

const textBytesMax = 8_192;
const many = (count: number, make: (index: number) => Command) =>
  Array.from({ length: count }, (_, index) => make(index));
const den = "den";
const joinDen: Command = { type: "join", room: den };
const roomNames = Array.from({ length: 200 }, (_, index) => `room-${index}`);
const joinAll = roomNames.map((room): Command => ({ type: "join", room }));

/** As many names behind an @ as a text holds, of letters that cost much to judge. */
function naming(letter: string, length: number): string {
  const bytes = Buffer.byteLength(letter) * length + 5;
  const names = Array.from(
    { length: Math.floor(textBytesMax / bytes) },
    (_, index) => `@${letter.repeat(length)}${String.fromCharCode(0xac00 + index)}`,
  );
  return names.join(" ");
}

const costlyTexts = [
  naming("ﷺ", 63),
  naming("가", 20),
  naming("क्षि", 8),
  naming("a\u0301\u0315", 10),
];
const costly = (index: number) => costlyTexts[index % costlyTexts.length] as string;
const long = "가".repeat(2_730);

const say = (text: string): Command => ({ type: "send", room: den, text });
const edited = (target: number) =>
  many(100, (index): Command => ({ type: "edit", room: den, target, text: `${index}` }));

const attacks: Readonly<Record<Exclude<CommandType, "hello">, Attack>> = {
  send: { prepare: [joinDen], command: (index) => say(costly(index)) },
  edit: {
    prepare: [joinDen, ...many(40, () => say(costly(0)))],
    command: (index) => ({
      type: "edit",
      room: den,
      target: 1 + (Math.floor(index / 100) % 40),
      text: costly(index),
    }),
  },
  redact: {
    prepare: [
      joinDen,
      ...many(30, () => say("x")),
      ...Array.from({ length: 30 }, (_, index) => edited(index + 1)).flat(),
    ],
    command: (index) => ({ type: "redact", room: den, target: 1 + index }),
  },
  react: {
    prepare: [
      joinDen,
      say(long),
      ...many(7, (index) => ({
        type: "react",
        room: den,
        target: 1,
        emoji: String.fromCodePoint(0x1f600 + index),
      })),
    ],
    command: (index) => ({
      type: "react",
      room: den,
      target: 1,
      emoji: "👍",
      ...(index % 2 === 1 && { remove: true }),
    }),
  },
  topic: {
    prepare: [joinDen],
    command: (index) => ({ type: "topic", room: den, topic: `${index}`.padEnd(512, "x") }),
  },
  join: {
    crowd: 50,
    crowded: roomNames.slice(0, 20),
    command: (index) => ({
      type: index % 2 === 0 ? "join" : "leave",
      room: roomNames[(index >> 1) % 20] as string,
    }),
  },
  leave: {
    prepare: joinAll,
    command: (index) => ({
      type: index % 2 === 0 ? "leave" : "join",
      room: roomNames[(index >> 1) % roomNames.length] as string,
    }),
  },
  nick: {
    crowd: 50,
    crowded: roomNames.slice(0, 50),
    prepare: joinAll,
    command: (index) => ({ type: "nick", nick: `${"क्षि".repeat(8)}${index % 7}` }),
  },
  typing: {
    crowd: 90,
    crowded: roomNames.slice(0, 20),
    prepare: joinAll.slice(0, 20),
    command: (index) => ({
      type: "typing",
      room: roomNames[(index >> 1) % 20] as string,
      ...(index % 2 === 1 && { stopped: true }),
    }),
  },
  who: { crowd: 200, crowded: [den], command: () => ({ type: "who", room: den }) },
  rooms: {
    prepare: [
      ...joinAll,
      ...roomNames.slice(0, 60).map((room) => ({ type: "topic", room, topic: "가".repeat(170) })),
    ],
    command: () => ({ type: "rooms" }),
  },
  history: {
    prepare: [joinDen, ...many(400, () => say(long))],
    command: (index) => ({ type: "history", room: den, around: 1 + (index % 300), limit: 1_000 }),
  },
  search: {
    prepare: [joinDen, ...many(600, () => say(long))],
    command: () => ({ type: "search", query: "가나 없는말", limit: 1_000 }),
  },
  mark: {
    prepare: [joinDen, say("x")],
    command: (index) => ({ type: "mark", room: den, seq: index % 2 }),
  },
  inbox: {
    prepare: [
      ...joinAll,
      ...roomNames.flatMap((room): Command[] => [
        { type: "send", room, text: "@mallory x" },
        { type: "mark", room, seq: 0 },
      ]),
    ],
    command: () => ({ type: "inbox" }),
    sessions: 20,
  },
  ping: { command: () => ({ type: "ping" }) },
};

/** Beside the commands: what is refused, and what goes out to many. */
const otherAttacks: Readonly<Record<string, Attack>> = {
  "send to 100": {
    crowd: 100,
    crowded: [den],
    prepare: [joinDen],
    command: (index) => say(costly(index)),
  },
  "send unjoined": {
    command: (index) => ({
      type: "send",
      room: `door-${index % 150}`,
      text: costly(index),
      unjoined: true,
    }),
  },
  "long sends": { prepare: [joinDen], command: () => say(long) },
  "short sends": { prepare: [joinDen], command: () => say("@가 x") },
  "refused types": { command: () => ({ type: "no-such", of: "x".repeat(30_000) }) },
  "refused names": {
    command: () => ({ type: "join", room: `@${"ﷺ".repeat(32)}+${"ﷺ".repeat(32)}` }),
  },
  "refused texts": { prepare: [joinDen], command: () => say("\u0007".repeat(8_000)) },
  "short private lines": {
    command: (index) => ({ type: "send", room: `@mallory+friend${index % 150}`, text: "x" }),
  },
};

export const allAttacks: Readonly<Record<string, Attack>> = { ...attacks, ...otherAttacks };
