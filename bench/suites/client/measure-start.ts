// One start of the client: from spawning its process to the first frame that names the room, and to
// the frame that has the room's newest message.

import { memoryUsage } from "../../harness/usage.ts";
import { ClientTerminal } from "./client-terminal.ts";
import type { TalkServer } from "./talk-server.ts";

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
