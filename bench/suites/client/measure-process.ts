// The client's process: how long it takes from its spawning to the first frame that names the room,
// and to the frame that has the room's newest message; and what is resident of it after so many
// messages have come, read when all has come and it has been at rest.

import { addFaults, type Faults } from "../../harness/outcome.ts";
import { memoryUsage, untilQuiet } from "../../harness/usage.ts";
import { ClientTerminal } from "./client-terminal.ts";
import { lastThings, TalkServer, talkRoom } from "./talk-server.ts";

export interface ClientStart {
  readonly what: "start";
  readonly round: number;
  readonly firstFrameMs: number;
  readonly newestMs: number;
  /** When the newest message is there. */
  readonly residentBytes: number;
}

const room = "the-room";
const messages = 200;
const withinMs = 15_000;
const textOf = (number: number) => `message ${number} of those that were said before`;

/** Once, before the starts: what the room holds. */
export function sayAll(server: TalkServer): Promise<void> {
  return server.say(
    room,
    Array.from({ length: messages }, (_, at) => textOf(at + 1)),
  );
}

export async function measureClientStart(server: TalkServer, round: number): Promise<ClientStart> {
  const terminal = new ClientTerminal({
    port: server.port,
    rooms: [room],
    nick: "watcher",
  });
  try {
    const has = (text: string) => (rows: readonly string[]) =>
      rows.some((row) => row.includes(text));
    const first = terminal.until("the room's name", has(room), withinMs);
    const newest = terminal.until("the newest message", has(textOf(messages)), withinMs);
    const [firstAtMs, newestAtMs] = await Promise.all([first, newest]);
    const { residentBytes } = memoryUsage(terminal.pid);
    const [firstFrameMs, newestMs] = [firstAtMs, newestAtMs].map((at) => at - terminal.spawnedAtMs);
    return {
      what: "start",
      round,
      firstFrameMs: firstFrameMs ?? Number.NaN,
      newestMs: newestMs ?? Number.NaN,
      residentBytes,
    };
  } finally {
    await terminal.end();
  }
}

export interface MemoryPoint {
  /** Asked for in all, and really said. */
  readonly messages: number;
  readonly said: number;
  readonly residentBytes: number;
}

export interface ClientMemory {
  readonly what: "memory";
  readonly round: number;
  readonly isShown: boolean;
  readonly points: readonly MemoryPoint[];
  readonly faults: Faults;
}

const comeMs = 10_000;
/** The client gives back what a burst has left once it has been quiet for 1.5 s (packages/tui/src/io/idle-collector.ts). */
const idleMs = 4_000;
/**
 * A client that is cut for falling behind would not get all: the room is busy, but leaves it room.
 * Only the million comes faster, or it would take too long.
 */
const paces = [
  { upTo: 1_000, perSecond: 1_000 },
  { upTo: 100_000, perSecond: 10_000 },
];
const perSecondMax = 20_000;
/** Alt-2, as the other room has the second place in the list; and Ctrl-End, past what is unread. */
const secondRoom = "\x1b2";
const newestMessage = "\x1b[1;5F";

export async function measureClientMemory(
  load: string,
  plan: Pick<ClientMemory, "round" | "isShown"> & { readonly counts: readonly number[] },
): Promise<ClientMemory> {
  const { round, isShown, counts } = plan;
  const server = await TalkServer.open();
  const rooms = isShown ? [talkRoom] : ["lobby", talkRoom];
  const terminal = new ClientTerminal({ port: server.port, rooms, nick: "watcher" });
  try {
    await terminal.until("the prompt", (rows) => rows.some((row) => row.includes("yet")), comeMs);
    const points: MemoryPoint[] = [];
    let faults: Faults = {};
    let said = 0;
    for (const messages of counts) {
      const pace = paces.find(({ upTo }) => messages <= upTo);
      const rate = pace?.perSecond ?? perSecondMax;
      // Rather a few too many: the last ones that are due may miss the end.
      const seconds = (messages - said) / rate + 0.01;
      const talk = await server.talk(load, { messagesPerSecond: rate, seconds });
      said = (await server.head(talkRoom)).seq;
      await untilQuiet(terminal.pid);
      await Bun.sleep(idleMs);
      const { residentBytes } = memoryUsage(terminal.pid);
      points.push({ messages, said, residentBytes });
      const tooFew = Math.max(0, messages - said);
      faults = addFaults(faults, talk, { "messages too few": tooFew });
    }
    if (!isShown) await lookAtOther(terminal);
    faults = addFaults(faults, await lastThings(server, terminal));
    return { what: "memory", round, isShown, points, faults };
  } finally {
    await terminal.end();
    await server.end();
  }
}

async function lookAtOther(terminal: ClientTerminal): Promise<void> {
  terminal.type(secondRoom);
  const isSo = (rows: readonly string[]) => rows.some((row) => row.startsWith(`${talkRoom}> `));
  await terminal.until("the other room", isSo, comeMs);
  terminal.type(newestMessage);
}
