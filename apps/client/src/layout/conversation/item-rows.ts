// The rows that an item of a timeline takes on the screen, with what stands above it: the day, where
// the unread ones begin. Rows are kept as long as their item is, so that only what is new is laid out.
// The update scrolls by the very rows that the view shows: they have roles, which say what a text is,
// and no looks, which are the theme's.

import type { Item } from "@maru/chat-model/model";
import { dayLabel, isSameDay } from "@maru/chat-model/time";
import { roomKey } from "@maru/sdk/chat";
import { markedSpans, type Role, type Row, type Span, shownText, wrapSpans } from "@maru/tui/frame";
import { cutToWidth, sanitizeScreenLine } from "@maru/tui/text";
import { nickRole } from "../nick-role.ts";
import { chosen, type Lead, placed, ruled, textCells } from "./columns.ts";
import { messageRows, replyText } from "./message-rows.ts";
import { isShown, presenceText } from "./presence.ts";
import { isSameStyle, type RowContext, type RowStyle } from "./row-context.ts";

/** Messages of one person within so many milliseconds stand under one nick. */
export const groupMs = 300_000;

/** What the rows of an item depend on. Names no other item: each would keep the one before it. */
interface Circumstances {
  readonly style: RowStyle;
  readonly isNewDay: boolean;
  readonly isFirstUnread: boolean;
  readonly isContinued: boolean;
  readonly isSelected: boolean;
  /** What is told of others in it: the message that is answered, who came and went. */
  readonly about: string;
}

interface Laid extends Circumstances {
  readonly rows: readonly Row[];
}

const laid = new WeakMap<Item, Laid>();

/** The rows of `item`, oldest first; `previous` is the item that is shown above it. None: hidden. */
export function itemRows(item: Item, previous: Item | null, context: RowContext): readonly Row[] {
  if (!isShown(item, context)) return [];
  const now = circumstancesOf(item, previous, context);
  const known = laid.get(item);
  if (known !== undefined && isSame(known, now)) return known.rows;
  const rows = layOut(item, now, context);
  laid.set(item, { ...now, rows });
  return rows;
}

/** As `itemRows` of what goes on with what the same person said, but with their nick. */
export function namedRows(item: Item, context: RowContext): readonly Row[] {
  const first = { isNewDay: false, isFirstUnread: false, isContinued: false };
  return layOut(item, { ...circumstancesOf(item, null, context), ...first }, context);
}

function isSame(known: Circumstances, now: Circumstances): boolean {
  return (
    known.isNewDay === now.isNewDay &&
    known.isFirstUnread === now.isFirstUnread &&
    known.isContinued === now.isContinued &&
    known.isSelected === now.isSelected &&
    known.about === now.about &&
    isSameStyle(known.style, now.style)
  );
}

const timeOf = (item: Item): number => (item.kind === "message" ? item.message.at : item.at);

function circumstancesOf(item: Item, previous: Item | null, context: RowContext): Circumstances {
  const isNewDay = previous === null || !isSameDay(timeOf(item), timeOf(previous));
  const isFirstUnread = item.key === context.dividerKey;
  return {
    style: context.style,
    isNewDay,
    isFirstUnread,
    isContinued: !isNewDay && !isFirstUnread && isContinuation(item, previous),
    isSelected: item.kind === "message" && item.key === context.selected,
    about: aboutOthers(item, context),
  };
}

function isContinuation(item: Item, previous: Item | null): boolean {
  if (item.kind !== "message" || previous?.kind !== "message") return false;
  const [now, before] = [item.message, previous.message];
  if (now.action === true || before.action === true) return false;
  const isSameNick = now.from === before.from || roomKey(now.from) === roomKey(before.from);
  return isSameNick && Math.abs(now.at - before.at) <= groupMs;
}

function aboutOthers(item: Item, context: RowContext): string {
  if (item.kind === "message") return replyText(item.message, context);
  return item.kind === "presence" ? presenceText(item, context) : "";
}

function layOut(item: Item, now: Circumstances, context: RowContext): readonly Row[] {
  const { style, symbols } = context;
  const rule = (text: string, role: Role, dashes?: number) =>
    ruled({ text, role }, style, symbols, dashes);
  const rows = item.kind === "gap" ? [rule("messages are missing here", "warning", 2)] : ownRows();
  return [
    ...(now.isNewDay ? [rule(dayLabel(timeOf(item)), "faint")] : []),
    ...(now.isFirstUnread ? [rule("unread", "unread")] : []),
    ...(now.isSelected ? rows.map((row) => chosen(row, style, symbols)) : rows),
  ];

  function ownRows(): Row[] {
    if (item.kind !== "message") return otherRows(item, now.about, context);
    const { isContinued, about: reply } = now;
    return messageRows(item.message, { isContinued, reply }, context);
  }
}

function otherRows(
  item: Exclude<Item, { kind: "message" }>,
  presence: string,
  context: RowContext,
): Row[] {
  const { style, symbols } = context;
  const cells = textCells(style);
  const put = (label: string, role: Role, body: readonly Row[], mark = label) => {
    const lead: Lead = {
      atMs: item.at,
      label: { text: label, role },
      head: null,
      mark: mark.slice(0, 1),
      isMention: false,
      at: 0,
    };
    return placed(body, lead, style, symbols);
  };
  switch (item.kind) {
    case "topic":
      return put("--", "faint", wrapSpans(topicSpans(item), cells));
    case "presence":
      return put(
        "",
        "faint",
        [[{ text: cutToWidth(presence, cells, symbols.ellipsis), role: "faint" }]],
        " ",
      );
    case "notice": {
      const role = item.isError ? "error" : "faint";
      const spans: Span[] = item.isError
        ? [{ text: shownText(item.text), role }]
        : markedSpans(item.text, role);
      const bare: Span[] = style.isBare ? [{ text: item.isError ? "!! " : "-- ", role }] : [];
      return put(item.isError ? "!!" : "--", role, wrapSpans([...bare, ...spans], cells));
    }
    case "gap":
      return [];
  }
}

function topicSpans({ from, topic }: Extract<Item, { kind: "topic" }>): Span[] {
  const nick: Span = { text: sanitizeScreenLine(from), role: nickRole(from) };
  if (topic === "") return [nick, { text: " cleared the topic", role: "faint" }];
  return [
    nick,
    { text: " set the topic: ", role: "faint" },
    ...markedSpans(sanitizeScreenLine(topic), "faint"),
  ];
}
