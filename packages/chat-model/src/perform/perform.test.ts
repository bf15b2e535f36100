// What a server lists in pages: read until a page brings nothing new. "more" alone is not believed.

import { expect, test } from "bun:test";
import type { ChatClient } from "@maru/sdk/chat";
import { perform } from "./perform.ts";

/** A server whose pages of three circle, and never end. */
const names = ["ann", "bob", "cat", "dan", "eve"];
const asked: (string | undefined)[] = [];
function pageAfter(after: string | undefined): string[] {
  asked.push(after);
  if (asked.length > names.length) throw new Error("asked without end");
  const from = after === undefined ? 0 : names.indexOf(after) + 1;
  return [0, 1, 2].map((step) => names[(from + step) % names.length] ?? "");
}
const circling = {
  who: async (_room: string, { after }: { after?: string }) => ({
    members: pageAfter(after),
    more: true,
  }),
  rooms: async ({ after }: { after?: string }) => ({
    rooms: pageAfter(after).map((room) => ({ room, topic: "", memberCount: 1 })),
    more: true,
  }),
} as unknown as ChatClient;

test("members that come again end the list, each once", async () => {
  asked.length = 0;
  const effect = { type: "look", room: "den" } as const;
  expect(await perform(circling, effect, new Map() as never)).toMatchObject({ members: names });
  expect(asked).toEqual([undefined, "cat", "ann"]);
});

test("rooms that come again end the list, each once", async () => {
  asked.length = 0;
  const input = await perform(circling, { type: "rooms" }, new Map() as never);
  expect(input).toMatchObject({ rooms: names.map((room) => ({ room })) });
  expect(asked).toEqual([undefined, "cat", "ann"]);
});
