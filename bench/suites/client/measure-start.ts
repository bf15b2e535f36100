// One start of the client: from spawning its process to the first frame that names the room, and to
// the frame that has the room's newest message.

import { memoryUsage } from "../../harness/process-usage.ts";
import type { House } from "./house.ts";
import { Seat } from "./seat.ts";

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
export function furnish(house: House): Promise<void> {
  return house.say(
    room,
    Array.from({ length: messages }, (_, at) => textOf(at + 1)),
  );
}

export async function measureClientStart(house: House, round: number): Promise<ClientStart> {
  const seat = new Seat({
    port: house.port,
    rooms: [room],
    nick: "watcher",
  });
  try {
    const has = (text: string) => (rows: readonly string[]) =>
      rows.some((row) => row.includes(text));
    const first = seat.until("the room's name", has(room), withinMs);
    const newest = seat.until("the newest message", has(textOf(messages)), withinMs);
    const [firstAtMs, newestAtMs] = await Promise.all([first, newest]);
    const { residentBytes } = memoryUsage(seat.pid);
    const [firstFrameMs, newestMs] = [firstAtMs, newestAtMs].map((at) => at - seat.spawnedAtMs);
    return {
      what: "start",
      round,
      firstFrameMs: firstFrameMs ?? Number.NaN,
      newestMs: newestMs ?? Number.NaN,
      residentBytes,
    };
  } finally {
    await seat.end();
  }
}
