// What was said here and is not in the log yet, below the conversation: on its way, or refused and
// waiting for a word of the person. Pure.

import type { Pending } from "@maru/chat-model/model";
import { type Role, type Row, type Span, shownText, wrapSpans } from "@maru/tui/frame";
import { cutToWidth, sanitizeScreenLine } from "@maru/tui/text";
import type { ScreenModel } from "../../screen/model/screen-model.ts";
import { keyHint } from "../key-label.ts";
import { arrangementOf, type Lead, placed, shownNick, textCells } from "./columns.ts";
import { replyRow, replyText } from "./message-rows.ts";
import type { RowContext } from "./row-context.ts";

/** The last rows of what is pending in the current room, at most `rowsMax`, oldest first. */
export function pendingRows(model: ScreenModel, rowsMax: number, context: RowContext): Row[] {
  const here = model.pending.filter(({ key }) => key === model.chat.current);
  const rows: Row[] = [];
  let hidden = here.length;
  for (const pending of here.toReversed()) {
    if (rows.length >= rowsMax) break;
    rows.unshift(...rowsOf(pending, hidden === 1, model, context));
    hidden -= 1;
  }
  if (rows.length <= rowsMax && hidden === 0) return rows;
  const kept = rows.slice(rows.length - rowsMax + 1);
  const text = `${context.symbols.pending} ${here.length} messages are not sent yet`;
  return [[{ text: cutToWidth(text, context.style.width, ""), role: "faint" }], ...kept];
}

function rowsOf(
  { text, isAction, replyTo, problem }: Pending,
  isFirst: boolean,
  model: ScreenModel,
  context: RowContext,
): Row[] {
  const { style, symbols } = context;
  const role: Role = problem === null ? "faint" : "error";
  const nick: Span = { text: shownNick(model.chat.me, style, symbols), role };
  const cells = textCells(style);
  const mark = problem === null ? symbols.pending : symbols.failed;
  const isBare = arrangementOf(style) === "bare";
  const said: Span[] = [{ text: `${mark} `, role }];
  if (isAction) said.push({ text: isBare ? `* ${nick.text} ` : `${nick.text} `, role });
  else if (isBare) said.push({ text: `${nick.text}: `, role });
  said.push({ text: shownText(text), role });
  const reply = replyTo === null ? "" : replyText({ replyTo }, context);
  const above = reply === "" ? [] : [replyRow(reply, style, symbols)];
  const body = [...above, ...wrapSpans(said, cells)];
  if (problem !== null)
    body.push(...wrapSpans([{ text: problemText(problem, model), role }], cells));
  const lead: Lead = {
    atMs: null,
    label: isAction ? { text: "*", role } : nick,
    head: isAction || !isFirst ? null : nick,
    mark: isAction ? "*" : " ",
    isMention: false,
    at: above.length,
  };
  return placed(body, lead, style, symbols);
}

function problemText(problem: string, model: ScreenModel): string {
  const hint = keyHint(model, "retry-failed", "sends again");
  return `not sent: ${sanitizeScreenLine(problem)}${hint === "" ? "" : `; ${hint}`}`;
}
