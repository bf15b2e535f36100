// The slash commands of the chat: one entry each, from which parsing, /help and completion derive.
// Every command is a pure function of its argument text and the model.

import { directRoom, type NameKey, parseNick, parseRoom } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { currentRoom, type Model, withCurrent, withRoom } from "../model/model.ts";
import { withOwned } from "../model/renames.ts";
import { type Effect, notice, type Step, step } from "../model/step.ts";
import { talkText } from "../model/talk-text.ts";
import { amendingCommands } from "./amending.ts";
import { displayCommands } from "./display-commands.ts";
import { lastMax, readingCommands } from "./reading.ts";
import { inRoom, refuse, type SlashCommand, unsayable } from "./slash-command.ts";
import { whois } from "./whois.ts";

export const slashCommands: readonly SlashCommand[] = [
  {
    name: "join",
    usage: "ROOM",
    about: "enter a room, or go back to one; @NICK: talk to one person",
    run: join,
  },
  { name: "part", usage: "[ROOM]", about: "leave a room", run: part },
  { name: "leave", usage: "[ROOM]", about: "the same as /part", run: part },
  { name: "msg", usage: "NICK TEXT", about: "say something to one person", run: msg },
  { name: "me", usage: "TEXT", about: "say what you do: * ann waves", run: me },
  ...amendingCommands,
  ...readingCommands,
  { name: "nick", usage: "NICK", about: "take another name", run: nick },
  { name: "names", usage: "[ROOM]", about: "who is here", run: names },
  { name: "who", usage: "[ROOM]", about: "the same as /names", run: names },
  { name: "whois", usage: "NICK", about: "in which of your rooms somebody is", run: whois },
  { name: "list", usage: "", about: "the rooms with people in them", run: list },
  { name: "topic", usage: "[TEXT]", about: "show what the room is about, or set it", run: topic },
  ...displayCommands,
  { name: "quit", usage: "", about: "leave the chat", run: quit },
];

type Judged = { name: string; problem: null } | { problem: string };

/** A room as typed, judged here so that a mistake costs no question to the server. */
function roomOf(model: Model, argument: string): Judged {
  if (/^@[^+]*$/.test(argument)) return conversationWith(model, argument.slice(1));
  const parsed = parseRoom(argument.replace(/^#/, ""));
  if (parsed.ok) return { name: parsed.name, problem: null };
  return { problem: `the room "${argument}": ${parsed.problem}` };
}

/** The room of oneself and another. */
function conversationWith(model: Model, to: string): Judged {
  const other = parseNick(to);
  if (!other.ok) return { problem: `the nick "${to}": ${other.problem}` };
  const self = parseNick(model.me);
  if (!self.ok) return { problem: `your own nick: ${self.problem}` };
  return { name: directRoom(self, other).name, problem: null };
}

function join(model: Model, argument: string): Step {
  if (argument === "") return refuse(model, "which room? /join ROOM");
  const room = roomOf(model, argument);
  if (room.problem !== null) return refuse(model, room.problem);
  const key = roomKey(room.name);
  const known = model.rooms.get(key);
  const unread = model.unread.get(key) ?? 0;
  const count = Math.min(unread, lastMax);
  const missed: Effect[] = unread > 0 ? [{ type: "last", room: room.name, count }] : [];
  if (known !== undefined) {
    const next = withoutUnread(withCurrent(withOwned(model, room.name), key), key);
    return step(next, { lines: [notice(talkText(next, known))], effects: missed });
  }
  // Lines that are typed before the answer comes are meant for this room already.
  const next = withoutUnread(withCurrent(withRoom(model, room.name), key), key);
  return step(next, { effects: [{ type: "join", room: room.name }, ...missed] });
}

function withoutUnread(model: Model, key: NameKey): Model {
  const unread = new Map(model.unread);
  unread.delete(key);
  return { ...model, unread };
}

function part(model: Model, argument: string): Step {
  if (argument === "" && model.current === null) return inRoom(model, () => step(model));
  const wanted = roomOf(model, argument);
  const named = wanted.problem === null ? model.rooms.get(roomKey(wanted.name)) : undefined;
  const room = argument === "" ? currentRoom(model) : named;
  if (!room) return refuse(model, `you are not in ${argument}`);
  const { name, read: seq } = room;
  const marks: Effect[] =
    seq > room.marked ? [{ type: "mark", room: name, seq, isAsked: false }] : [];
  return step(model, { effects: [...marks, { type: "leave", room: name }] });
}

function msg(model: Model, argument: string): Step {
  const [, to = "", text = ""] = /^(\S+)\s+(.*)$/s.exec(argument) ?? [];
  if (text === "") return refuse(model, "to whom, and what? /msg NICK TEXT");
  const judged = conversationWith(model, to);
  if (judged.problem !== null) return refuse(model, judged.problem);
  const { name: room } = judged;
  const owned = withOwned(withRoom(model, room), room);
  const known = owned.rooms.get(roomKey(room));
  const refused = known === undefined ? null : unsayable(owned, known);
  return refused ?? step(owned, { effects: [{ type: "send", room, text, action: false }] });
}

function me(model: Model, argument: string): Step {
  if (argument === "") return refuse(model, "what do you do? /me TEXT");
  return inRoom(model, (room) => {
    const send = { type: "send", room: room.name, text: argument, action: true } as const;
    return unsayable(model, room) ?? step(model, { effects: [send] });
  });
}

function nick(model: Model, argument: string): Step {
  if (argument === "") return step(model, { lines: [notice(`you are ${model.me}`)] });
  const parsed = parseNick(argument);
  if (!parsed.ok) return refuse(model, `the nick "${argument}": ${parsed.problem}`);
  return step(model, { effects: [{ type: "nick", nick: parsed.name }] });
}

function names(model: Model, argument: string): Step {
  if (argument !== "") {
    const room = roomOf(model, argument);
    if (room.problem !== null) return refuse(model, room.problem);
    return step(model, { effects: [{ type: "who", room: room.name }] });
  }
  return inRoom(model, ({ name: room }) => step(model, { effects: [{ type: "who", room }] }));
}

function list(model: Model): Step {
  return step(model, { effects: [{ type: "rooms" }] });
}

function topic(model: Model, argument: string): Step {
  return inRoom(model, (room) => {
    if (argument !== "") {
      const effect = { type: "topic", room: room.name, topic: argument } as const;
      return unsayable(model, room) ?? step(model, { effects: [effect] });
    }
    const text = room.topic === "" ? "there is no topic" : `topic: ${room.topic}`;
    return step(model, { lines: [notice(text, room.name)] });
  });
}

function quit(model: Model): Step {
  return step({ ...model, isOver: true }, { effects: [{ type: "quit" }] });
}
