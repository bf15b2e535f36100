// Commands that wait for their session's budget: they keep their order, cost no more than the budget
// allows, keep no other session waiting, and what would wait too long or take too much is refused.

import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  ChatFixture,
  type ChatFixtureOptions,
  type Message,
  type Visitor,
} from "../../test/chat-fixture.ts";
import { commandCosts } from "./command-costs.ts";
import { HeldCommands, heldWorkPerTickUs } from "./held-commands.ts";
import type { ChatSession } from "./room-and-session.ts";

/** A send overdraws the burst, and takes a tenth of a second to earn. */
const sendUs = commandCosts.send.workUs({ text: "x" } as never, {} as never, false);
const slow: ChatFixtureOptions = {
  workBurstUs: 1,
  workRateUs: 10 * sendUs,
  holdMs: 2_000,
  holdBytes: 1_000_000,
};

/** Members of the room "a", with their budgets full again. */
function talkers(count: number, options: ChatFixtureOptions = {}) {
  const fixture = new ChatFixture({ ...slow, ...options });
  const guests = Array.from({ length: count }, (_, index) => fixture.guest(`guest-${index}`));
  for (const guest of guests) guest.tell("join", { room: "a" });
  fixture.tick();
  fixture.pass(10_000);
  for (const guest of guests) guest.events();
  return { fixture, guests: guests as [Visitor, ...Visitor[]] };
}

const say = (visitor: Visitor, text: string) => visitor.tell("send", { room: "a", text });
const codeOf = (visitor: Visitor, id: number) =>
  (visitor.answerTo(id) as Partial<Message<"error">>).code ?? "taken";
const answered = (visitor: Visitor, id: number) =>
  visitor.line.received.some((message) => "re" in message && message.re === id);

test("what comes too soon is carried out as the budget refills, without a word of it", () => {
  const { fixture, guests } = talkers(1);
  const [mina] = guests;
  for (const text of ["1", "2", "3"]) say(mina, text);
  fixture.tick();
  expect(mina.heard()).toEqual(["1"]);
  fixture.pass(90);
  expect(mina.heard()).toEqual([]);
  fixture.pass(1);
  expect(mina.heard()).toEqual(["2"]);
  fixture.pass(100);
  expect(mina.heard()).toEqual(["3"]);
});

test("others, and their commands, do not wait with it", () => {
  const { guests } = talkers(2);
  const [mina, jun] = guests as [Visitor, Visitor];
  for (const text of ["one", "two"]) say(mina, text);
  expect(jun.ask("send", { room: "a", text: "hi" })).toMatchObject({ type: "sent" });
  expect(jun.heard()).toEqual(["one", "hi"]);
});

test("whatever is asked, and whenever, is answered in order, and costs no more than the budget", () => {
  const step = fc.record({
    afterMs: fc.nat(150),
    texts: fc.array(fc.nat(2_000), { maxLength: 6 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const { fixture, guests } = talkers(1, { holdMs: 1e9, holdBytes: 1e9 });
      const [mina] = guests;
      const fromMs = fixture.now;
      const asked: string[] = [];
      const heard: string[] = [];
      const hear = () => {
        heard.push(...mina.heard());
        const spentUs = heard.reduce(
          (sum, text) => sum + commandCosts.send.workUs({ text } as never, {} as never, false),
          0,
        );
        const dearest = commandCosts.send.workUs(
          { text: "x".repeat(2_010) } as never,
          {} as never,
          false,
        );
        const earnedUs = ((fixture.now - fromMs) / 1_000) * 10 * sendUs;
        expect(spentUs).toBeLessThanOrEqual(1 + earnedUs + dearest);
      };
      for (const { afterMs, texts } of steps) {
        for (const length of texts) {
          asked.push(`${asked.length} ${"x".repeat(length)}`);
          say(mina, asked.at(-1) as string);
        }
        fixture.tick();
        hear();
        fixture.pass(afterMs);
        hear();
      }
      fixture.pass(10_000_000);
      heard.push(...mina.heard());
      expect(heard).toEqual(asked);
    }),
    { numRuns: 50 },
  );
});

test("what would wait longer than it may is refused, and so is all behind it until that time is over", () => {
  const { fixture, guests } = talkers(1, { holdMs: 300 });
  const [mina] = guests;
  // The first is paid at once; the others wait 91, 191, 291 ms, and 391.
  const ids = Array.from({ length: 5 }, (_, index) => say(mina, `${index}`));
  fixture.tick();
  expect(ids.map((id) => answered(mina, id))).toEqual([true, false, false, false, true]);
  const refusal = mina.answerTo(ids[4] as number) as Message<"error">;
  expect(refusal.code).toBe("rate_limited");
  const waitMs = refusal.retryAfterMs as number;
  expect(waitMs).toBeGreaterThan(300);
  fixture.pass(waitMs - 10);
  const early = say(mina, "too early");
  fixture.tick();
  expect(codeOf(mina, early)).toBe("rate_limited");
  fixture.pass(10);
  const late = say(mina, "in time");
  fixture.tick();
  fixture.pass(500);
  expect(codeOf(mina, late)).toBe("taken");
  expect(mina.heard()).toEqual(["0", "1", "2", "3", "in time"]);
});

test("with nothing to wait in, what comes too soon is refused", () => {
  const { fixture, guests } = talkers(1, { holdMs: 0 });
  const [mina] = guests;
  const ids = [say(mina, "one"), say(mina, "two")];
  fixture.tick();
  expect(ids.map((id) => codeOf(mina, id))).toEqual(["taken", "rate_limited"]);
});

test("a session may take half of the bytes that others leave", () => {
  const text = "x".repeat(1_744);
  // A command of 512 bytes, and two for each unit of "send", "a" and the text.
  const bytes = 512 + 2 * (4 + 1 + text.length);
  const heldOf = (mina: Visitor, fixture: ChatFixture) => {
    const ids = Array.from({ length: 12 }, () => say(mina, text));
    fixture.tick();
    return ids.filter((id) => !answered(mina, id)).length;
  };
  for (const [holdBytes, held] of [
    [8 * bytes, 4],
    [8 * bytes - 1, 3],
  ] as const) {
    const { fixture, guests } = talkers(2, { holdMs: 1e9, holdBytes });
    const [mina, jun] = guests as [Visitor, Visitor];
    expect(heldOf(mina, fixture)).toBe(held);
    expect(heldOf(jun, fixture)).toBe(2);
    // What is given back may be taken.
    mina.leaveForGood();
    fixture.pass(1e9);
    expect(heldOf(jun, fixture)).toBe(held);
  }
});

test("all of an address may take eight times what is free, so that another finds some", () => {
  const text = "x".repeat(1_744);
  const bytes = 512 + 2 * (4 + 1 + text.length);
  const { fixture, guests } = talkers(20, { holdMs: 1e9, holdBytes: 18 * bytes });
  const far = fixture.guest("far", undefined, "10.0.0.1");
  far.tell("join", { room: "a" });
  fixture.pass(10_000);
  const heldOf = (visitors: readonly Visitor[]) => {
    const asked = visitors.flatMap((visitor) =>
      Array.from({ length: 12 }, () => [visitor, say(visitor, text)] as const),
    );
    fixture.tick();
    return asked.filter(([visitor, id]) => !answered(visitor, id)).length;
  };
  expect(heldOf(guests)).toBe(16);
  expect(heldOf([far])).toBe(1);
  for (const guest of guests) guest.hangUp();
  fixture.pass(1e9);
  expect(heldOf([far])).toBe(9);
});

test("what a session asked that is gone is not carried out", () => {
  const { fixture, guests } = talkers(2);
  const [mina, jun] = guests as [Visitor, Visitor];
  for (const text of ["one", "two"]) say(mina, text);
  fixture.tick();
  mina.leaveForGood();
  fixture.pass(10_000);
  expect(jun.heard()).toEqual(["one"]);
});

test("a tick carries out a bounded amount of what waits, and begins with who waited in the one before", () => {
  const text = "x".repeat(8_000);
  const workUs = commandCosts.send.workUs({ text } as never, {} as never, false);
  const perTick = Math.ceil(heldWorkPerTickUs / workUs);
  const { fixture, guests } = talkers(3 * perTick, { workRateUs: 1_000 * workUs });
  for (const guest of guests) {
    say(guest, "x");
    for (let count = 0; count < 3; count += 1) say(guest, text);
  }
  fixture.tick();
  const [first] = guests;
  const heardOf = () =>
    new Set(first.events().flatMap((event) => (event.type === "message" ? [event.from] : [])));
  heardOf();
  fixture.now += 5;
  for (let tick = 0; tick < 3; tick += 1) {
    fixture.tick();
    expect(heardOf().size).toBeLessThanOrEqual(perTick);
  }
  fixture.pass(1_000);
  const sent = guests.map(
    (guest) => guest.line.received.filter(({ type }) => type === "sent").length,
  );
  expect(sent).toEqual(guests.map(() => 4));
});

test("a clock that is set back keeps nothing waiting", () => {
  const { fixture, guests } = talkers(1);
  const [mina] = guests;
  for (const text of ["one", "two"]) say(mina, text);
  fixture.tick();
  fixture.now -= 3_600_000;
  for (let ticks = 0; ticks < 30; ticks += 1) {
    fixture.now += 10;
    fixture.tick();
  }
  expect(mina.heard()).toEqual(["one", "two"]);
});

test("what waits is not carried out for a session that another has taken the place of", () => {
  const { fixture, guests } = talkers(2);
  const [mina, jun] = guests as [Visitor, Visitor];
  say(mina, "one");
  const held = [
    mina.tell("send", { room: "b", text: "never", unjoined: true }),
    mina.tell("join", { room: "b" }),
    mina.tell("nick", { nick: "other" }),
  ];
  fixture.tick();
  const again = fixture.guest("guest-0", mina.token);
  fixture.pass(1_000);
  mina.leaveForGood();
  fixture.pass(10_000);
  expect(held.map((id) => answered(mina, id))).toEqual([false, false, false]);
  // The nick that it asked for is free.
  fixture.guest("other").leaveForGood();
  again.leaveForGood();
  jun.leaveForGood();
  expect(fixture.service.counts).toMatchObject({ rooms: 0, groups: 0 });
});

test("a session that is resumed has what it had left, and no more", () => {
  const { fixture, guests } = talkers(1, { holdMs: 0, workBurstUs: 10 * sendUs });
  let [mina] = guests;
  let taken = 0;
  for (let round = 0; round < 20; round += 1) {
    mina.tell("join", { room: "a" });
    const ids = Array.from({ length: 5 }, () => say(mina, "x"));
    fixture.tick();
    taken += ids.filter((id) => codeOf(mina, id) === "taken").length;
    mina = fixture.guest("guest-0", mina.token);
  }
  expect(taken).toBeLessThanOrEqual(11);
});

test("it asserts that what is held from an address is part of all that is held", () => {
  const held = new HeldCommands({ holdMs: 1_000, holdBytes: 10_000 });
  const network = { heldBytes: 0 };
  const session = { network } as ChatSession;
  const ping = { type: "ping", id: 1 } as const;
  expect(held.add(session, ping, { workUs: 1, fanoutBytes: 0 }, 10, 0)).toBe(true);
  network.heldBytes = 0;
  expect(() => held.drop(session)).toThrow("0 ≤ bytes held from one address");
});
