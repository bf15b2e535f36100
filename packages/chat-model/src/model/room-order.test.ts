// The order in which rooms are listed, and the numbers by which one goes to them.

import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import fc from "fast-check";
import { createModel, withoutRoom, withRoom } from "./model.ts";
import { isDirect, numbersFor, type RoomNumbers, roomOrder } from "./room-order.ts";

const nowhere = createModel("mina", { phase: "connecting", attempt: 1 });

test("rooms stand as they were entered, conversations of two behind them", () => {
  let chat = nowhere;
  for (const name of ["@bob+mina", "zoo", "Ops", "@ann+mina", "안내"]) chat = withRoom(chat, name);
  const order = ["zoo", "ops", "안내", "@bob+mina", "@ann+mina"].map(roomKey);
  const numbers = numbersFor(chat, new Map());
  expect(roomOrder({ chat, numbers })).toEqual(order);
  expect(roomOrder({ chat: withRoom(chat, "zoo", { unread: 9 }), numbers })).toEqual(order);
});

test("a room keeps its number whatever comes and goes, and a free one is given again", () => {
  const names = ["lobby", "ops", "@ann+mina", "den", "@bob+mina", "zoo", "tea", "a", "b", "c", "d"];
  const acts = fc.array(fc.tuple(fc.constantFrom(...names), fc.boolean()), { maxLength: 60 });
  fc.assert(
    fc.property(acts, (list) => {
      let chat = nowhere;
      let numbers: RoomNumbers = new Map();
      for (const [name, isEntered] of list) {
        const before = numbers;
        chat = isEntered ? withRoom(chat, name) : withoutRoom(chat, name);
        numbers = numbersFor(chat, before);
        for (const [key, number] of numbers) expect(before.get(key) ?? number).toBe(number);
        expect(new Set(numbers.values()).size).toBe(chat.rooms.size);
        const fresh = [...numbers].find(([key]) => !before.has(key));
        const others = new Set([...numbers].flatMap(([key, n]) => (key === fresh?.[0] ? [] : [n])));
        const free = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].find((number) => !others.has(number));
        if (fresh !== undefined) expect(fresh[1]).toBe(free as number);
        const order = roomOrder({ chat, numbers }).map((key) => numbers.get(key) ?? 0);
        expect(order).toEqual(order.toSorted((one, other) => one - other));
      }
    }),
  );
});

test("a conversation of two is known by its key", () => {
  expect([isDirect(roomKey("@ann+bob")), isDirect(roomKey("lobby"))]).toEqual([true, false]);
});
