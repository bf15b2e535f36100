import { expect, test } from "bun:test";
import type { NameKey } from "@maru/protocol/chat";
import { ChatFixture } from "../../test/chat-fixture.ts";
import { absentAccountsMax, LeftConversations, leftPerAccountMax } from "./left-conversations.ts";

const key = (name: string | number) => `${name}` as NameKey;

function tableOf(isHere: (account: NameKey) => boolean = () => false) {
  const left = new LeftConversations(isHere);
  const leave = (account: string | number, room: string | number, network = "n", isBegun = true) =>
    left.leave({ account: key(account), room: key(room), network, isBegun });
  const has = (account: string | number, room: string | number) =>
    left.has(key(account), key(room));
  return { left, leave, has };
}

test("of one account so many are kept, and the one left longest ago goes", () => {
  const { leave, has } = tableOf();
  for (let n = 0; n < leftPerAccountMax; n += 1) leave("mina", n);
  leave("mina", 0);
  expect([0, 1].map((n) => has("mina", n))).toEqual([true, true]);
  leave("mina", "more");
  expect([0, 1, 2].map((n) => has("mina", n))).toEqual([true, false, true]);
  expect(has("jun", 0)).toBe(false);
});

test("of those who are not here so many accounts are kept, and of those who are here all", () => {
  const { leave, has } = tableOf((account) => account.startsWith("here"));
  const here = Array.from({ length: 300 }, (_, n) => `here${n}`);
  for (const account of here) leave(account, "r");
  for (let n = 0; n < absentAccountsMax * 2; n += 1) leave(n, "r");
  expect(here.every((account) => has(account, "r"))).toBe(true);
  const kept = Array.from({ length: absentAccountsMax * 2 }, (_, n) => has(n, "r"));
  expect(kept.filter(Boolean).length).toBeLessThanOrEqual(absentAccountsMax);
  expect(kept.filter(Boolean).length).toBeGreaterThan(absentAccountsMax - 400);
  expect(kept.at(-1)).toBe(true);
});

test("who fills it from one address pushes out their own, and what was never said pushes out nothing that was", () => {
  const { leave, has } = tableOf();
  leave("victim", "r", "home");
  leave("neighbour", "r", "attacker");
  for (let n = 0; n < absentAccountsMax * 2; n += 1) {
    leave(n, "r", n % 2 === 0 ? "attacker" : "other attacker", false);
  }
  expect([has("victim", "r"), has("neighbour", "r")]).toEqual([true, true]);
  for (let n = 0; n < absentAccountsMax * 2; n += 1) leave(n, "r", "attacker");
  expect([has("victim", "r"), has("neighbour", "r")]).toEqual([true, false]);
});

test("an account that is back has left nothing", () => {
  const { left, leave, has } = tableOf();
  for (const isBegun of [true, false]) {
    leave("mina", "r", "n", isBegun);
    left.back(key("mina"), key("other"));
    expect(has("mina", "r")).toBe(true);
    left.back(key("mina"), key("r"));
    expect(has("mina", "r")).toBe(false);
  }
});

test("throw-away names that leave conversations bring no account back into one that was left", () => {
  const fixture = new ChatFixture();
  const harasser = fixture.guest("harasser", undefined, "10.0.0.1");
  const victim = fixture.guest("victim", undefined, "10.0.0.2");
  const room = "@harasser+victim";
  harasser.ask("send", { room, text: "hello you" });
  victim.ask("leave", { room });
  victim.leaveForGood();
  let attacker = fixture.guest("y0", undefined, "10.0.0.1");
  for (let n = 0; n <= absentAccountsMax; n += 1) {
    attacker.tell("join", { room: `@y${n}+w` });
    attacker.tell("leave", { room: `@y${n}+w` });
    attacker.tell("nick", { nick: `y${n + 1}` });
    if (n % 500 === 0) {
      fixture.tick();
      attacker.leaveForGood();
      attacker = fixture.guest(`y${n + 1}`, undefined, "10.0.0.1");
    }
  }
  fixture.tick();
  const again = fixture.guest("victim", undefined, "10.0.0.2");
  harasser.ask("send", { room, text: "still here" });
  expect(again.heard()).toEqual([]);
});
