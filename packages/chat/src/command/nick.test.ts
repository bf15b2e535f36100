import { expect, test } from "bun:test";
import { ChatFixture } from "../../test/chat-fixture.ts";

test("a rename holds in all rooms at once, and each is told who it was", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  for (const room of ["a", "b"]) {
    mina.ask("join", { room });
    jun.ask("join", { room });
  }
  jun.events();
  expect(mina.ask("nick", { nick: "미나" })).toEqual({ type: "renamed", re: 4, nick: "미나" });
  const renamed = [{ from: "mina", to: "미나" }];
  expect(jun.events()).toEqual([
    { type: "presence", room: "a", memberCount: 2, renamed },
    { type: "presence", room: "b", memberCount: 2, renamed },
  ]);
  expect(jun.ask("who", { room: "b" })).toMatchObject({ members: ["jun", "미나"] });
  mina.ask("send", { room: "a", text: "hi" });
  expect(jun.events()).toMatchObject([{ from: "미나" }]);
});

test("the nick that is given up is free, and the one that is taken isn't", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  expect(mina.ask("nick", { nick: "JUN" })).toMatchObject({ code: "nick_taken", field: "nick" });
  expect(mina.ask("nick", { nick: "other" })).toMatchObject({ type: "renamed" });
  expect(jun.ask("nick", { nick: "mina" })).toMatchObject({ type: "renamed" });
  expect(fixture.visitor().hello({ nick: "jun" })).toMatchObject({ type: "welcome" });
});

test("one may change the case of one's nick, take a look-alike of it, or the same again", () => {
  const fixture = new ChatFixture();
  const [mike, jun] = [fixture.guest("mike"), fixture.guest("jun")];
  mike.ask("join", { room: "a" });
  jun.ask("join", { room: "a" });
  jun.events();
  for (const nick of ["Mike", "rnike", "rnike"]) {
    expect(mike.ask("nick", { nick })).toMatchObject({ type: "renamed", nick });
  }
  expect(jun.events()).toMatchObject([
    { renamed: [{ from: "mike", to: "Mike" }] },
    { renamed: [{ from: "Mike", to: "rnike" }] },
  ]);
  expect(fixture.visitor().hello({ nick: "mike" })).toMatchObject({ code: "nick_taken" });
});

test("a nick that breaks a rule changes nothing", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  expect(mina.ask("nick", { nick: "sys tem" })).toMatchObject({ code: "invalid_message" });
  expect(mina.ask("nick", { nick: "System" })).toMatchObject({ code: "invalid_message" });
  expect(fixture.visitor().hello({ nick: "mina" })).toMatchObject({ code: "nick_taken" });
});

test("conversations change hands with the nick: its giver leaves them, its taker hears what follows", () => {
  const fixture = new ChatFixture();
  const [mina, jun, eve] = [fixture.guest("mina"), fixture.guest("jun"), fixture.guest("eve")];
  jun.ask("send", { room: "@mina+jun", text: "1" });
  mina.ask("nick", { nick: "other" });
  jun.ask("send", { room: "@mina+jun", text: "2" });
  expect(mina.heard()).toEqual(["1"]);
  expect(mina.ask("history", { room: "@mina+jun", limit: 9 })).toMatchObject({ code: "forbidden" });
  eve.ask("nick", { nick: "mina" });
  jun.ask("send", { room: "@mina+jun", text: "3" });
  expect(eve.heard()).toEqual(["3"]);
});

test("a conversation stays when only the case of a nick changes", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  jun.ask("send", { room: "@mina+jun", text: "1" });
  mina.ask("nick", { nick: "MINA" });
  mina.ask("send", { room: "@mina+jun", text: "2" });
  expect(jun.heard()).toEqual(["1", "2"]);
});

test("what was said under the former nick keeps it", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  mina.ask("join", { room: "a" });
  mina.tell("send", { room: "a", text: "as mina" });
  mina.tell("nick", { nick: "other" });
  fixture.tick();
  expect(mina.events().filter(({ type }) => type === "message")).toMatchObject([{ from: "mina" }]);
});

test("no rename brings a person into a conversation: not one that is none, nor taking the nick", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  jun.ask("send", { room: "@mina+jun", text: "1" });
  mina.ask("leave", { room: "@mina+jun" });
  jun.ask("nick", { nick: "JUN" });
  mina.ask("nick", { nick: "MINA" });
  mina.ask("nick", { nick: "other" });
  mina.ask("nick", { nick: "mina" });
  for (const visitor of [mina, jun]) {
    expect(visitor.ask("leave", { room: "@mina+jun" })).toMatchObject({ code: "not_joined" });
  }
  expect(fixture.service.counts.rooms).toBe(0);
  mina.ask("send", { room: "@mina+jun", text: "2" });
  expect(jun.heard()).toEqual(["1", "2"]);
});
