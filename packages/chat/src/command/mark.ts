// mark → marked: how far an account has read a room. No other is told. What an account marks for the
// first time makes a row that stays, with no word said: an address may make so many of them.
// In a room without entries it costs none: it is noted for as long as the room has members, and set when
// something is said.

import type { NameKey } from "@maru/protocol/chat";
import { type Effect, type Effects, fail, type LogTag, refused, reply } from "../hub/effects.ts";
import { findOwn } from "../hub/find-room.ts";
import type { Handler } from "../hub/hub-state.ts";
import type { Network } from "../hub/networks.ts";
import type { Room } from "../hub/room-and-session.ts";
import { SharedTable } from "../hub/shared-table.ts";
import type { LogResult } from "../room-log.ts";

/** Accounts that are noted of one room without entries. */
export const markedEmptyMax = 1_000;

export const mark: Handler<"mark"> = (state, session, command, now) => {
  const found = findOwn(state, session, command);
  if (!found.ok) return found.effects;
  const { room } = found;
  const { seq } = command;
  if (seq > room.head) {
    const message = `the seq: the room's newest is ${room.head}`;
    return fail(session.id, command.id, "invalid_message", { message, field: "seq" });
  }
  const { id, nickKey, network } = session;
  if (room.head === 0 && !room.isDirect) noteEmpty(room, nickKey, network);
  return [setMarker(room, { account: nickKey, network, seq, session: id, re: command.id }, now)];
};

interface Marker {
  readonly account: NameKey;
  /** From where it is set. */
  readonly network: Network;
  readonly seq: number;
  readonly session: number;
  readonly re: number;
}

/** Only the log knows whether the marker is a new one: what is taken for it comes back if it isn't. */
function setMarker(
  room: Room,
  { account, network, seq, session, re }: Marker,
  now: number,
): Effect {
  const retryAfterMs = network.newMarkers.waitMs(now);
  const mayAdd = retryAfterMs === 0;
  if (mayAdd) network.newMarkers.take();
  const paidBy = mayAdd ? network : null;
  const tag = { kind: "mark" as const, session, re, name: room.name, paidBy, retryAfterMs };
  return { kind: "log", request: { kind: "mark", room: room.key, account, seq, mayAdd, tag } };
}

function noteEmpty(room: Room, account: NameKey, network: Network): void {
  room.markedEmpty ??= new SharedTable(markedEmptyMax);
  room.markedEmpty.set(network, account, network);
}

/** The room has its first entry: what was noted is set, for those who have read nothing of it. */
export function setNoted(room: Room, now: number): Effects {
  const noted = room.markedEmpty?.entries() ?? [];
  // An answer to no session: the command was answered long ago.
  const answer = { session: 0, re: 0 };
  const marks = [...noted].map(([account, network]) =>
    setMarker(room, { account, network, seq: 0, ...answer }, now),
  );
  room.markedEmpty = null;
  return marks;
}

export function marked(
  { session, re, name, paidBy, retryAfterMs }: Extract<LogTag, { kind: "mark" }>,
  result: LogResult<LogTag>,
): Effects {
  if (result.kind !== "marked" || !result.added) paidBy?.newMarkers.giveBack();
  if (result.kind === "unmarked") {
    const message = "You, or others at your address, mark rooms for the first time too fast.";
    return fail(session, re, "rate_limited", { message, retryAfterMs });
  }
  if (result.kind !== "marked") return refused(session, re, result);
  return [reply(session, { type: "marked", re, room: name, seq: result.seq })];
}
