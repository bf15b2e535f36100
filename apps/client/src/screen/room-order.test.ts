// The order in which rooms are listed.

import { expect, test } from "bun:test";
import { createModel, withRoom } from "../model/model.ts";
import { isDirect, roomOrder } from "./room-order.ts";

test("rooms stand as they were entered, conversations of two behind them", () => {
  let chat = createModel("mina", { phase: "connecting", attempt: 1 });
  for (const name of ["@bob+mina", "zoo", "Ops", "@ann+mina", "안내"]) chat = withRoom(chat, name);
  expect(roomOrder(chat)).toEqual(["zoo", "ops", "안내", "@bob+mina", "@ann+mina"]);
  expect(roomOrder(withRoom(chat, "zoo", { unread: 9 }))).toEqual(roomOrder(chat));
});

test("a conversation of two is known by its key", () => {
  expect([isDirect("@ann+bob"), isDirect("lobby")]).toEqual([true, false]);
});
