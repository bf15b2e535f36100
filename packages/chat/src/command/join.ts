// join → joined, then what was missed as events, then live. No gap and no repeat: the session enters
// the room's group only when all that it missed stands before it in the same batch.

import type { CommandOf } from "@maru/protocol/chat";
import type { ChatSession } from "../hub/chat-session.ts";
import { participantsHere } from "../hub/conversation-index.ts";
import { type Effect, type Effects, fail, type LogTag, nothing, reply } from "../hub/effects.ts";
import { findOrOpen } from "../hub/find-room.ts";
import { firstThatFit, jsonBytesMax } from "../hub/frame-share.ts";
import type { HubState } from "../hub/hub-state.ts";
import {
  addMember,
  forgetIfEmpty,
  isMember,
  leaveQuietest,
  rememberSpelling,
} from "../hub/membership.ts";
import { entryIn, type Room } from "../hub/room.ts";
import { hasRoomFor } from "../hub/room-shares.ts";
import { tellOtherRenamed } from "../hub/tell-renamed.ts";
import type { LogResult } from "../room-log.ts";
import { settleRead } from "./history.ts";

type CatchUp = Extract<LogTag, { kind: "catch-up" }>;

/** Reads before giving up on a room that grows faster than its log is read. */
const readsMax = 3;

export function join(
  state: HubState,
  session: ChatSession,
  command: CommandOf<"join">,
  now: number,
): Effects {
  const found = findOrOpen(state, session, command);
  if (!found.ok) return found.effects;
  const { room } = found;
  const isNew = !isMember(room, session);
  if (isNew && !hasRoomFor(state, session, room.key)) {
    return fail(session.id, command.id, "too_many_rooms");
  }
  state.left.back(session.nickKey, room.key);
  addMember(state, room, session);
  rememberSpelling(session, command.room, room);
  return [...leaveQuietest(state, session), ...catchUp(state, room, session, command, now)];
}

function catchUp(
  state: HubState,
  room: Room,
  session: ChatSession,
  { id, after, epoch }: CommandOf<"join">,
  now: number,
): Effects {
  const isKnown = after !== undefined && after <= room.head;
  if (!isKnown || (epoch !== undefined && epoch !== room.epoch)) {
    return enter(state, room, session, id, false);
  }
  if (after === room.head) return enter(state, room, session, id, true);
  // More than may be sent at once is for the client to page through, at its own pace.
  const waitMs = session.readBudget.reserve(state.config.replayBytesMax, now);
  if (waitMs > 0) return enter(state, room, session, id, false);
  return read(state, room, {
    kind: "catch-up",
    session: session.id,
    re: id,
    room: room.key,
    after,
    reads: 1,
  });
}

function read(state: HubState, room: Room, tag: CatchUp): Effects {
  room.catchingUp += 1;
  const { replayEntriesMax, replayBytesMax } = state.config;
  const request = {
    kind: "read" as const,
    room: room.key,
    range: { after: tag.after },
    entriesMax: replayEntriesMax,
    bytesMax: replayBytesMax,
    asker: tag.session,
    tag,
  };
  return [{ kind: "log", request }];
}

/** The log has read what the session missed. */
export function caughtUp(state: HubState, tag: CatchUp, result: LogResult<LogTag>): Effects {
  const session = state.sessions.get(tag.session);
  const room = state.rooms.get(tag.room) as Room;
  room.catchingUp -= 1;
  settleRead(session, tag.reads === 1 ? state.config.replayBytesMax : 0, result);
  if (session === undefined) return forgetIfEmpty(state, room);
  if (!isMember(room, session)) {
    const message = "you left before the join was done";
    return [...fail(session.id, tag.re, "not_joined", { message }), ...forgetIfEmpty(state, room)];
  }
  if (result.kind !== "page" || result.more || result.gap) {
    return enter(state, room, session, tag.re, false);
  }
  const last = result.entries.at(-1)?.seq ?? tag.after;
  if (last < room.head) {
    if (tag.reads >= readsMax) return enter(state, room, session, tag.re, false);
    return read(state, room, { ...tag, reads: tag.reads + 1 });
  }
  // What the log has beyond the head is still on its way here, and will come as it happens.
  const missed = result.entries
    .filter(({ seq }) => seq <= room.head)
    .map((entry): Effect => ({ kind: "send", session: session.id, message: entryIn(room, entry) }));
  return enter(state, room, session, tag.re, true, missed);
}

function enter(
  state: HubState,
  room: Room,
  session: ChatSession,
  re: number,
  recovered: boolean,
  missed: Effects = nothing,
): Effects {
  const joined = {
    type: "joined" as const,
    re,
    room: room.name as string,
    epoch: room.epoch,
    head: room.head,
    topic: room.topic,
    memberCount: room.isDirect ? participantsHere(state, room.key).length : room.members.size,
    members: firstNicks(state, room),
    recovered,
  };
  const membership = { room: room.key, session: session.id };
  // Who is in already steps out and in again: what it was told before stands before `joined`.
  return [
    { kind: "exit", ...membership },
    reply(session.id, joined),
    ...missed,
    { kind: "enter", ...membership },
    ...tellOtherRenamed(state, room, session),
  ];
}

function firstNicks(state: HubState, room: Room): string[] {
  const { config } = state;
  const bounds = { countMax: config.presenceNamesMax, frameBytes: config.limits.frameBytes };
  const members = room.isDirect
    ? participantsHere(state, room.key)
    : room.members.behind(undefined);
  return firstThatFit(members, bounds, ({ nick }) => jsonBytesMax(nick)).first.map(
    ({ nick }) => nick,
  );
}
