// The one place where the chat client's model changes: model × input → model, lines, effects.
// Pure. Typed lines go to the commands, what the server says and the longer answers to their own
// files; short answers, refusals, and what is still on its way are here.

import { roomKey } from "@maru/sdk/chat";
import { runTyped } from "../command/run-typed.ts";
import { otherIn, withOtherHere } from "../model/direct.ts";
import {
  type Model,
  placeName,
  withChanged,
  withoutRoom,
  withRoom,
  withUnsaid,
} from "../model/model.ts";
import {
  type Effect,
  type Input,
  type Line,
  notice,
  problem,
  type Step,
  step,
} from "../model/step.ts";
import { talkLines } from "../model/talk-text.ts";
import { showFound, showInbox, showListed } from "./update-answer.ts";
import { takeEvent } from "./update-event.ts";

export function update(model: Model, input: Input): Step {
  switch (input.type) {
    case "typed":
      if (model.isOver) return step(model);
      return tellWaiting(runTyped(model, input.line));
    case "event":
      return takeEvent(model, input.event);
    case "started":
      return step(model.isRedrawn ? { ...model, inbox: "asked" } : model, {
        effects: [{ type: "inbox", isBrief: true }],
      });
    case "due":
      return tellRead(model);
    case "said":
      return takeSaid(model, input);
    case "renamed":
      // The state of the connection has told the model, or will, in the order of the events.
      return step(model, { lines: [notice(`you are ${input.nick} now`)] });
    case "members": {
      const names = [...input.members].sort((one, other) => one.localeCompare(other));
      const text = `${names.length} in ${placeName(model, input.room)}: ${names.join(", ")}`;
      return step(model, { lines: [notice(text, input.room)] });
    }
    case "here":
      return step(noteHere(model, input));
    case "directory":
      return step(model, { lines: [directory(input.rooms)] });
    case "listed":
      return showListed(model, input);
    case "found":
      return showFound(model, input);
    case "inbox":
      return showInbox(model, input);
    case "marked":
      return step(model, { lines: [notice("marked as read", input.room)] });
    case "failed":
      return takeFailure(model, input.effect, input.error);
  }
}

/** What is said is on its way; while there is no connection it is shown as waiting, not as said. */
function tellWaiting(next: Step): Step {
  const sends = next.effects.filter((effect) => effect.type === "send");
  const model = sends.reduce((before, { room }) => withUnsaid(before, room, 1), next.model);
  if (model.state.phase === "online" || model.isRedrawn) return { ...next, model };
  const waiting = next.effects.flatMap((effect): Line[] => {
    const text = wordsOf(effect);
    return text === null ? [] : [notice(`waits for the connection: ${text.words}`, text.room)];
  });
  return { model, lines: [...next.lines, ...waiting], effects: next.effects };
}

/** What of an effect its author would not want to lose; null for a mere question. */
function wordsOf(effect: Effect): { room: string; words: string } | null {
  switch (effect.type) {
    case "send":
    case "edit":
      return { room: effect.room, words: effect.text };
    case "react":
      return { room: effect.room, words: effect.emoji };
    case "redact":
      return { room: effect.room, words: `taking message ${effect.target} back` };
    case "topic":
      return { room: effect.room, words: effect.topic };
    default:
      return null;
  }
}

const absent = (nick: string): string =>
  `"${nick}" is not here now: it is kept for when they come back`;

/** That the other is not here is told once, until they are again. */
function takeSaid(
  model: Model,
  { room, seq = 0, isAbsent }: Extract<Input, { type: "said" }>,
): Step {
  const before = model.rooms.get(roomKey(room));
  const noted = before === undefined ? model : withRoom(model, before.name, { said: seq });
  const next = withUnsaid(noted, room, -1);
  const known = next.rooms.get(roomKey(room));
  const other = known === undefined ? null : otherIn(known);
  if (known === undefined || other === null || isAbsent === undefined) return step(next);
  const seen = withOtherHere(next, room, !isAbsent);
  if (!isAbsent || (known.isAbsenceTold && known.moved === null)) return step(seen);
  const told = withChanged(seen, known, { isAbsenceTold: true });
  return step(told, { lines: [notice(absent(other), room)] });
}

function noteHere(model: Model, { room, members }: Extract<Input, { type: "here" }>): Model {
  const known = model.rooms.get(roomKey(room));
  const other = known === undefined ? null : otherIn(known);
  if (other === null) return model;
  const isHere = members.some((nick) => roomKey(nick) === roomKey(other));
  return withOtherHere(model, room, isHere);
}

/** Tells the server what was read since it was last told. */
function tellRead(model: Model): Step {
  if (model.state.phase !== "online") return step(model);
  const read = [...model.rooms.values()].filter((room) => room.read > room.marked);
  const next = read.reduce((now, room) => withChanged(now, room, { marked: room.read }), model);
  const marks = read.map(
    ({ name: room, read: seq }): Effect => ({ type: "mark", room, seq, isAsked: false }),
  );
  return step(next, { effects: marks });
}

function directory(rooms: Extract<Input, { type: "directory" }>["rooms"]) {
  if (rooms.length === 0) return notice("no room has people in it now");
  const text = rooms
    .map(({ room, memberCount, topic }) => `${room} (${memberCount})${topic && `  ${topic}`}`)
    .join("\n");
  return { type: "text", text } as const;
}

/** A room that could not be entered is not there; of what was not taken, the text is kept in view. */
function takeFailure(
  model: Model,
  effect: Effect,
  error: Extract<Input, { type: "failed" }>["error"],
) {
  const { message } = error;
  switch (effect.type) {
    case "join":
      return refuseJoin(model, effect.room, error);
    case "send": {
      const next = withUnsaid(model, effect.room, -1);
      const effects = askedWhere(next, effect.room, error);
      if (model.isRedrawn) return step(next, { effects });
      const lines = [problem(`not sent: ${effect.text} (${message})`)];
      return step(next, { lines, effects });
    }
    case "edit":
      return step(model, { lines: [problem(`not changed to: ${effect.text} (${message})`)] });
    case "inbox":
      if (!effect.isBrief) return step(model, { lines: [problem(message)] });
      return step(model.inbox === "asked" ? { ...model, inbox: "told" } : model);
    case "leave": {
      // No person is in there: it is a conversation of a nick that one gave up.
      if (error.code !== "forbidden") return step(model, { lines: [problem(message)] });
      const next = withoutRoom(model, effect.room);
      const left = notice(`you left ${placeName(model, effect.room)}`);
      return step(next, { lines: [left, ...talkLines(model, next)] });
    }
    case "look":
      // It is looked again soon.
      return step(model);
    case "mark":
      if (effect.isAsked) return step(model, { lines: [problem(message)] });
      // It was not asked for; what may pass is tried again the next time.
      return step(error.retryable ? withUnmarked(model, effect.room) : model);
    default:
      return step(model, { lines: [problem(message)] });
  }
}

/** Who joins a conversation of which a nick was given up is told where it goes on. */
function askedWhere(model: Model, room: string, { code }: Problem): Effect[] {
  const isKnown = model.rooms.get(roomKey(room))?.moved === null;
  return code === "nick_given_up" && isKnown ? [{ type: "join", room }] : [];
}

function withUnmarked(model: Model, room: string): Model {
  return model.rooms.has(roomKey(room)) ? withRoom(model, room, { marked: -1 }) : model;
}

type Problem = Extract<Input, { type: "failed" }>["error"];

function refuseJoin(model: Model, room: string, { message, retryable }: Problem): Step {
  const known = model.rooms.get(roomKey(room));
  const entered = known !== undefined && known.memberCount !== null;
  if (model.isRedrawn && retryable && known !== undefined && !entered) {
    const text = `can't join ${placeName(model, room)} now, only once you are connected anew`;
    const barred = withChanged(model, known, { isBarred: true });
    return step(barred, { lines: [problem(`${text}: ${message}`)] });
  }
  const next = entered ? model : withoutRoom(model, room);
  const text = `can't join ${placeName(model, room)}: ${message}`;
  return step(next, { lines: [problem(text), ...talkLines(model, next)] });
}
