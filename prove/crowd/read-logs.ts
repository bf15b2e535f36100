// The final observer: every room, paged from its first entry to its last.

import { connectChat } from "@maru/sdk/chat";
import type { LoggedEntry, RoomLogRecord } from "@maru/testkit";
import { comeBack } from "./visit.ts";

/** To be called when nothing is said any more. */
export async function readLogs(port: number, rooms: readonly string[]): Promise<RoomLogRecord[]> {
  const client = await connectChat({ ...comeBack, port, nick: "archivist", eventsBuffered: 0 });
  try {
    const logs: RoomLogRecord[] = [];
    for (const room of rooms) {
      const { epoch } = await client.join(room);
      const entries: LoggedEntry[] = [];
      for (let more = true; more; ) {
        const page = await client.history(room, { after: entries.at(-1)?.seq ?? 0 });
        for (const entry of page.entries) {
          if (entry.type === "message") entries.push({ seq: entry.seq, key: entry.text });
        }
        more = page.more && page.entries.length > 0;
      }
      logs.push({ room, epoch, entries });
    }
    return logs;
  } finally {
    await client.close({ deadlineMs: 0 });
  }
}
