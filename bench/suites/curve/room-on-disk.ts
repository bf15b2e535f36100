// The load's room with a past: the cached room of the history benchmark under the name that the
// generator gives its first room.

import { Database } from "bun:sqlite";
import { join } from "node:path";
import { createScratchDir, type ScratchDir } from "../../harness/scratch-dir.ts";
import { placeRoom } from "../history/room/cached-room.ts";

/** As load/c/dialect-maru.c names it. */
const loadRoom = "r0";

/** The directory is the caller's to remove. */
export async function placeLoadRoom(
  entries: number,
  say: (line: string) => void,
): Promise<{ readonly data: string; remove: ScratchDir["remove"] }> {
  const scratch = createScratchDir();
  const data = join(scratch.path, "data");
  try {
    await placeRoom(data, entries, say);
    const database = new Database(join(data, "maru.db"), { readwrite: true });
    database.run("UPDATE room SET key = ?, name = ?", [loadRoom, loadRoom]);
    database.close();
    return { data, remove: scratch.remove };
  } catch (error) {
    scratch.remove();
    throw error;
  }
}
