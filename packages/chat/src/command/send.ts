// send → sent, and a message to every member: proposed here, said only once the log has it.

import { type CommandOf, fitsUtf8, textBytesMax } from "@maru/protocol/chat";
import type { ChatSession } from "../hub/chat-session.ts";
import { type Effects, fail, type LogTag, refused, reply } from "../hub/effects.ts";
import { type Found, findJoined, findOrOpen } from "../hub/find-room.ts";
import type { HubState } from "../hub/hub-state.ts";
import { gatherParticipants } from "../hub/membership.ts";
import { entryIn } from "../hub/room.ts";
import type { Draft, LogResult } from "../room-log.ts";

export function send(
  state: HubState,
  session: ChatSession,
  command: CommandOf<"send">,
  now: number,
): Effects {
  const found = findRoom(state, session, command);
  if (!found.ok) return found.effects;
  const { room } = found;
  if (!fitsUtf8(command.text, textBytesMax)) {
    const message = `the text is longer than ${textBytesMax} bytes of UTF-8`;
    return fail(session.id, command.id, "invalid_message", { message, field: "text" });
  }
  const draft: Draft = {
    type: "message",
    room: room.name,
    at: now,
    from: session.nick,
    text: command.text,
  };
  if (command.replyTo !== undefined) draft.replyTo = command.replyTo;
  if (command.action !== undefined) draft.action = command.action;
  const proposal = propose(session, command.id, draft, room.key, command.cid);
  return room.isDirect ? [...gatherParticipants(state, room), proposal] : [proposal];
}

/** One can speak to a person without having joined anything. */
function findRoom(state: HubState, session: ChatSession, command: CommandOf<"send">): Found {
  const isDirect = command.room.startsWith("@");
  return isDirect ? findOrOpen(state, session, command) : findJoined(state, session, command);
}

export function propose(
  session: ChatSession,
  re: number,
  draft: Draft,
  room: ChatSession["nickKey"],
  cid?: string,
) {
  const tag = { kind: "append" as const, session: session.id, re, room };
  const request = { kind: "append" as const, room, account: session.nickKey, cid, draft, tag };
  return { kind: "log" as const, request };
}

/** The log has taken an entry, or has refused it: now it may be acknowledged and said. */
export function appended(
  state: HubState,
  tag: Extract<LogTag, { kind: "append" }>,
  result: LogResult<LogTag>,
): Effects {
  if (result.kind !== "appended") return refused(tag.session, tag.re, result);
  const { duplicate } = result;
  // What is stored already has been said; and a room that was left empty has nobody to hear it.
  const room = duplicate ? undefined : state.rooms.get(tag.room);
  const entry = room === undefined ? result.entry : entryIn(room, result.entry);
  const sent = reply(tag.session, {
    type: "sent",
    re: tag.re,
    room: entry.room,
    seq: entry.seq,
    at: entry.at,
    duplicate,
  });
  if (room === undefined) return [sent];
  room.head = entry.seq;
  if (entry.type === "topic") room.topic = entry.topic;
  return [sent, { kind: "publish", room: room.key, message: entry }];
}
