// What one tries first, coming from elsewhere.

import { describe, expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import { createModel, withCurrent, withRoom } from "../model/model.ts";
import { commandNames } from "./help.ts";
import { runTyped } from "./run-typed.ts";

const online = { phase: "online", nick: "mina", sinceMs: 0 } as const;
let chat = createModel("mina", online);
chat = withRoom(chat, "lobby", { members: ["mina", "Bob"], memberCount: 2 });
chat = withRoom(chat, "ops", { members: ["mina", "bob", "ann"], memberCount: 3 });
chat = withRoom(chat, "town", { members: null, memberCount: 900 });
chat = withRoom(chat, "@bob+mina", { members: ["bob", "mina"], memberCount: 2 });
chat = withCurrent(chat, roomKey("ops"));

const told = (line: string) =>
  runTyped(chat, line).lines.map((each) => "text" in each && each.text);

test("what this server has nothing for is said so, and stands in no help", () => {
  for (const name of ["away", "back", "invite", "kick", "ban", "upload"]) {
    expect(told(`/${name} x`)).toEqual([expect.stringContaining(`there is no /${name}: `)]);
    expect(commandNames).not.toContain(name);
  }
  expect(told("/constructor")).toEqual([expect.stringContaining("there is no command")]);
});

test("/who asks who is here, as /names does", () => {
  expect(runTyped(chat, "/who").effects).toEqual([{ type: "who", room: "ops" }]);
  expect(runTyped(chat, "/who lobby").effects).toEqual(runTyped(chat, "/names lobby").effects);
});

describe("/whois", () => {
  test("tells in which of one's rooms another is, as far as that is known", () => {
    expect(told("/whois BOB")).toEqual([
      '"Bob" is in lobby, ops (here); who is in town is not known',
    ]);
    expect(told("/whois @ann")).toEqual(['"ann" is in ops (here); who is in town is not known']);
    expect(told("/whois zoe")).toEqual([
      '"zoe" is in none of your rooms; who is in town is not known',
    ]);
    expect(told("/whois mina")).toEqual(['"mina" is you']);
  });

  test("wants a nick", () => {
    expect(told("/whois")).toEqual(["whom? /whois NICK"]);
    expect(told("/whois a b")).toEqual([expect.stringContaining('the nick "a b"')]);
  });
});

test("/reconnect is for the full screen, which shows what comes of it", () => {
  const screen = runTyped({ ...chat, isRedrawn: true }, "/reconnect");
  expect(screen.effects).toEqual([{ type: "display", act: { kind: "reconnect" } }]);
  expect(told("/reconnect")).toEqual(["only the full screen does that"]);
});
