// The room on disk: written and indexed once per number of entries and version of what writes it,
// kept in the cache, and handed out as a copy, so that no run finds what another has left behind.

import { createHash } from "node:crypto";
import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { watchForTheEnd } from "../../harness/children.ts";
import { grouped } from "../../harness/numbers.ts";
import { cacheDir, rootDir } from "../../harness/places.ts";
import { type Flags, startMaru } from "../../harness/server.ts";
import { untilQuiet } from "../../harness/usage.ts";
import { WireClient } from "../../harness/wire-client.ts";
import { roomName, saidOf } from "./said.ts";
import { writeRoom } from "./write-room.ts";

/** What decides what is on the disk; a change of the index alone is the server's to notice. */
const sources = [
  "packages/chat/src/log-sqlite/schema.ts",
  "packages/chat/src/log-sqlite/entry-row.ts",
  "bench/suites/zipf.ts",
  "bench/suites/history/said.ts",
];
const indexMsMax = 1_200_000;
const indexPollMs = 250;

export interface BuiltRoom {
  /** Null when it was in the cache. */
  readonly built: { readonly writeSeconds: number; readonly indexSeconds: number } | null;
}

/** Puts a data directory with a room of so many entries at `path`, which must not be there. */
export async function placeRoom(
  path: string,
  entries: number,
  say: (line: string) => void,
): Promise<BuiltRoom> {
  const kept = join(cacheDir, `history-${entries}-${fingerprint()}`);
  const built = existsSync(kept) ? null : await build(kept, entries, say);
  cpSync(kept, path, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return { built };
}

async function build(kept: string, entries: number, say: (line: string) => void) {
  const fresh = `${kept}.${process.pid}`;
  const remove = () => rmSync(fresh, { recursive: true, force: true });
  watchForTheEnd();
  process.on("exit", remove); // half a room is hundreds of megabytes
  try {
    mkdirSync(fresh, { recursive: true });
    const beganMs = performance.now();
    await writeRoom(fresh, entries, (written) => {
      if (written % 100_000 === 0) say(`${grouped(written)} of ${grouped(entries)} written`);
    });
    const writtenMs = performance.now();
    await index(fresh, entries, say);
    renameSync(fresh, kept);
    const indexedMs = performance.now();
    return {
      writeSeconds: (writtenMs - beganMs) / 1000,
      indexSeconds: (indexedMs - writtenMs) / 1000,
    };
  } finally {
    process.off("exit", remove);
    remove();
  }
}

async function index(data: string, entries: number, say: (line: string) => void): Promise<void> {
  // What the index does to become faster is no work of the run's: the server comes to rest too.
  const room = await serveRoom({ data }, entries);
  say("the index is up to date");
  const code = await room.end();
  if (code !== 0) say(`the server that made the index ended with ${code}`);
}

/** A server of the room, and a client in it; the index is up to date, and the server is at rest. */
export async function serveRoom(flags: Flags, entries: number) {
  const server = await startMaru(flags);
  try {
    const client = await WireClient.greet(server.port, "asker");
    await client.ask({ type: "join", room: roomName });
    await untilIndexed(client, entries);
    const restSeconds = await untilQuiet(server.pid);
    const end = (): Promise<number> => {
      client.close();
      return server.stop();
    };
    return { server, client, restSeconds, end };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export type ServedRoom = Awaited<ReturnType<typeof serveRoom>>;

/** Resolves when a search in the room is answered from an index that is not behind. */
export async function untilIndexed(client: WireClient, entries: number): Promise<void> {
  const untilMs = performance.now() + indexMsMax;
  const query = saidOf(entries).words[0]?.word;
  while (performance.now() < untilMs) {
    const { reply } = await client.ask({ type: "search", query, room: roomName, limit: 1 });
    if (reply.indexing !== true) return;
    await Bun.sleep(indexPollMs);
  }
  throw new Error(`the search index is still behind after ${indexMsMax / 60_000} minutes`);
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const source of sources) hash.update(readFileSync(join(rootDir, source)));
  return hash.digest("hex").slice(0, 12);
}
