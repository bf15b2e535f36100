// Nicks that begin alike, from pages of who is in a room.

import { expect, test } from "bun:test";
import { foldName } from "@maru/protocol/chat";
import type { ChatClient } from "@maru/sdk/chat";
import { lookUpNicks, pagesMax, placeBefore } from "./look-up-nicks.ts";

/** A server that answers in the order of folded names, `pageNicks` at a time. */
function roomOf(nicks: readonly string[], pageNicks = 100) {
  const sorted = nicks.map((nick) => ({ nick, key: foldName(nick) as string }));
  sorted.sort((one, other) => (one.key < other.key ? -1 : 1));
  const room = {
    asked: 0,
    who: async (_room: string, { after }: { after?: string }) => {
      room.asked += 1;
      const from = after === undefined ? "" : foldName(after);
      const behind = sorted.filter(({ key }) => after === undefined || key > from);
      const members = behind.slice(0, pageNicks).map(({ nick }) => nick);
      return { type: "members", re: 1, room: "big", members, more: members.length < behind.length };
    },
  };
  return room as unknown as Pick<ChatClient, "who"> & { asked: number };
}

/** Decomposed, so that a syllable begun is a prefix of the whole one. */
const folded = (text: string) => foldName(text).normalize("NFD");
const completes = (nick: string, prefix: string) => folded(nick).startsWith(folded(prefix));
const completing = { completes, nicksMax: 100 };

const guests = Array.from({ length: 9999 }, (_, at) => `Guest${at}`);
const others = [
  "김민수",
  "김하늘",
  "하루",
  "한결",
  "Анна",
  "анжела",
  "Юрий",
  "a",
  "ab",
  "z_z",
  "-x",
];

test.each(["guest77", "guest9998", "김", "김하", "하", "ан", "а", "ю", "a", "z_", "-", "nobody"])(
  "finds all who begin with %s among ten thousand, in few pages",
  async (prefix) => {
    const room = roomOf([...guests, ...others]);
    const { nicks, isWhole } = await lookUpNicks(room, "big", foldName(prefix), completing);
    const all = [...guests, ...others].filter((nick) => foldName(nick).startsWith(prefix));
    expect([isWhole, all.every((nick) => nicks.includes(nick))]).toEqual([true, true]);
    expect(nicks.every((nick) => completes(nick, prefix))).toBe(true);
    expect(room.asked).toBeLessThanOrEqual(3);
  },
);

test("reads so many pages, and says that there are more", async () => {
  const room = roomOf(guests, 5);
  expect((await lookUpNicks(room, "big", "guest", completing)).isWhole).toBe(false);
  expect(room.asked).toBe(pagesMax);
  const whole = await lookUpNicks(roomOf(["ann", "bob"]), "big", "", completing);
  expect(whole).toEqual({ nicks: ["ann", "bob"], isWhole: true });
});

test("begins right before the first that fits, whatever the letter", () => {
  for (const prefix of ["a", "ö", "ж", "가", "漢", "1", "-", "한글", "abc", "😀"]) {
    const place = placeBefore(prefix) ?? "";
    expect(foldName(place) < prefix).toBe(true);
  }
});
