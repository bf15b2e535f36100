import { expect, test } from "bun:test";
import type { NameKey } from "@maru/protocol/chat";
import { absentAccountsMax, LeftConversations, leftPerAccountMax } from "./left-conversations.ts";

const key = (name: string | number) => `${name}` as NameKey;

test("of one account so many are kept, and the one left longest ago goes", () => {
  const left = new LeftConversations(() => true);
  for (let n = 0; n < leftPerAccountMax; n += 1) left.leave(key("mina"), key(n));
  left.leave(key("mina"), key(0));
  expect([0, 1].map((n) => left.has(key("mina"), key(n)))).toEqual([true, true]);
  left.leave(key("mina"), key("more"));
  expect([0, 1, 2].map((n) => left.has(key("mina"), key(n)))).toEqual([true, false, true]);
  expect(left.has(key("jun"), key(0))).toBe(false);
});

test("of those who are not here so many accounts are kept, and of those who are here all", () => {
  const left = new LeftConversations((account) => account.startsWith("here"));
  const here = Array.from({ length: 300 }, (_, n) => key(`here${n}`));
  for (const account of here) left.leave(account, key("r"));
  for (let n = 0; n < absentAccountsMax * 2; n += 1) left.leave(key(n), key("r"));
  expect(here.every((account) => left.has(account, key("r")))).toBe(true);
  const kept = Array.from({ length: absentAccountsMax * 2 }, (_, n) => left.has(key(n), key("r")));
  expect(kept.filter(Boolean).length).toBeLessThanOrEqual(absentAccountsMax);
  expect(kept.filter(Boolean).length).toBeGreaterThan(absentAccountsMax - 400);
  expect(kept.at(-1)).toBe(true);
});

test("whoever is back has left nothing", () => {
  const left = new LeftConversations(() => true);
  left.leave(key("mina"), key("r"));
  left.back(key("mina"), key("other"));
  expect(left.has(key("mina"), key("r"))).toBe(true);
  left.back(key("mina"), key("r"));
  expect(left.has(key("mina"), key("r"))).toBe(false);
});
