// The load's room with a past: the cached room of the history benchmark under the name that the
// generator gives its first room.

import { Database } from "bun:sqlite";
import { join } from "node:path";
import { createScratchDir, type ScratchDir } from "../../harness/places.ts";
import type { Flags } from "../../harness/server.ts";
import { placeRoom } from "../history/cached-room.ts";

/** As load/c/dialect-maru.c names the generator's first room. */
const loadRoom = "r0";

/** Nothing is placed for no entries. The directory is there from `open` to `close`. */
export function createPast(entries: number) {
  let scratch: ScratchDir | undefined;
  return {
    /** Of a server that has it. */
    flags: (): Flags => (scratch === undefined ? {} : { data: join(scratch.path, "data") }),
    async open() {
      if (entries === 0) return;
      scratch = createScratchDir();
      const data = join(scratch.path, "data");
      await placeRoom(data, entries, () => {});
      const database = new Database(join(data, "maru.db"), { readwrite: true });
      database.run("UPDATE room SET key = ?, name = ?", [loadRoom, loadRoom]);
      database.close();
    },
    close: async () => scratch?.remove(),
  };
}
