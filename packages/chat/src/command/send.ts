// send → sent, and a message to every member: proposed here, said only once the log has it.

import { type CommandOf, type Entry, fitsUtf8, foldName, textBytesMax } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import { costFromOutside } from "../hub/command-costs.ts";
import { isOtherAbsent } from "../hub/conversation-index.ts";
import {
  type Effect,
  type Effects,
  fail,
  type LogTag,
  nothing,
  refused,
  reply,
} from "../hub/effects.ts";
import { findOrOpen, findOwn } from "../hub/find-room.ts";
import type { HubState } from "../hub/hub-state.ts";
import { forgetIfEmpty, gatherParticipants } from "../hub/membership.ts";
import { beginRoom, roomBegun } from "../hub/new-rooms.ts";
import { type ChatSession, entryIn, isMember, type Room } from "../hub/room-and-session.ts";
import { otherRenamed } from "../hub/tell-renamed.ts";
import { giveBackUnanswered, type UnansweredTaken } from "../hub/unanswered-budget.ts";
import type { Draft, LogResult } from "../room-log.ts";
import { setNoted } from "./mark.ts";

export function send(
  state: HubState,
  session: ChatSession,
  command: CommandOf<"send">,
  now: number,
): Effects {
  // A room is open to all: who may enter may speak, without the others being told of a visit.
  const find = command.unjoined === true ? findOrOpen : findOwn;
  const found = find(state, session, command);
  if (!found.ok) return found.effects;
  const { room } = found;
  if (!fitsUtf8(command.text, textBytesMax)) {
    const message = `the text is longer than ${textBytesMax} bytes of UTF-8`;
    return fail(session.id, command.id, "invalid_message", { message, field: "text" });
  }
  if (!isMember(room, session)) session.costBudget.spend(costFromOutside(room, command.text));
  const draft: Draft = {
    type: "message",
    room: room.name,
    at: now,
    from: session.nick,
    text: command.text,
  };
  if (command.replyTo !== undefined) draft.replyTo = command.replyTo;
  if (command.action !== undefined) draft.action = command.action;
  return propose(state, room, session, { id: command.id, cid: command.cid, draft }, now);
}

/** An entry that a command wants in the log. */
export interface Proposal {
  readonly id: number;
  readonly draft: Draft;
  readonly cid?: string | undefined;
}

/** Asks the log to take an entry; the command is answered when it has. */
export function propose(
  state: HubState,
  room: Room,
  session: ChatSession,
  { id: re, draft, cid }: Proposal,
  now: number,
): Effects {
  // Only in a conversation can the other not have answered; what takes something away is no flood.
  const isAddressed = room.isDirect && draft.type !== "redaction";
  const paid = isAddressed ? payUnanswered(state, room, session, { id: re, draft }, now) : free;
  if (!paid.ok) return paid.effects;
  const { taken } = paid;
  const refusal = room.head > 0 ? null : beginRoom(room, session, re, now);
  if (refusal !== null) {
    giveBackUnanswered(taken);
    return refusal;
  }
  if (room.isDirect) state.left.back(session.nickKey, room.key);
  room.appending += 1;
  const { id, nickKey: account } = session;
  const tag = { kind: "append" as const, session: id, re, room: room.key, account, taken };
  const request = {
    kind: "append" as const,
    room: room.key,
    account,
    cid,
    draft,
    tag,
  };
  return [{ kind: "log" as const, request }];
}

type Paid =
  | { readonly ok: true; readonly taken: UnansweredTaken | null }
  | { readonly ok: false; readonly effects: Effects };

const free: Paid = { ok: true, taken: null };

const addressUnanswered =
  "They have not answered yet, and others at your address write to them too: more can be said later, or when they answer.";

/** Takes what an entry costs while the other of a conversation has not answered, if they are there at all. */
function payUnanswered(
  state: HubState,
  room: Room,
  session: ChatSession,
  { id: re, draft }: Proposal,
  now: number,
): Paid {
  const change = otherRenamed(state, room, session);
  if (change !== null) {
    const message = `${change.from} is ${change.to} now: say it in the conversation with ${change.to}`;
    const effects = fail(session.id, re, "nick_given_up", { message, field: "room" });
    return { ok: false, effects };
  }
  const answer = state.unanswered.take(room, session, entryBytesMax(draft), now);
  if (answer.ok) return answer;
  const { retryAfterMs, whose } = answer;
  const message = whose === "network" && { message: addressUnanswered };
  const effects = fail(session.id, re, "unanswered", { retryAfterMs, ...message });
  return { ok: false, effects };
}

/** The log has taken an entry, or has refused it: now it may be acknowledged and said. */
export function appended(
  state: HubState,
  tag: Extract<LogTag, { kind: "append" }>,
  result: LogResult<LogTag>,
  now: number,
): Effects {
  const room = state.rooms.get(tag.room) as Room;
  room.appending -= 1;
  const isNew = result.kind === "appended" && !result.duplicate;
  if (room.beginner !== null) roomBegun(room, isNew);
  if (!isNew) {
    giveBackUnanswered(tag.taken);
    const answer =
      result.kind === "appended"
        ? [duplicateReply(state, tag, result.entry)] // it has been said
        : refused(tag.session, tag.re, result);
    return [...answer, ...forgetIfEmpty(state, room)];
  }
  const entry = entryIn(room, result.entry);
  const sent = sentReply(state, tag, entry, false);
  room.head = entry.seq;
  if (room.isDirect) room.spoken.add(foldName(entry.from));
  if (entry.type === "topic") room.topic = entry.topic;
  const publication = { kind: "publish" as const, room: room.key, message: entry };
  // The usual case, and the hot one.
  const isPlain = !room.isDirect && room.markedEmpty === null && room.members.size > 0;
  if (isPlain) return [sent, publication];
  const sender = state.sessions.get(tag.session);
  const gathered = room.isDirect ? gatherParticipants(state, room, sender) : nothing;
  // Gone while the line was on its way, the sender has left before being brought in.
  const isLeft = sender === undefined || !isMember(room, sender);
  if (room.isDirect && isLeft) state.lonely.add(room);
  return [
    sent,
    ...gathered,
    publication,
    ...(room.markedEmpty === null ? nothing : setNoted(room, now)),
    ...forgetIfEmpty(state, room),
  ];
}

/** Whose command is answered. */
type Asked = Pick<Extract<LogTag, { kind: "append" }>, "session" | "re" | "account">;

/** Answers a command whose entry was stored before, perhaps in another room. */
export function duplicateReply(state: HubState, asked: Asked, entry: Entry): Effect {
  const room = state.rooms.get(foldName(entry.room));
  return sentReply(state, asked, room === undefined ? entry : entryIn(room, entry), true);
}

function sentReply(state: HubState, asked: Asked, entry: Entry, duplicate: boolean): Effect {
  const { room, seq, at } = entry;
  const sent = { type: "sent" as const, re: asked.re, room, seq, at, duplicate };
  const isAbsent = room.startsWith("@") && isOtherAbsent(state, foldName(room), asked.account);
  return reply(asked.session, isAbsent ? { ...sent, absent: true } : sent);
}
