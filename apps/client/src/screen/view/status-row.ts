// The row between the conversation and the input: how the connection is, what is under way, what
// waits elsewhere; each part with how much it matters and shorter ways to say it. Pure.

import { currentRoom, placeName, roomActivity, roomOrder } from "@maru/chat-model/model";
import type { LocalErrorCode, MaruError } from "@maru/sdk/chat";
import type { Part, Row, Span } from "@maru/tui/frame";
import { cutRow, remote, span } from "@maru/tui/frame";
import { cellWidth, cutToWidth, sanitizeScreenLine } from "@maru/tui/text";
import { statusRow as rowOf } from "@maru/tui/widget";
import { countText } from "../../layout/count-text.ts";
import { keyLabel } from "../../layout/key-label.ts";
import { type Symbols, symbolsOf } from "../../layout/symbols.ts";
import type { ScreenModel } from "../model/screen-model.ts";

export interface StatusContext {
  /** Rows of the conversation below what is seen. */
  readonly more: number;
  /** Whether no list of rooms is on the screen that would say what is new. */
  readonly isFolded: boolean;
}

/** Rooms that are named when there is no list of them. */
const hotMax = 5;
/** Codes of the SDK that mean no more than that. */
const unreachable: ReadonlySet<string> = new Set([
  "connect_failed",
  "timeout",
] satisfies LocalErrorCode[]);
/** Of a reason that came from elsewhere, in UTF-16 units, before it is cut to the row. */
const reasonMax = 200;
/** Cells to which it is cut where the row is shorter. */
const reasonCells = [100, 70, 50, 30, 20, 12];

/** How one need not wait. */
const reconnectHint = " (/reconnect: now)";

export function statusRow(model: ScreenModel, width: number, context: StatusContext): Row {
  const symbols = symbolsOf(model.settings.isAscii);
  return rowOf(statusParts(model, context), toastRow(model, width), width, symbols);
}

/** What is said for a moment; null: nothing, or its time is over. */
function toastRow({ toast, chat, settings }: ScreenModel, width: number): Row | null {
  if (toast === null || toast.untilMs <= chat.nowMs) return null;
  const { ellipsis } = symbolsOf(settings.isAscii);
  const text = sanitizeScreenLine(toast.text);
  const row = [span(text, toast.isError ? "error" : "accent")];
  return cellWidth(text) === 0 ? null : cutRow(row, Math.max(1, width - 2), ellipsis);
}

/** In the order in which they stand from left to right; their rank says what goes first. */
function statusParts(model: ScreenModel, { more, isFolded }: StatusContext): Part[] {
  const symbols = symbolsOf(model.settings.isAscii);
  const part = (
    rank: number,
    side: Part["side"],
    ways: readonly Row[] | null,
    more: Pick<Part, "isKept"> = {},
  ): Part[] => (ways === null || ways.length === 0 ? [] : [{ rank, side, ways, ...more }]);
  return [
    { rank: 0, side: "left", ...connectionWays(model, symbols) },
    ...part(8, "left", [[remote(model.chat.me, "own")], []]),
    ...part(9, "left", model.doNotDisturb ? quietWays(symbols) : null),
    ...part(1, "left", failedWays(model, symbols)),
    ...part(5, "left", pendingWays(model, symbols)),
    ...part(3, "left", progressWays(model)),
    ...part(7, "right", typingWays(model, symbols)),
    ...part(6, "right", selectedWays(model)),
    ...part(4, "right", isFolded ? hotWays(model) : null),
    ...part(2, "right", more > 0 ? moreWays(model, more) : null, { isKept: true }),
  ];
}

/** What lies below, and how much of it names oneself. */
function moreWays({ chat }: ScreenModel, more: number): Row[] {
  const mentions = currentRoom(chat)?.mentions ?? 0;
  const named = (before: string): Row =>
    mentions > 0 ? [span(`${before}@${countText(mentions)}`, "mention")] : [];
  return [
    [span(`-MORE(${more}`, "warning"), ...named(", "), span(")-", "warning")],
    [span(`+${countText(more)}`, "warning"), ...named(" ")],
  ];
}

/** The number by which commands know the message that is chosen. */
const selectedWays = ({ selected }: ScreenModel): Row[] | null =>
  selected === null
    ? null
    : [[span(`message #${selected}`, "accent")], [span(`#${selected}`, "accent")]];

const quietWays = ({ quiet }: Symbols): Row[] => [
  [span(`${quiet} do not disturb`, "warning")],
  [span(quiet, "warning")],
];

/** From the whole to the symbol alone, which is always to be seen. */
function connectionWays({ chat }: ScreenModel, symbols: Symbols): Pick<Part, "ways" | "modest"> {
  const { state, nowMs } = chat;
  const ways = (role: Span["role"], symbol: string, ...words: string[]) => ({
    ways: [
      ...words.map((word) => [
        span(symbol, role),
        span(` ${word}`, role === "good" ? "text" : role),
      ]),
      [span(symbol, role)],
    ],
  });
  switch (state.phase) {
    case "online":
      return ways("good", symbols.online, "online");
    case "connecting":
      return state.attempt > 1
        ? ways(
            "warning",
            symbols.waiting,
            `reconnecting (attempt ${state.attempt})`,
            "reconnecting",
          )
        : ways("warning", symbols.connecting, "connecting");
    case "waiting": {
      const seconds = Math.max(0, Math.ceil((state.untilMs - nowMs) / 1000));
      const when = seconds === 0 ? "now" : `in ${seconds} s`;
      const waits = `reconnecting ${when}`;
      const atOnce = seconds === 0 ? "" : reconnectHint;
      const why = reasonWays(state.reason, symbols).map((each) => `${waits}: ${each}`);
      // A reason is not cut to make room for the hint.
      const isWhole = (each: string) => !each.endsWith(symbols.ellipsis);
      const hinted = why.filter(isWhole).map((each) => each + atOnce);
      const all = ways("warning", symbols.waiting, ...hinted, ...why, waits, when);
      return { ...all, modest: hinted.length + why.length };
    }
    case "closed": {
      const why = reasonWays(state.reason, symbols).map((each) => `closed: ${each}`);
      return { ...ways("error", symbols.closed, ...why, "closed"), modest: why.length };
    }
  }
}

/** A reason, and the beginnings of it that fit where the row is shorter. */
function reasonWays({ code, message }: MaruError, { ellipsis }: Symbols): string[] {
  // Which server it is one knows; host, port and the system's own word for it fill the row.
  if (unreachable.has(code)) return ["the server is not reachable", "not reachable"];
  const line = sanitizeScreenLine(message).slice(0, reasonMax).toWellFormed();
  const reason = line.replace(/\.$/, "");
  return [reason, ...reasonCells.map((cells) => cutToWidth(reason, cells, ellipsis))];
}

function failedWays(model: ScreenModel, { failed }: Symbols): Row[] | null {
  const count = model.pending.filter(({ problem }) => problem !== null).length;
  if (count === 0) return null;
  const key = keyLabel(model, "retry-failed");
  const short = [span(`${failed} ${countText(count)} failed`, "error")];
  const how = key === null ? [] : [[...short, span(` (${key} sends again)`, "error")]];
  const brief = key === null ? [] : [[...short, span(` (${key})`, "error")]];
  return [...how, ...brief, short, [span(`${failed}${countText(count)}`, "error")]];
}

function pendingWays({ pending, chat }: ScreenModel, symbols: Symbols): Row[] | null {
  const word = chat.state.phase === "online" ? "sending" : "waiting";
  const count = pending.filter(({ problem }) => problem === null).length;
  if (count === 0) return null;
  return [
    [span(`${symbols.pending} ${countText(count)} ${word}`, "faint")],
    [span(`${symbols.pending}${countText(count)}`, "faint")],
  ];
}

/** What is being fetched: the rooms after a reconnect, or a page of what was said. */
function progressWays({ joining, joiningOf, loading, chat }: ScreenModel): Row[] | null {
  if (joining.size > 0) {
    const all = Math.max(joiningOf, joining.size);
    const done = `${all - joining.size} of ${all}`;
    return [[span(`joining ${done} rooms`, "accent")], [span(done.replace(" of ", "/"), "accent")]];
  }
  if (chat.current === null || !loading.has(chat.current)) return null;
  return [[span("fetching messages", "accent")], [span("fetching", "accent")]];
}

function typingWays({ chat }: ScreenModel, { typing, ongoing }: Symbols): Row[] | null {
  const room = currentRoom(chat);
  const writing = room?.typing.filter(({ untilMs }) => untilMs > chat.nowMs) ?? [];
  const [one, other] = writing.map(({ nick }) => sanitizeScreenLine(nick));
  if (one === undefined) return null;
  const short = [span(typing, "accent")];
  const end = writing.length === 1 ? "is writing" : "are writing";
  const who = other === undefined ? one : `${one} and ${other}`;
  const text = writing.length > 2 ? "several people are writing" : `${who} ${end}`;
  return [[span(`${text}${ongoing}`, "faint")], short];
}

/** The rooms with something new: mentions first, then in the order of the list. */
function hotWays(model: ScreenModel): Row[] | null {
  const { chat } = model;
  const rooms = roomOrder(model).flatMap((key) => {
    const room = chat.rooms.get(key);
    if (room === undefined || key === chat.current) return [];
    const { unread, mentions, isMuted } = roomActivity(model, room);
    if (unread === 0 || (isMuted && mentions === 0)) return [];
    return [{ name: sanitizeScreenLine(placeName(chat, room.name)), unread, mentions }];
  });
  if (rooms.length === 0) return null;
  const sorted = [
    ...rooms.filter(({ mentions }) => mentions > 0),
    ...rooms.filter(({ mentions }) => mentions === 0),
  ];
  const upTo = (count: number): Row => {
    const named = sorted
      .slice(0, count)
      .flatMap(({ name, unread, mentions }, index): Span[] => [
        span(index > 0 ? ", " : "", "faint"),
        span(name, mentions > 0 ? "mention" : "unread"),
        span(mentions > 0 ? ` @${countText(mentions)}` : "", "mention"),
        span(unread > mentions ? ` ${countText(unread)}` : "", "unread"),
      ]);
    const rest = sorted.length - Math.min(count, sorted.length);
    const behind = rest === 0 ? "" : count === 0 ? `+${rest}` : `, +${rest}`;
    return [span("[", "faint"), ...named, span(`${behind}]`, "faint")];
  };
  const first = Math.min(hotMax, sorted.length);
  return Array.from({ length: first + 1 }, (_, less) => upTo(first - less));
}
