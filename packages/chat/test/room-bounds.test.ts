// Bounds on rooms that others could fill: conversations that strangers begin, the rooms that memory
// holds, the rooms that a database can have.

import { describe, expect, test } from "bun:test";
import { ChatFixture, type Visitor } from "./chat-fixture.ts";
import { LateLog } from "./late-log.ts";

const bound = 4;

function withStrangers(count: number) {
  const fixture = new ChatFixture({ roomsPerSession: bound });
  const victim = fixture.guest("victim");
  const strangers = Array.from({ length: count }, (_, n) => fixture.guest(`s${n}`));
  const write = (n: number, text: string) =>
    strangers[n]?.ask("send", { room: `@s${n}+victim`, text });
  const answer = (n: number) => victim.ask("send", { room: `@s${n}+victim`, text: "who?" });
  const begin = (n: number) => victim.ask("send", { room: `@own${n}+victim`, text: "hi" });
  // Only who is in may say that they write, and where nothing was told, its end is no news.
  const isIn = (n: number) =>
    victim.ask("typing", { room: `@s${n}+victim`, stopped: true }).type === "noted";
  return { fixture, victim, strangers, write, answer, begin, isIn };
}

describe("what others begin", () => {
  test.each([0, bound, bound * 5])(
    "%d strangers keep no session from beginning as much as it may",
    (count) => {
      const { victim, write, answer, begin } = withStrangers(count);
      for (let n = 0; n < count; n += 1) write(n, "hello");
      for (let n = 0; n < count; n += 1) expect(answer(n)).toMatchObject({ type: "sent" });
      for (let n = 0; n < bound; n += 1) expect(begin(n)).toMatchObject({ type: "sent" });
      expect(begin(bound)).toMatchObject({ type: "sent" });
      for (let n = 0; n < count; n += 1) write(n, "again");
      for (let n = 0; n < bound; n += 1) expect(begin(n)).toMatchObject({ type: "sent", seq: 2 });
      for (let n = 0; n < bound; n += 1) {
        expect(victim.ask("join", { room: `room${n}` })).toMatchObject({ type: "joined" });
      }
    },
  );

  test("is bounded: the quietest goes in silence, but none that was answered, and comes back", () => {
    const { fixture, victim, write, answer, isIn } = withStrangers(bound + 3);
    for (let n = 0; n < bound; n += 1) write(n, `${n}`);
    expect(answer(0)).toMatchObject({ type: "sent" });
    write(1, "1 again");
    victim.events();
    for (const n of [4, 5]) write(n, `${n}`);
    expect([0, 1, 2, 3, 4, 5].map(isIn)).toEqual([true, true, false, true, true, true]);
    expect(victim.events()).toMatchObject([{ text: "4" }, { text: "5" }]);
    write(2, "2 again");
    expect(victim.heard()).toEqual(["2 again"]);
    expect([0, 1, 2, 3, 4, 5].map(isIn)).toEqual([true, true, true, false, true, true]);
    expect(fixture.service.counts.rooms).toBe(bound + 1);
  });
});

/** Joins room after room of its own until it is refused; how many, and by which code. */
function greedy(visitor: Visitor, name: string) {
  for (let count = 0; ; count += 1) {
    const reply = visitor.ask("join", { room: `${name}-${count}` });
    if (reply.type === "error") return { count, code: reply.code };
  }
}

describe("the rooms that memory holds", () => {
  const wide = { roomsMax: 450, roomsPerSession: 1_000 };

  test("one session alone ends at a ninth, and many at equal parts, with a place for a newcomer", () => {
    const alone = new ChatFixture(wide);
    expect(greedy(alone.guest("m"), "m")).toEqual({ count: 51, code: "too_many_rooms" });
    const fixture = new ChatFixture(wide);
    const many = Array.from({ length: 22 }, (_, n) =>
      fixture.guest(`m${n}`, undefined, `10.0.0.${n}`),
    );
    const counts = many.map(() => 0);
    for (let round = 0; round < 60; round += 1) {
      for (const [n, visitor] of many.entries()) {
        const reply = visitor.ask("join", { room: `z${n}-${round}` });
        if (reply.type === "joined") counts[n] = (counts[n] ?? 0) + 1;
      }
    }
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    const ann = fixture.guest("ann", undefined, "10.0.1.1");
    expect(ann.ask("join", { room: "team" })).toMatchObject({ type: "joined" });
    expect(ann.ask("send", { room: "@ann+bob", text: "x" })).toMatchObject({ type: "sent" });
  });

  test("a room with many in it counts for each of them as a part", () => {
    const fixture = new ChatFixture({ roomsMax: 30, roomsPerSession: 1_000 });
    const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
    const { count } = greedy(mina, "a");
    for (let n = 0; n < count; n += 1) jun.ask("join", { room: `a-${n}` });
    expect(mina.ask("join", { room: "b" })).toMatchObject({ type: "joined" });
  });

  test("ever new sessions from one address leave a ninth to all others, and get one room each", () => {
    const fixture = new ChatFixture({ roomsMax: 900, roomsPerSession: 1_000 });
    for (let n = 0; n < 60; n += 1) greedy(fixture.guest(`m${n}`), `m${n}`);
    const { rooms } = fixture.service.counts;
    expect(rooms).toBeGreaterThanOrEqual(800);
    expect(rooms).toBeLessThan(900);
    const ann = fixture.guest("ann", undefined, "10.0.0.1");
    expect(ann.ask("join", { room: "team" })).toMatchObject({ type: "joined" });
  });

  test("what is left is free again for the session that took it, however it ended", () => {
    const { log, createLog } = LateLog.create();
    const fixture = new ChatFixture({ ...wide, log: createLog });
    const settle = (refuses: boolean) => {
      for (fixture.tick(); log().pending > 0; fixture.tick()) log().answer(0, refuses);
    };
    const mina = fixture.guest("mina");
    for (const refuses of [true, false, true, false]) {
      const ids = Array.from({ length: 60 }, (_, n) => mina.tell("join", { room: `r${n}` }));
      settle(refuses);
      const answers = ids.map((id) => mina.answerTo(id)) as { code?: string }[];
      const refused = answers.filter(({ code }) => code === "too_many_rooms").length;
      expect(refused).toBe(9);
      for (let n = 0; n < 60; n += 1) mina.tell("leave", { room: `r${n}` });
      settle(false);
      expect(fixture.service.counts.rooms).toBe(0);
    }
  });
});

describe("beginning rooms", () => {
  const hour = 3_600_000;
  const bounds = {
    newRoomBurst: 3,
    newRoomRate: 2,
    newRoomBurstPerIp: 5,
    newRoomRatePerIp: 60,
    newMarkerBurstPerIp: 1,
  };
  const begin = (visitor: Visitor, nick: string, name: string | number) =>
    visitor.ask("send", { room: `@${nick}+x${name}`, text: "hi" });

  test("a session may begin so many at once, and then as time passes; what there is costs nothing", () => {
    const fixture = new ChatFixture(bounds);
    const mina = fixture.guest("mina");
    mina.ask("join", { room: "lobby" });
    for (const n of [1, 2]) expect(begin(mina, "mina", n)).toMatchObject({ type: "sent" });
    expect(mina.ask("topic", { room: "lobby", topic: "t" })).toMatchObject({ type: "sent" });
    expect(begin(mina, "mina", 4)).toMatchObject({
      code: "rate_limited",
      retryable: true,
      retryAfterMs: hour / 2,
    });
    for (const n of [1, 2]) expect(begin(mina, "mina", n)).toMatchObject({ type: "sent", seq: 2 });
    expect(mina.ask("send", { room: "lobby", text: "hi" })).toMatchObject({ type: "sent" });
    for (const room of ["a", "b", "c"]) {
      expect(mina.ask("join", { room })).toMatchObject({ type: "joined" });
    }
    fixture.now += hour / 2 - 1;
    expect(begin(mina, "mina", 4)).toMatchObject({ code: "rate_limited" });
    fixture.now += 2;
    expect(begin(mina, "mina", 4)).toMatchObject({ type: "sent" });
  });

  test("an address has its own bound, for all sessions from there together", () => {
    const fixture = new ChatFixture(bounds);
    for (let n = 0; n < 5; n += 1) {
      const guest = fixture.guest(`g${n}`);
      expect(begin(guest, `g${n}`, n)).toMatchObject({ type: "sent" });
      guest.leaveForGood();
    }
    expect(begin(fixture.guest("g6"), "g6", 6)).toMatchObject({
      code: "rate_limited",
      retryAfterMs: hour / 60,
    });
    const far = fixture.guest("far", undefined, "10.0.0.1");
    expect(begin(far, "far", 7)).toMatchObject({ type: "sent" });
  });

  test("many at once of the same new room are one, and what the log refuses is given back", () => {
    const { log, createLog } = LateLog.create();
    const fixture = new ChatFixture({ ...bounds, log: createLog });
    const settle = (refuses: boolean) => {
      for (fixture.tick(); log().pending > 0; fixture.tick()) log().answer(0, refuses);
    };
    const mina = fixture.guest("mina");
    const answers = (refuses: boolean, rooms: readonly string[]) => {
      const ids = rooms.map((room) => mina.tell("send", { room, text: "hi" }));
      // The first answers open the rooms, which the log does at any time.
      for (fixture.tick(); log().pending > rooms.length; fixture.tick()) log().answer(0, false);
      settle(refuses);
      return ids.map((id) => mina.answerTo(id).type);
    };
    const names = ["@mina+a", "@mina+b", "@mina+c"];
    answers(false, ["@mina+a", "@mina+a", "@mina+a"]);
    for (let round = 0; round < 4; round += 1) {
      const ids = names.slice(1).map((room) => mina.tell("send", { room, text: "hi" }));
      settle(true);
      for (const id of ids)
        expect(mina.answerTo(id)).toMatchObject({ code: "storage_unavailable" });
    }
    expect(answers(false, names)).toEqual(["sent", "sent", "sent"]);
  });
});

describe("a conversation that was left", () => {
  const room = "@mina+jun";
  const line = (text: string) => ({ room, text });

  function left() {
    const fixture = new ChatFixture();
    const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
    mina.ask("send", line("1"));
    jun.ask("leave", { room });
    mina.ask("send", line("2"));
    expect(jun.heard()).toEqual(["1"]);
    return { fixture, mina, jun };
  }

  test("stays left while the other writes on: it is stored and stands in the inbox, and no more", () => {
    const { mina, jun } = left();
    for (const text of ["3", "4"])
      expect(mina.ask("send", line(text))).toMatchObject({ type: "sent" });
    mina.ask("topic", { room, topic: "t" });
    expect(jun.events()).toEqual([]);
    expect(jun.ask("inbox", {})).toMatchObject({ rooms: [{ head: 5, unread: 4 }] });
    expect(jun.ask("history", { room, limit: 9 })).toMatchObject({ entries: { length: 5 } });
    mina.ask("send", line("6"));
    expect(jun.events()).toEqual([]);
    expect(mina.heard()).toEqual(["1", "2", "3", "4", "6"]);
  });

  const ways: [string, (fixture: ChatFixture, jun: Visitor) => Visitor][] = [
    [
      "a new connection",
      (fixture, jun) => {
        jun.leaveForGood();
        return fixture.guest("jun");
      },
    ],
    ["a resumed session", (fixture, jun) => fixture.guest("jun", jun.token)],
    [
      "another spelling",
      (_stage, jun) => {
        jun.ask("nick", { nick: "JUN" });
        return jun;
      },
    ],
  ];
  for (const [way, come] of ways) {
    test(`stays left over ${way}`, () => {
      const { fixture, mina, jun } = left();
      const again = come(fixture, jun);
      again.events();
      mina.ask("send", line("3"));
      expect(again.events()).toEqual([]);
    });
  }

  const returns: [string, (jun: Visitor) => unknown][] = [
    ["writes", (jun) => jun.ask("send", line("back"))],
    ["sets a topic", (jun) => jun.ask("topic", { room, topic: "back" })],
    ["reacts", (jun) => jun.ask("react", { room, target: 1, emoji: "👍" })],
    ["joins", (jun) => jun.ask("join", { room: "@Jun+Mina" })],
  ];
  for (const [how, come] of returns) {
    test(`is there again once one ${how} there`, () => {
      const { mina, jun } = left();
      come(jun);
      jun.events();
      mina.ask("send", line("3"));
      expect(jun.heard()).toEqual(["3"]);
    });
  }

  test("nothing else is left with it, and reading, marking and typing bring no session back", () => {
    const { fixture, mina, jun } = left();
    fixture.guest("eve").ask("send", { room: "@eve+jun", text: "other" });
    expect(jun.heard()).toEqual(["other"]);
    jun.ask("history", { room, limit: 1 });
    jun.ask("mark", { room, seq: 2 });
    expect(jun.ask("typing", { room })).toMatchObject({ code: "not_joined" });
    mina.ask("send", line("3"));
    expect(jun.heard()).toEqual([]);
  });
});
