// What the server and the connection do to the model: one function an event. Pure.

import { type Amendment, directParticipants, type NameKey } from "@maru/protocol/chat";
import type { ChatClientEvent, ChatClientState } from "@maru/sdk/chat";
import { roomKey } from "@maru/sdk/chat";
import {
  withAmended,
  withFollowed,
  withLocalItem,
  withMessage,
  withPresence,
  withTimeline,
  withTopic,
  withTyping,
} from "../model/conversation.ts";
import { isDirectName, otherIn, withMe, withOtherHere, withTaken } from "../model/direct.ts";
import { isIgnored } from "../model/ignoring.ts";
import { type Model, placeName, withCurrent, withoutRoom, withRoom } from "../model/model.ts";
import { type Quote, quoteOf } from "../model/quote.ts";
import { movedLines, withHeld, withOthersRenamed, withSelfRenamed } from "../model/renames.ts";
import { isOtherLog, unseen } from "../model/room-model.ts";
import { notice, problem, type Step, step } from "../model/step.ts";
import { talkLines } from "../model/talk-text.ts";
import { amendmentText } from "./amendment-text.ts";
import { asking, withFirstMark } from "./unread.ts";
import { messageLine } from "./update-answer.ts";

export function takeEvent(model: Model, event: ChatClientEvent): Step {
  switch (event.type) {
    case "message":
      return takeMessage(model, event);
    case "topic": {
      const text = event.topic === "" ? "cleared the topic" : `set the topic: ${event.topic}`;
      const lines = isIgnored(model, event.from)
        ? []
        : [notice(`${event.from} ${text}`, event.room)];
      return step(withTopic(model, event), { lines });
    }
    case "edit":
    case "redaction":
    case "reaction":
      return amend(model, event);
    case "presence":
      return takePresence(model, event);
    case "typing":
      return step(withTyping(model, event.room, event.from, event.stopped !== true));
    case "joined":
      return takeJoin(model, event);
    case "reset":
      return takeReset(model, event);
    case "left":
      return leave(model, event);
    case "state":
      return changeState(model, event.state);
  }
}

type Event<T extends ChatClientEvent["type"]> = Extract<ChatClientEvent, { type: T }>;

function takeMessage(model: Model, event: Event<"message">): Step {
  const before = model.rooms.get(roomKey(event.room));
  const said = withMessage(model, event);
  // A conversation is not joined: what begins with this for oneself may have been going on for long.
  const isFirst = (before?.memberCount ?? null) === null && (before?.shown ?? 0) === 0;
  const next = isFirst ? withOlder(said, event.room, event.seq > 1) : said;
  const heard = withSpeaker(next, event, before?.head ?? 0);
  const there = withTaken(withOtherHeard(heard, event), [event.from]);
  const told = isIgnored(model, event.from) ? [] : [messageLine(model, event, false)];
  return step(there, { lines: [...movedLines(next, heard), ...told] });
}

/** Who speaks in a conversation has its nick; what is replayed was said before. */
function withSpeaker(model: Model, { room, seq, from }: Event<"message">, head: number): Model {
  const isOwn = roomKey(from) === model.meKey;
  return isDirectName(room) && !isOwn && seq > head ? withHeld(model, [from]) : model;
}

/** A person who says something in a conversation is here. */
function withOtherHeard(model: Model, { room, from }: Event<"message">): Model {
  const known = model.rooms.get(roomKey(room));
  const other = known === undefined ? null : otherIn(known);
  const isOther = other !== null && roomKey(other) === roomKey(from);
  // Of what is replayed, it is not known whether they are here still.
  return isOther && known?.memberCount !== null ? withOtherHere(model, room, true) : model;
}

/** Line mode can't change what it has printed: it says what was done. */
function amend(model: Model, event: Amendment): Step {
  const { room, from } = event;
  const what = messageName(quoteOf(model, room, event.target));
  const lines = isIgnored(model, from)
    ? []
    : [notice(`${from} ${amendmentText(event, what)}`, room)];
  return step(withAmended(model, event), { lines });
}

function messageName({ seq, excerpt }: Quote): string {
  return excerpt === "" ? `message ${seq}` : `message ${seq} “${excerpt}”`;
}

function takePresence(model: Model, event: Event<"presence">): Step {
  const told = isDirectName(event.room) ? inConversation(model, event) : inRoom(model, event);
  const { joined = [], renamed = [] } = event;
  const isOther = (nick: string) => roomKey(nick) !== model.meKey;
  const come = joined.filter(isOther);
  const moves = renamed.filter(({ to }) => isOther(to));
  const others = [...come, ...moves.map(({ to }) => to)];
  const known = withFollowed(withTaken(told.model, others), { renamed });
  const moved = withHeld(withOthersRenamed(known, moves), come);
  return { ...told, model: moved, lines: [...told.lines, ...movedLines(known, moved)] };
}

/** Of the two, the other is here or not; what was written to a nick that they gave up reaches no person. */
function inConversation(model: Model, event: Event<"presence">): Step {
  const { room, joined = [], left = [], renamed = [] } = event;
  if (renamed.length > 0) return step(model);
  const known = model.rooms.get(roomKey(room));
  const other = known === undefined ? null : otherIn(known);
  const isOther = (nick: string) => other !== null && roomKey(nick) === roomKey(other);
  const isHere = joined.some(isOther);
  if (!isHere && !left.some(isOther)) return step(model);
  const told = inRoom(model, event);
  return { ...told, model: withOtherHere(told.model, room, isHere) };
}

function inRoom(model: Model, event: Event<"presence">): Step {
  const { room, joined = [], left = [], renamed = [], memberCount } = event;
  const isTold = (nick: string) => nick !== model.me && !isIgnored(model, nick);
  const lines = [
    ...joined.filter(isTold).map((nick) => notice(`"${nick}" is here`, room)),
    ...left.filter(isTold).map((nick) => notice(`"${nick}" has left`, room)),
    ...renamed
      .filter(({ from, to }) => isTold(to) && !isIgnored(model, from))
      .map(({ from, to }) => notice(`"${from}" is "${to}" now`, room)),
  ];
  return step(withPresence(model, room, { joined, left, renamed, memberCount }), { lines });
}

/** Of a conversation, who comes into it is told who is here: one of them may have had another nick. */
function takeJoin(model: Model, event: Event<"joined">): Step {
  const told = enter(model, event);
  if (!isDirectName(event.room)) return told;
  const others = event.members.filter((nick) => roomKey(nick) !== model.meKey);
  const held = withHeld(told.model, others);
  return { ...told, model: held, lines: [...told.lines, ...movedLines(told.model, held)] };
}

function enter(model: Model, event: Event<"joined">): Step {
  const { room, topic, memberCount, epoch, head, again } = event;
  const members = event.members.length === memberCount ? event.members : null;
  const key = roomKey(room);
  const before = model.rooms.get(key);
  const isSameLog = before?.epoch == null ? null : before.epoch === epoch;
  // Seqs of another log say nothing about this one.
  const isOther = isOtherLog(before, { epoch, head });
  const seen = isOther ? { ...unseen, head } : { head: Math.max(before?.head ?? 0, head) };
  const people = { topic, memberCount, members, typing: [], isBarred: false };
  const next = withFirstMark(withRoom(model, room, { ...people, epoch, isSameLog, ...seen }), key);
  const isEmpty = next.rooms.get(key)?.timeline.count === 0;
  const known = isEmpty ? withOlder(next, room, head > 0) : next;
  const isKnown = known.rooms.get(key)?.isMarked != null;
  if (again) return isKnown ? step(known) : asking(step(known));
  const there = known.current === null ? withCurrent(known, key) : known;
  const many = memberCount === 1 ? "nobody else is here" : `${memberCount} people are here`;
  const text = `you are in ${placeName(there, room)}: ${many}${topic === "" ? "" : `; topic: ${topic}`}`;
  const lines = [notice(text, room)];
  return isKnown ? step(there, { lines }) : asking(step(there, { lines }));
}

/** Of a room that one has just entered, what was said before is in the log. */
function withOlder(model: Model, room: string, hasOlder: boolean): Model {
  const timeline = model.rooms.get(roomKey(room))?.timeline;
  return timeline === undefined ? model : withTimeline(model, room, { ...timeline, hasOlder });
}

/** A log that was begun anew is not a gap: of what was said meanwhile, nothing need be missing. */
function takeReset(model: Model, { room }: Event<"reset">): Step {
  const isSameLog = model.rooms.get(roomKey(room))?.isSameLog ?? null;
  const known = withRoom(model, room, { isSameLog: true });
  const next = withLocalItem(known, room, { kind: "gap", at: model.nowMs });
  return step(next, { lines: [notice(resetText(isSameLog), room)] });
}

function resetText(isSameLog: boolean | null): string {
  if (isSameLog === false) return "the server was restarted: what was said before is gone from it";
  const missing = isSameLog === null ? "may be" : "are";
  return `messages ${missing} missing here: the server has them no longer`;
}

function leave(model: Model, { room, reason }: Event<"left">): Step {
  // One's own rename has led out of it: it stays, to be read.
  const key = roomKey(room);
  const known = model.rooms.get(key);
  if (reason === null && known?.moved?.isOwn === true && !isOwnName(model, key)) {
    return step(model);
  }
  const next = withoutRoom(model, room);
  const line =
    reason === null
      ? notice(`you left ${placeName(model, room)}`)
      : problem(`no longer in ${placeName(model, room)}: ${reason.message}`);
  return step(next, { lines: [line, ...talkLines(model, next)] });
}

const isOwnName = ({ meKey }: Model, room: NameKey): boolean =>
  directParticipants(room)?.includes(meKey) === true;

/** What could not be entered before is tried again. */
function enteringAgain({ model, lines, effects }: Step): Step {
  const barred = [...model.rooms.values()].filter(({ isBarred }) => isBarred);
  const next = barred.reduce((now, { name }) => withRoom(now, name, { isBarred: false }), model);
  const joins = barred.map(({ name: room }) => ({ type: "join", room }) as const);
  return { model: next, lines, effects: [...effects, ...joins] };
}

function changeState(model: Model, state: ChatClientState): Step {
  const next = { ...model, state };
  switch (state.phase) {
    case "waiting": {
      if (model.isAway) return step(next);
      const text = `${state.reason.message} Reconnecting; what you say is kept and sent then.`;
      return step({ ...next, isAway: true }, { lines: [notice(text)] });
    }
    case "online": {
      const renamed = withMe(next, state.nick);
      const moved = roomKey(state.nick) === model.meKey ? renamed : withSelfRenamed(next, renamed);
      const back = { ...moved, isAway: false };
      const lines = model.isAway ? [notice("back online")] : [];
      const told = step(back, { lines: [...lines, ...movedLines(next, moved)] });
      // Another nick is told like that, too.
      return model.state.phase === "online" ? told : asking(enteringAgain(told));
    }
    case "closed": {
      const isWished = state.reason.code === "closed";
      return step(next, {
        lines: isWished ? [] : [problem(state.reason.message)],
        effects: isWished ? [] : [{ type: "quit" }],
      });
    }
    case "connecting":
      return step(next);
  }
}
