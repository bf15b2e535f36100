// What is unread, without what people said who are ignored: the server counts them too, so that their
// messages among the unread ones are read and taken off. Asks more only where a person is ignored.

import { type ChatClient, type InboxRoom, MaruError, roomKey } from "@maru/sdk/chat";
import { type Ignored, isIgnored, isIgnoredPlace } from "../model/ignoring.ts";
import { isMeant } from "../model/is-meant.ts";

/** Rooms of an inbox whose unread messages are looked at, and pages of each. */
export const roomsMax = 20;
export const pagesMax = 10;
const pageEntries = 100;

type Source = Pick<ChatClient, "inbox" | "history" | "me">;

/** Rejects with MaruError where there is no inbox; a room that can't be read counts as it was told. */
export async function shownInbox(client: Source, ignored: Ignored): Promise<readonly InboxRoom[]> {
  const rooms = await client.inbox();
  if (ignored.size === 0) return rooms;
  const looked = rooms.filter(({ unread }) => unread > 0).slice(0, roomsMax);
  const counted = await Promise.all(looked.map((room) => shownCounts(client, room, ignored)));
  const known = new Map(counted.map((each) => [each.room, each]));
  return rooms.map((each) => known.get(each.room) ?? each);
}

async function shownCounts(client: Source, room: InboxRoom, ignored: Ignored): Promise<InboxRoom> {
  if (isIgnoredPlace({ ignored }, room.room)) return { ...room, unread: 0, mentions: 0 };
  let { unread, mentions } = room;
  let after = room.read;
  const meKey = roomKey(client.me);
  try {
    for (let pages = 0; pages < pagesMax && after < room.head; pages += 1) {
      const { entries, more } = await client.history(room.room, { after, limit: pageEntries });
      for (const entry of entries) {
        const isCounted = entry.type === "message" && entry.redacted !== true;
        if (!isCounted || entry.seq > room.head || !isIgnored({ ignored }, entry.from)) continue;
        unread -= 1;
        if (isMeant({ meKey }, entry)) mentions -= 1;
      }
      const last = entries.at(-1)?.seq;
      if (!more || last === undefined) break;
      after = last;
    }
  } catch (error) {
    if (!(error instanceof MaruError)) throw error;
    return room;
  }
  return { ...room, unread: Math.max(0, unread), mentions: Math.max(0, mentions) };
}
