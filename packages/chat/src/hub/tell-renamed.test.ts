import { expect, test } from "bun:test";
import { foldName, type NameKey, type Nick, parseNick } from "@maru/protocol/chat";
import { ChatFixture, type Visitor } from "../../test/chat-fixture.ts";
import { FormerNicks, followersMax, formerNicksMax } from "./former-nicks.ts";
import type { ChatSession } from "./room-and-session.ts";

const room = "@anna+ben";

/** Two who have talked; what they were told of it is read. */
function talking() {
  const fixture = new ChatFixture();
  const [anna, ben] = [fixture.guest("anna"), fixture.guest("ben")];
  ben.ask("send", { room, text: "1" });
  for (const each of [anna, ben]) each.events();
  return { fixture, anna, ben };
}

/** Who became whom, as this visitor was told since the last time. */
const told = (visitor: Visitor) =>
  visitor
    .events()
    .flatMap((event) => (event.type === "presence" ? (event.renamed ?? []) : []))
    .map(({ from, to }) => `${from} ${to}`);

test("who was told of one rename is told of the next ones, and of the way back", () => {
  const { fixture, anna, ben } = talking();
  for (const nick of ["annie", "ann", "anna", "annie", "anna"]) {
    anna.ask("nick", { nick });
    fixture.tick();
  }
  expect(told(ben)).toEqual(["anna annie", "annie ann", "ann anna", "anna annie", "annie anna"]);
  expect(ben.ask("send", { room, text: "2" })).not.toHaveProperty("absent");
  anna.ask("nick", { nick: "annie" });
  expect(told(ben)).toEqual(["anna annie"]);
});

test("renames of one tick are told in their order", () => {
  const { fixture, anna, ben } = talking();
  for (const nick of ["annie", "ann", "anna", "annie"]) anna.tell("nick", { nick });
  fixture.tick();
  expect(told(ben)).toEqual(["anna annie", "annie ann", "ann anna", "anna annie"]);
});

test("nothing is said or changed under a nick that was given up, but what was said is taken away", () => {
  const { anna, ben } = talking();
  anna.ask("nick", { nick: "annie" });
  const refused = { code: "nick_given_up", field: "room", retryable: false };
  const asks = [
    ben.ask("send", { room, text: "x" }),
    ben.ask("send", { room, text: "x", unjoined: true }),
    ben.ask("topic", { room, topic: "x" }),
    ben.ask("edit", { room, target: 1, text: "x" }),
    ben.ask("react", { room, target: 1, emoji: "👍" }),
  ];
  for (const reply of asks) expect(reply).toMatchObject(refused);
  expect(asks[0]).toMatchObject({ message: expect.stringContaining("anna is annie now") });
  expect(ben.ask("redact", { room, target: 1 })).toMatchObject({ type: "sent" });
});

test.each<[string, (fixture: ChatFixture, anna: Visitor) => void]>([
  ["who gave it up has it again", (_, anna) => void anna.ask("nick", { nick: "anna" })],
  ["another takes it", (fixture) => void fixture.guest("eve").ask("nick", { nick: "anna" })],
  ["another comes with it", (fixture) => void fixture.guest("anna")],
  ["who gave it up is gone", (_, anna) => anna.leaveForGood()],
])("a nick is given up no longer when %s", (_, change) => {
  const { fixture, anna, ben } = talking();
  anna.ask("nick", { nick: "annie" });
  change(fixture, anna);
  expect(ben.ask("send", { room, text: "x" })).toMatchObject({ type: "sent" });
});

test("a person who was away meanwhile is told when they come into the conversation", () => {
  const { fixture, anna, ben } = talking();
  ben.hangUp();
  fixture.tick();
  anna.ask("nick", { nick: "annie" });
  const again = fixture.guest("ben");
  again.ask("join", { room, after: 0 });
  expect(told(again)).toEqual(["anna annie"]);
  anna.ask("nick", { nick: "ann" });
  expect(told(again)).toEqual(["annie ann"]);
  again.ask("join", { room: "@ann+ben" });
  expect(told(again)).toEqual([]);
});

test("a session that is resumed under another nick is followed like one that takes it", () => {
  const { fixture, anna, ben } = talking();
  anna.ask("nick", { nick: "annie" });
  const again = fixture.guest("ann", anna.token);
  expect(told(ben)).toEqual(["anna annie", "annie ann"]);
  expect(ben.ask("send", { room, text: "x" })).toMatchObject({ code: "nick_given_up" });
  again.ask("nick", { nick: "anna" });
  expect(told(ben)).toEqual(["ann anna"]);
});

test("two who exchange their nicks over a third are told of, one by one", () => {
  const fixture = new ChatFixture();
  const [anna, carl, ben] = [fixture.guest("anna"), fixture.guest("carl"), fixture.guest("ben")];
  for (const other of ["anna", "carl"]) ben.ask("send", { room: `@ben+${other}`, text: "1" });
  ben.events();
  anna.ask("nick", { nick: "third" });
  carl.ask("nick", { nick: "anna" });
  anna.ask("nick", { nick: "carl" });
  expect(told(ben)).toEqual(["anna third", "carl anna", "third carl"]);
  expect(ben.ask("send", { room: "@ben+carl", text: "to whom?" })).toMatchObject({ type: "sent" });
  expect(anna.heard()).toContain("to whom?");
});

test("one's own way out of a conversation ends that one is told of it", () => {
  const { anna, ben } = talking();
  anna.ask("nick", { nick: "annie" });
  ben.events();
  ben.ask("nick", { nick: "benny" });
  anna.ask("nick", { nick: "ann" });
  expect(told(ben)).toEqual([]);
});

const nickOf = (text: string) => {
  const parsed = parseNick(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.key;
};
const session = (id: number) => ({ id, nick: "now" as Nick }) as unknown as ChatSession;

test("so many former nicks of one session are remembered, and the first goes", () => {
  const former = new FormerNicks();
  const one = session(1);
  for (let n = 0; n < formerNicksMax; n += 1) former.giveUp(one, nickOf(`n${n}`));
  expect(former.holder(nickOf("n0"))).toBe(one);
  former.giveUp(one, nickOf("more"));
  expect([former.holder(nickOf("n0")), former.holder(nickOf("n1"))]).toEqual([undefined, one]);
  former.end(one);
  expect(former.holder(nickOf("n1"))).toBeUndefined();
});

test("so many follow one session, and the first goes", () => {
  const former = new FormerNicks();
  const one = session(1);
  const follower = (n: number) => {
    const roomKey = foldName(`@a+b${n}`) as NameKey;
    return { session: n, room: roomKey as never, roomKey };
  };
  for (let n = 0; n < followersMax; n += 1) former.follow(one, follower(n));
  former.follow(one, follower(3));
  expect(former.followersOf(one)).toHaveLength(followersMax);
  former.follow(one, follower(followersMax));
  expect(former.followersOf(one).map((each) => each.session)[0]).toBe(1);
  expect(former.followersOf(one)).toHaveLength(followersMax);
});
