// What each typed line leads to.

import { expect, test } from "bun:test";
import type { ChatClientState } from "@maru/sdk/chat";
import { roomKey } from "@maru/sdk/chat";
import { createModel, type Model, withRoom } from "../model/model.ts";
import { runTyped } from "./run-typed.ts";
import { slashCommands } from "./table.ts";

const online: ChatClientState = { phase: "online", nick: "ann", sinceMs: 0 };
const nowhere = createModel("ann", online);
const inLobby: Model = {
  ...withRoom(nowhere, "lobby", { memberCount: 1 }),
  current: roomKey("lobby"),
};

const effectsOf = (line: string, model = inLobby) => runTyped(model, line).effects;
const saysOf = (line: string, model = inLobby) =>
  runTyped(model, line).lines.map((each) => each.text);
const send = (text: string, action = false) =>
  ({ type: "send", room: "lobby", text, action }) as const;

test("a plain line is said in the room one is in", () => {
  expect(effectsOf("  hello  ")).toEqual([send("  hello  ")]);
  expect(effectsOf("   ")).toEqual([]);
  expect(saysOf("hello", nowhere)).toEqual(["you are in no room: /join ROOM"]);
});

test("two slashes, or a space before one, say a line that begins with a slash", () => {
  expect(effectsOf("//etc/hosts")).toEqual([send("/etc/hosts")]);
  expect(effectsOf(" /etc/hosts")).toEqual([send("/etc/hosts")]);
});

test("an unknown command is an error here and is never sent", () => {
  expect(effectsOf("/frobnicate now")).toEqual([]);
  expect(saysOf("/frobnicate now")[0]).toContain("no command /frobnicate");
  expect(effectsOf("/")).toEqual([]);
  expect(saysOf("/")).toEqual(["a lone / is no command: /help lists them, // says it as text"]);
  expect(effectsOf("//")).toEqual([send("/")]);
});

test("commands are found in any case", () => {
  expect(effectsOf("/ME waves")).toEqual([send("waves", true)]);
  expect(effectsOf("/Quit")).toEqual([{ type: "quit" }]);
});

test("joining goes to the new room at once, or back to one that is known", () => {
  const next = runTyped(inLobby, "/join #마루");
  expect([next.model.current, next.effects]).toEqual([
    roomKey("마루"),
    [{ type: "join", room: "마루" }],
  ]);
  const back = runTyped(next.model, "/join LOBBY");
  expect([back.model.current, back.effects]).toEqual([roomKey("lobby"), []]);
});

test("a name that can't be is refused without asking the server", () => {
  expect(effectsOf("/join a b")).toEqual([]);
  expect(saysOf("/join a b")[0]).toContain("use letters");
  expect(saysOf("/nick root")[0]).toContain("reserved");
  expect(saysOf("/msg b@d hi")[0]).toContain("use letters");
});

test("a word to one person goes to the room of the two, without leaving this one", () => {
  const next = runTyped(inLobby, "/msg Bob are you there?");
  expect(next.effects).toEqual([
    { type: "send", room: "@ann+Bob", text: "are you there?", action: false },
  ]);
  expect(next.model.current).toBe(roomKey("lobby"));
  expect(saysOf("/msg bob")).toEqual(["to whom, and what? /msg NICK TEXT"]);
});

test("joining a nick is talking to that person", () => {
  const next = runTyped(inLobby, "/join @Bob");
  expect(next.effects).toEqual([{ type: "join", room: "@ann+Bob" }]);
  expect(next.model.current).toBe(roomKey("@ann+bob"));
  expect(saysOf("/join @bob", runTyped(inLobby, "/msg bob hi").model)).toEqual([
    "you talk in @bob",
  ]);
  expect(effectsOf("/part @BOB", next.model)).toEqual([{ type: "leave", room: "@ann+Bob" }]);
  expect(saysOf("/join @b@d")[0]).toContain("use letters");
});

test("leaving takes the room one is in, or a named one that one is in", () => {
  expect(effectsOf("/part")).toEqual([{ type: "leave", room: "lobby" }]);
  expect(effectsOf("/part Lobby")).toEqual([{ type: "leave", room: "lobby" }]);
  expect(effectsOf("/leave #lobby")).toEqual([{ type: "leave", room: "lobby" }]);
  expect(saysOf("/part ops")).toEqual(["you are not in ops"]);
  expect(saysOf("/part", nowhere)).toEqual(["you are in no room: /join ROOM"]);
});

test("the topic is shown without a text, and set with one", () => {
  expect(saysOf("/topic")).toEqual(["there is no topic"]);
  expect(effectsOf("/topic tea")).toEqual([{ type: "topic", room: "lobby", topic: "tea" }]);
});

test("asks for names, rooms and another nick", () => {
  expect(effectsOf("/names")).toEqual([{ type: "who", room: "lobby" }]);
  expect(effectsOf("/list")).toEqual([{ type: "rooms" }]);
  expect(effectsOf("/nick 민수")).toEqual([{ type: "nick", nick: "민수" }]);
  expect(saysOf("/nick")).toEqual(["you are ann"]);
});

test("help lists every command of the table, and each alone", () => {
  const [all = ""] = saysOf("/help");
  for (const { name, about } of slashCommands) {
    expect(all).toContain(`/${name}`);
    expect(saysOf(`/help ${name.toUpperCase()}`)[0]).toContain(about);
  }
  expect(all).toContain("Ctrl-D");
  expect(saysOf("/help nonsense")[0]).toContain("no command /nonsense");
});
