// What is unread without those who are ignored.

import { expect, test } from "bun:test";
import { type ChatClient, type InboxRoom, MaruError, roomKey } from "@maru/sdk/chat";
import { pagesMax, shownInbox } from "./shown-inbox.ts";

const roomOf = (room: string, unread: number, mentions = 0, read = 0): InboxRoom => ({
  ...{ room, epoch: "e", head: read + unread, read, unread, mentions },
});

/** A log in which every second message is of troll, who names one each time. */
function serverOf(rooms: InboxRoom[]) {
  const server = {
    me: "paul",
    asked: [] as string[],
    inbox: async () => rooms,
    history: async (room: string, { after, limit }: { after: number; limit: number }) => {
      server.asked.push(room);
      if (room === "closed") throw new MaruError({ code: "x", message: "no", retryable: false });
      const { head = 0 } = rooms.find((each) => each.room === room) ?? {};
      const seqs = Array.from({ length: Math.min(limit, head - after) }, (_, at) => after + 1 + at);
      const entries = seqs.map((seq) => {
        const isTroll = seq % 2 === 0;
        const [from, text] = isTroll ? ["Troll", "@paul psst"] : ["anna", "so"];
        return { type: "message", room, seq, at: 1, from, text };
      });
      return { entries, more: after + entries.length < head };
    },
  };
  return server as typeof server & Pick<ChatClient, "inbox" | "history" | "me">;
}

test("theirs are taken off, in their own conversation all", async () => {
  const server = serverOf([roomOf("ops", 7, 3, 10), roomOf("@paul+troll", 4, 4), roomOf("den", 0)]);
  const rooms = await shownInbox(server, new Set([roomKey("troll")]));
  expect(rooms.map(({ unread, mentions }) => [unread, mentions])).toEqual([
    [4, 0],
    [0, 0],
    [0, 0],
  ]);
  expect(server.asked).toEqual(["ops"]);
});

test("nothing is asked where no person is ignored, and a room that can't be read counts as told", async () => {
  const server = serverOf([roomOf("ops", 6, 3), roomOf("closed", 5, 1)]);
  expect(await shownInbox(server, new Set())).toEqual([
    roomOf("ops", 6, 3),
    roomOf("closed", 5, 1),
  ]);
  expect(server.asked).toEqual([]);
  const rooms = await shownInbox(server, new Set([roomKey("troll")]));
  expect(rooms.map(({ unread }) => unread)).toEqual([3, 5]);
});

test("so many pages are read of a room", async () => {
  const server = serverOf([{ ...roomOf("ops", 1000), head: 5000 }]);
  const [room] = await shownInbox(server, new Set([roomKey("troll")]));
  expect([server.asked.length, room?.unread]).toEqual([pagesMax, 1000 - 50 * pagesMax]);
});
