// join → joined, then what was missed as events, then live. No gap and no repeat: the session enters
// the room's group only when all that it missed stands before it in the same batch.

import type { CommandOf } from "@maru/protocol/chat";
import { participantsHere } from "../hub/conversation-index.ts";
import { type Effect, type Effects, fail, type LogTag, nothing, reply } from "../hub/effects.ts";
import { findOrOpen } from "../hub/find-room.ts";
import { firstThatFit, jsonBytes, jsonBytesMax } from "../hub/frame-share.ts";
import type { HubState } from "../hub/hub-state.ts";
import { addMember, forgetIfEmpty, leaveQuietest, rememberSpelling } from "../hub/membership.ts";
import { type ChatSession, entryIn, isMember, type Room } from "../hub/room-and-session.ts";
import { hasRoomFor } from "../hub/room-shares.ts";
import { tellOtherRenamed } from "../hub/tell-renamed.ts";
import type { LogResult } from "../room-log.ts";
import { settleRead } from "./history.ts";

type CatchUp = Extract<LogTag, { kind: "catch-up" }>;

/** Bytes of the members listed in `joined` that no budget counts, for a session that returns to many rooms. */
const freeBytes = 1_024;

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
  const missed = isToBeCaughtUp(room, command);
  const plan = reserve(state, session, listedBytes(state, room), missed, now);
  if (!plan.ok) {
    return fail(session.id, command.id, "rate_limited", { retryAfterMs: plan.retryAfterMs });
  }
  state.left.back(session.nickKey, room.key);
  addMember(state, room, session);
  rememberSpelling(session, command.room, room);
  const { after = 0, id: re } = command;
  const replay = { kind: "catch-up" as const, session: session.id, re, room: room.key, after };
  const { bytesMax } = plan;
  const isUpToDate = isKnown(room, command) && !missed;
  return [
    ...leaveQuietest(state, session),
    ...(bytesMax === 0
      ? enter(state, room, session, re, isUpToDate)
      : read(state, room, { ...replay, reads: 1, bytesMax })),
  ];
}

/** Whether the session has the room as it was up to `after`. */
function isKnown(room: Room, { after, epoch }: CommandOf<"join">): boolean {
  return after !== undefined && after <= room.head && (epoch === undefined || epoch === room.epoch);
}

function isToBeCaughtUp(room: Room, command: CommandOf<"join">): boolean {
  return isKnown(room, command) && command.after !== room.head;
}

type Plan =
  /** Bytes to be replayed at most; 0: nothing is, as what may be sent at once is not there. */
  | { readonly ok: true; readonly bytesMax: number }
  | { readonly ok: false; readonly retryAfterMs: number };

/** What is listed must be there; more than may be sent at once is for the client to page through. */
function reserve(
  { config }: HubState,
  { readBudget }: ChatSession,
  listed: number,
  isReplay: boolean,
  now: number,
): Plan {
  const bytesMax = Math.min(config.replayBytes, config.readBurstBytes - listed);
  if (isReplay && bytesMax > 0 && readBudget.reserve(listed + bytesMax, now) === 0) {
    return { ok: true, bytesMax };
  }
  const retryAfterMs = readBudget.reserve(listed, now);
  return retryAfterMs === 0 ? { ok: true, bytesMax: 0 } : { ok: false, retryAfterMs };
}

function read(state: HubState, room: Room, tag: CatchUp): Effects {
  room.catchingUp += 1;
  const request = {
    kind: "read" as const,
    room: room.key,
    range: { after: tag.after },
    entriesMax: state.config.replayEntries,
    bytesMax: tag.bytesMax,
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
  settleRead(session, tag.reads === 1 ? tag.bytesMax : 0, result);
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

/** What `joined` says beyond the first of it that is free, in bytes: who is here, and the topic. */
function listedBytes(state: HubState, room: Room): number {
  const listed = [room.topic, ...firstNicks(state, room)];
  return Math.max(
    0,
    listed.reduce((bytes, text) => bytes + jsonBytes(text), -freeBytes),
  );
}

function firstNicks(state: HubState, room: Room): string[] {
  const { config } = state;
  const bounds = { countMax: config.presenceNames, frameBytes: config.frameBytes };
  const members = room.isDirect
    ? participantsHere(state, room.key)
    : room.members.behind(undefined);
  return firstThatFit(members, bounds, ({ nick }) => jsonBytesMax(nick)).first.map(
    ({ nick }) => nick,
  );
}
