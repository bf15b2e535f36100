// What the answers to questions do to the model, and how they are told: lists of messages, what was
// found, what is unread. Pure.

import { directParticipants, unreadMax } from "@maru/protocol/chat";
import { type InboxRoom, roomKey } from "@maru/sdk/chat";
import { lastMax } from "../command/reading.ts";
import { itemOf, withTimeline } from "../model/conversation.ts";
import { shownEntries } from "../model/ignoring.ts";
import { type Model, placeName, withShown } from "../model/model.ts";
import { quoteOf } from "../model/quote.ts";
import { type Input, type Line, type Message, notice, type Step, step } from "../model/step.ts";
import { withNewestPage } from "../model/timeline.ts";
import { searchHints } from "./nothing-found.ts";
import { withInbox } from "./unread.ts";

type Answer<T extends Input["type"]> = Extract<Input, { type: T }>;

/** Rooms that the notice at the start names. */
const namedMax = 3;

/** A message as a line; `isListed`: with its number, for the person who wants to refer to it. */
export function messageLine(model: Model, message: Message, isListed: boolean): Line {
  const { room, from, text, at, seq, replyTo, reactions } = message;
  return {
    type: "message",
    room,
    from,
    text,
    atMs: at,
    isAction: message.action === true,
    isOwn: from === model.me,
    ...(isListed && { number: seq }),
    ...(replyTo !== undefined && { answers: quoteOf(model, room, replyTo) }),
    ...(message.edited !== undefined && { isEdited: true }),
    ...(message.redacted === true && { isRedacted: true }),
    ...(isListed && reactions !== undefined && { reactions }),
  };
}

export function showListed(model: Model, { room, messages: all }: Answer<"listed">): Step {
  const head = all.at(-1)?.seq;
  const messages = shownEntries(all, model.ignored);
  if (head === undefined)
    return step(model, { lines: [notice("nothing was said here yet", room)] });
  // Left meanwhile: it is shown, but not entered by that.
  const known = model.rooms.get(roomKey(room));
  const items = messages.map((message) => itemOf(message)).filter((item) => item !== null);
  const timeline = known && withNewestPage(known.timeline, items, true, model.scrollback);
  const next =
    timeline === undefined ? model : withShown(withTimeline(model, room, timeline), room, head);
  return step(next, { lines: messages.map((message) => messageLine(next, message, true)) });
}

export function showFound(model: Model, answer: Answer<"found">): Step {
  const { next, isBehind, asked } = answer;
  const messages = shownEntries(answer.messages, model.ignored);
  const count = messages.length === 1 ? "1 message" : `${messages.length} messages`;
  const older = next === null ? "" : "; there may be older ones: /search alone looks for them";
  const newer = isBehind ? "; the newest may be missing: the index is behind" : "";
  const about = messages.length === 0 ? nothingFound(model, answer) : count;
  const closing = notice(about + older + newer);
  const further = next === null || asked === undefined ? null : { ...asked, cursor: next };
  return step(
    { ...model, further },
    { lines: [...messages.map((message) => messageLine(model, message, true)), closing] },
  );
}

/** Without knowing what was asked, nothing is said of where it looked. */
function nothingFound(model: Model, { query, asked, next }: Answer<"found">): string {
  const none = `nothing was found ${next === null ? "" : "yet "}for ${query}`;
  if (asked === undefined) return none;
  const { room } = asked;
  const where = room === null ? "your rooms and conversations" : placeName(model, room);
  const hints = next === null ? searchHints(query, room === null) : [];
  return `${none} in ${where}${hints.map((hint) => `; ${hint}`).join("")}`;
}

export function showInbox(model: Model, { rooms, isBrief }: Answer<"inbox">): Step {
  const waiting = rooms.filter(({ unread }) => unread > 0);
  const unread = new Map(waiting.map((each) => [roomKey(each.room), each.unread]));
  const counted = { ...model, unread };
  const next = model.isRedrawn ? withInbox(model, rooms, isBrief) : counted;
  if (isBrief) return step(next, { lines: briefLines(next, waiting) });
  if (waiting.length === 0) return step(next, { lines: [notice("nothing is unread")] });
  const text = waiting.map((each) => `${placeName(model, each.room)}: ${countsText(each)}`);
  return step(next, { lines: [{ type: "text", text: text.join("\n") }] });
}

const many = (count: number): string => (count >= unreadMax ? `${unreadMax}+` : String(count));

function countsText({ unread, mentions }: InboxRoom): string {
  return `${many(unread)} unread${mentions > 0 ? `, ${many(mentions)} of them name you` : ""}`;
}

/** One line on the conversations with something unread and the rooms where one was named. */
function briefLines(model: Model, waiting: readonly InboxRoom[]): Line[] {
  const isDirect = ({ room }: InboxRoom) => directParticipants(roomKey(room)) !== null;
  const calling = waiting.filter((each) => isDirect(each) || each.mentions > 0);
  if (calling.length === 0) return [];
  const named = calling.slice(0, namedMax);
  const says = named.map((each) => {
    const place = placeName(model, each.room);
    if (isDirect(each)) return `${many(each.unread)} unread from ${place.slice(1)}`;
    return `${many(each.unread)} unread in ${place}, ${many(each.mentions)} of them name you`;
  });
  const ways = named.map(({ room, unread }) =>
    roomKey(room) === model.current
      ? `/last ${Math.min(unread, lastMax)}`
      : `/join ${placeName(model, room)}`,
  );
  const rest =
    calling.length > named.length ? `; ${calling.length - named.length} more: /unread` : "";
  return [notice(`${says.join("; ")}: ${ways.join(", ")}${rest}`)];
}
