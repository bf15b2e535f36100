// What a catch-up that was stopped leaves unsaid.

import { expect, test } from "bun:test";
import type { ReplyTo } from "../command-rules.ts";
import { catchUp } from "./catch-up.ts";
import { RoomCursor } from "./room-cursor.ts";

test("says nothing once it is stopped, whatever the answer was", async () => {
  const cursor = new RoomCursor("r", 4, "e");
  cursor.joined({ room: "r", epoch: "e", head: 9, recovered: false }, 4);
  const stop = new AbortController();
  const said: unknown[] = [];
  let answer: (page: ReplyTo<"history">) => void = () => {};
  const done = catchUp(
    cursor,
    {
      history: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      deliver: (events) => said.push(...events),
      reset: (after) => said.push({ reset: after }),
      room: () => Promise.resolve(),
      pageMax: 2,
      signal: stop.signal,
    },
    false,
  );
  answer({ type: "page", re: 1, entries: [], more: false });
  stop.abort();
  await done;
  expect(said).toEqual([]);
});
