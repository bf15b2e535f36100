// Does what update asked for: each effect is one call of the SDK, its outcome one input.
// Knows no model.

import { type ChatClient, MaruError, type ReplyTo } from "@maru/sdk/chat";
import type { Ignored } from "../model/ignoring.ts";
import type { Search } from "../model/search.ts";
import type { Effect, Input, Message } from "../model/step.ts";
import { shownInbox } from "./shown-inbox.ts";

/** Messages that a search shows. */
const foundMax = 20;
/** Pages without a message that are looked through for one search. */
const emptyPagesMax = 50;
/** Pages that are read for the last messages of a room. */
const pagesMax = 10;

/** What is done with the SDK alone. */
type Performed = Exclude<Effect, { type: "quit" | "display" }>;

/** The input that an effect leads to; null when the events tell it all. `ignored`: keys of nicks. */
export async function perform(
  client: ChatClient,
  effect: Performed,
  ignored: Ignored,
): Promise<Input | null> {
  try {
    return await ask(client, effect, ignored);
  } catch (error) {
    if (error instanceof MaruError) return { type: "failed", effect, error };
    throw error;
  }
}

async function ask(client: ChatClient, effect: Performed, ignored: Ignored): Promise<Input | null> {
  switch (effect.type) {
    case "join":
      await client.join(effect.room);
      return null;
    case "leave":
      // Who is not in it any more is told so by the event.
      await client.leave(effect.room).catch((error: MaruError) => {
        if (error.code !== "not_joined") throw error;
      });
      return null;
    case "send":
      return said(
        effect,
        await client.send(effect.room, effect.text, {
          action: effect.action,
          replyTo: effect.replyTo,
        }),
      );
    case "look":
      return { type: "here", room: effect.room, members: await everyMember(client, effect.room) };
    case "edit":
      await client.edit(effect.room, effect.target, effect.text);
      return null;
    case "redact": {
      const { room, target, reason } = effect;
      await client.redact(room, target, reason === "" ? {} : { reason });
      return null;
    }
    case "react":
      await client.react(effect.room, effect.target, effect.emoji, { remove: effect.remove });
      return null;
    case "topic":
      await client.topic(effect.room, effect.topic);
      return null;
    case "nick":
      return { type: "renamed", nick: (await client.nick(effect.nick)).nick };
    case "who":
      return {
        type: "members",
        room: effect.room,
        members: await everyMember(client, effect.room),
      };
    case "rooms":
      return { type: "directory", rooms: await everyRoom(client) };
    default:
      return read(client, effect, ignored);
  }
}

/** `sent`: what the server has answered. */
export function said(
  { id, room }: Extract<Effect, { type: "send" }>,
  { seq, absent }: ReplyTo<"send">,
): Input {
  return { type: "said", id, room, seq, isAbsent: absent === true };
}

type Reading = Extract<Effect, { type: "last" | "search" | "inbox" | "mark" }>;

async function read(client: ChatClient, effect: Reading, ignored: Ignored): Promise<Input | null> {
  switch (effect.type) {
    case "last": {
      const { room, count } = effect;
      return { type: "listed", room, messages: await lastMessages(client, room, count) };
    }
    case "search":
      return await find(client, effect);
    case "inbox":
      return { type: "inbox", rooms: await shownInbox(client, ignored), isBrief: effect.isBrief };
    case "mark":
      await client.mark(effect.room, effect.seq);
      return effect.isAsked ? { type: "marked", room: effect.room } : null;
  }
}

/** Members, or rooms, that a list gathers: more than a server holds connections. */
const listedMax = 100_000;

/** Pages that are empty say that more is to be looked through: a person waits for a message. */
async function find(client: ChatClient, asked: Search): Promise<Input | null> {
  const { query, room, cursor } = asked;
  const wanted = { query, room: room ?? undefined, cursor, limit: foundMax };
  let pages = 0;
  let found: Input | null = null;
  for await (const { entries, next = null, indexing = false } of client.searchPages(wanted)) {
    pages += 1;
    const messages = messagesOf(entries);
    found = { type: "found", query, messages, next, isBehind: indexing, asked };
    if (messages.length > 0 || pages >= emptyPagesMax) break;
  }
  return found;
}

/** Pages are read until so many messages are there: other entries stand between them. */
async function lastMessages(client: ChatClient, room: string, count: number): Promise<Message[]> {
  let messages: Message[] = [];
  let before: number | undefined;
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const page = await client.history(room, { before });
    messages = [...messagesOf(page.entries), ...messages];
    before = page.entries[0]?.seq;
    if (messages.length >= count || !page.more || before === undefined) break;
  }
  return messages.slice(-count);
}

function messagesOf(entries: ReplyTo<"history">["entries"]): Message[] {
  return entries.filter((entry) => entry.type === "message");
}

async function everyMember(client: ChatClient, room: string): Promise<string[]> {
  const members = new Set<string>();
  for (let after: string | undefined; ; ) {
    const known = members.size;
    const page = await client.who(room, { after });
    for (const member of page.members) members.add(member);
    after = page.members.at(-1);
    if (!page.more || !isFurther(known, members.size)) return [...members];
  }
}

async function everyRoom(client: ChatClient): Promise<ReplyTo<"rooms">["rooms"]> {
  const rooms = new Map<string, ReplyTo<"rooms">["rooms"][number]>();
  for (let after: string | undefined; ; ) {
    const known = rooms.size;
    const page = await client.rooms({ after });
    for (const each of page.rooms) rooms.set(each.room, each);
    after = page.rooms.at(-1)?.room;
    if (!page.more || !isFurther(known, rooms.size)) return [...rooms.values()];
  }
}

/** Whether a page was worth the next one: a server that says "more" for ever is not asked for ever. */
const isFurther = (before: number, now: number): boolean => now > before && now < listedMax;
