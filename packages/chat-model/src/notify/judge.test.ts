import { expect, test } from "bun:test";
import fc from "fast-check";
import { awayAfterMs, judge, type NotifyEvent, type NotifyState } from "./judge.ts";

const message: NotifyEvent = {
  level: "all",
  isDirect: false,
  isMention: false,
  isOwn: false,
  isIgnored: false,
  isRoomWatched: false,
};
const away: NotifyState = {
  isFocused: false,
  idleMs: 0,
  doNotDisturb: false,
  when: "unfocused",
};

test("who is away is called for what they asked for: all, mentions, nothing", () => {
  const called = (event: Partial<NotifyEvent>) => judge({ ...message, ...event }, away);
  expect(called({})).toBe(true);
  expect(called({ level: "mentions" })).toBe(false);
  expect(called({ level: "mentions", isMention: true })).toBe(true);
  expect(called({ level: "mentions", isDirect: true })).toBe(true);
  expect(called({ level: "none", isMention: true, isDirect: true })).toBe(false);
});

test("a watched room calls too while the person is away", () => {
  expect(judge({ ...message, isRoomWatched: true }, away)).toBe(true);
});

test("who is there is called only with always, and only for what they don't see", () => {
  const there: NotifyState = { ...away, isFocused: true };
  const always: NotifyState = { ...there, when: "always" };
  expect(judge(message, there)).toBe(false);
  expect(judge(message, always)).toBe(true);
  expect(judge({ ...message, isRoomWatched: true }, always)).toBe(false);
});

test("a terminal that never told of its focus is left once no key came for a minute", () => {
  const silent = (idleMs: number): NotifyState => ({ ...away, isFocused: null, idleMs });
  expect(judge(message, silent(awayAfterMs - 1))).toBe(false);
  expect(judge(message, silent(awayAfterMs))).toBe(true);
});

test("nothing calls with do not disturb or never, nor what is one's own or ignored", () => {
  const event = fc.record({
    level: fc.constantFrom("all" as const, "mentions" as const, "none" as const),
    isDirect: fc.boolean(),
    isMention: fc.boolean(),
    isOwn: fc.boolean(),
    isIgnored: fc.boolean(),
    isRoomWatched: fc.boolean(),
  });
  const state = fc.record({
    isFocused: fc.constantFrom(true, false, null),
    idleMs: fc.nat(2 * awayAfterMs),
    doNotDisturb: fc.boolean(),
    when: fc.constantFrom("unfocused" as const, "always" as const, "never" as const),
  });
  fc.assert(
    fc.property(event, state, (each, person) => {
      expect(judge(each, { ...person, doNotDisturb: true })).toBe(false);
      expect(judge(each, { ...person, when: "never" })).toBe(false);
      expect(judge({ ...each, isOwn: true }, person)).toBe(false);
      expect(judge({ ...each, isIgnored: true }, person)).toBe(false);
      expect(judge({ ...each, level: "none" }, person)).toBe(false);
      // "always" calls for all that "unfocused" does.
      const wide = judge(each, { ...person, when: "always" });
      expect(wide || !judge(each, { ...person, when: "unfocused" })).toBe(true);
    }),
  );
});
