// The rows of one message: what it answers, what it says, what others put under it.
// Knows nothing of its neighbours but whether it goes on with what the same person said. Pure.

import type { Message, Quote } from "@maru/chat-model/model";
import { mentionsOf } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { markedSpans, type Role, type Row, type Span, wrapSpans } from "@maru/tui/frame";
import { cutToWidth, sanitizeScreenLine } from "@maru/tui/text";
import { nickRole } from "../nick-role.ts";
import type { Symbols } from "../symbols.ts";
import { arrangementOf, type Lead, placed, shownNick, textCells } from "./columns.ts";
import type { RowContext, RowStyle } from "./row-context.ts";

/** Kinds of emoji under one message; more are counted. */
export const reactionsMax = 24;

type Names = Pick<RowStyle, "me" | "formers">;

export function isMention({ from, text, redacted }: Message, names: Names): boolean {
  if (redacted === true || isOneself(from, names)) return false;
  return mentionsOf(text).some((nick) => nick === names.me || names.formers.includes(nick));
}

function isOneself(nick: string, { me, formers }: Names): boolean {
  const key = roomKey(nick);
  return key === me || formers.includes(key);
}

/** What a message says about the one that it answers; empty when it answers none. */
export function replyText({ replyTo }: Pick<Message, "replyTo">, context: RowContext): string {
  if (replyTo === undefined) return "";
  const { seq, from, excerpt }: Quote = context.quote(replyTo);
  const cut = context.style.isAscii ? excerpt.replace(/…$/, context.symbols.ellipsis) : excerpt;
  const about = excerpt === "" ? "(taken back)" : cut;
  return sanitizeScreenLine(from === null ? `message ${seq}` : `${from}: ${about}`);
}

export function messageRows(
  message: Message,
  { isContinued, reply }: { readonly isContinued: boolean; readonly reply: string },
  { style, symbols }: RowContext,
): Row[] {
  const { from, at, redacted } = message;
  const isMarked = isMention(message, style);
  const role: Role = isOneself(from, style) ? "own" : isMarked ? "mention" : nickRole(from);
  const nick: Span = { text: shownNick(from, style, symbols), role };
  const isAction = message.action === true && redacted !== true;
  const above = reply === "" ? [] : [replyRow(reply, style, symbols)];
  const said = wrapSpans(
    [...opening(nick, isAction, style), ...saidPieces(message)],
    textCells(style),
  );
  const lead: Lead = {
    atMs: at,
    ...leadOf(nick, { isAction, isContinued }, symbols),
    isMention: isMarked,
    at: above.length,
  };
  return placed([...above, ...said, ...reactionRows(message, style)], lead, style, symbols);
}

/** What stands before a text that has no line of its own for the nick. */
function opening(nick: Span, isAction: boolean, style: RowStyle): Span[] {
  const isBare = arrangementOf(style) === "bare";
  if (isAction) {
    const star: Span[] = isBare ? [{ text: "* ", role: "text" }] : [];
    return [...star, nick, { text: " ", role: "text" }];
  }
  return isBare ? [nick, { text: ": ", role: "text" }] : [];
}

function leadOf(
  nick: Span,
  { isAction, isContinued }: { isAction: boolean; isContinued: boolean },
  symbols: Symbols,
): Pick<Lead, "label" | "head" | "mark"> {
  if (isAction) return { label: { ...nick, text: "*" }, head: null, mark: "*" };
  if (isContinued) return { label: { text: "", role: "text" }, head: null, mark: symbols.dot };
  return { label: nick, head: nick, mark: " " };
}

function saidPieces({ text, edited, redacted }: Message): Span[] {
  if (redacted === true) return [{ text: "(taken back)", role: "faint" }];
  const pieces = markedSpans(text, "text");
  return edited === undefined ? pieces : [...pieces, { text: " (edited)", role: "faint" }];
}

export function replyRow(reply: string, style: RowStyle, symbols: Symbols): Row {
  const text = cutToWidth(`${symbols.reply} ${reply}`, textCells(style), symbols.ellipsis);
  return [{ text, role: "faint" }];
}

function reactionRows({ reactions = [] }: Message, style: RowStyle): Row[] {
  if (reactions.length === 0) return [];
  const shown = reactions.slice(0, reactionsMax).map(({ emoji, count, from }) => {
    const rest = count - from.length;
    const names = from.map(sanitizeScreenLine).join(", ");
    const others = rest > 0 && names !== "" ? ` and ${rest} more` : "";
    return `${sanitizeScreenLine(emoji)} ${count} ${names}${others}`.trimEnd();
  });
  const more = reactions.length - reactionsMax;
  const text = [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("  ");
  return wrapSpans([{ text, role: "faint" }], textCells(style));
}
