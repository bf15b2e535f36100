// Does what update asked for: each effect is one call of the SDK, its outcome one input.
// Knows no screen and no model.

import { ChatError, type Client, type ReplyTo, roomKey } from "@maru/sdk";
import type { Effect, Input } from "../model.ts";

/** The input that an effect leads to; null when the events tell it all. */
export async function perform(
  client: Client,
  effect: Exclude<Effect, { type: "quit" }>,
): Promise<Input | null> {
  try {
    return await ask(client, effect);
  } catch (error) {
    if (error instanceof ChatError) return { type: "failed", effect, error };
    throw error;
  }
}

async function ask(
  client: Client,
  effect: Exclude<Effect, { type: "quit" }>,
): Promise<Input | null> {
  switch (effect.type) {
    case "join":
      await client.join(effect.room);
      return null;
    case "leave":
      await client.leave(effect.room);
      return null;
    case "send":
      await client.send(effect.room, effect.text, { action: effect.action });
      return effect.to === undefined ? null : absence(client, effect.room, effect.to);
    case "topic":
      await client.topic(effect.room, effect.topic);
      return null;
    case "nick":
      return { type: "renamed", nick: (await client.nick(effect.nick)).nick };
    case "who":
      return { type: "members", room: effect.room, members: await everybody(client, effect.room) };
    case "rooms":
      return { type: "directory", rooms: await everyRoom(client) };
  }
}

/** What was said is said: a question that fails is not worth a word. */
async function absence(client: Client, room: string, nick: string): Promise<Input | null> {
  const members = await everybody(client, room).catch(() => null);
  const isHere = members?.some((member) => roomKey(member) === roomKey(nick)) ?? true;
  return isHere ? null : { type: "absent", nick };
}

async function everybody(client: Client, room: string): Promise<string[]> {
  const members: string[] = [];
  for (;;) {
    const after = members.at(-1);
    const page = await client.who(room, { after });
    members.push(...page.members);
    if (!page.more || page.members.length === 0) return members;
  }
}

async function everyRoom(client: Client): Promise<ReplyTo<"rooms">["rooms"]> {
  const rooms: ReplyTo<"rooms">["rooms"] = [];
  for (;;) {
    const page = await client.rooms({ after: rooms.at(-1)?.room });
    rooms.push(...page.rooms);
    if (!page.more || page.rooms.length === 0) return rooms;
  }
}
