// edit, redact, react → sent: entries about another entry. What they may do is judged by the log,
// which sees the message and the amendment in one order.

import {
  type CommandOf,
  fitsUtf8,
  parseEmoji,
  parseFormerEmoji,
  textBytesMax,
} from "@maru/protocol/chat";
import { type Effects, fail } from "../hub/effects.ts";
import { findOwn } from "../hub/find-room.ts";
import type { Handler, HubState } from "../hub/hub-state.ts";
import type { ChatSession } from "../hub/room-and-session.ts";
import type { Draft } from "../room-log.ts";
import { propose } from "./send.ts";

export const edit: Handler<"edit"> = (state, session, command, now) => {
  if (!fitsUtf8(command.text, textBytesMax)) {
    const message = `the text is longer than ${textBytesMax} bytes of UTF-8`;
    return fail(session.id, command.id, "invalid_message", { message, field: "text" });
  }
  return amend(state, session, command, { type: "edit", text: command.text }, now);
};

export const redact: Handler<"redact"> = (state, session, command, now) => {
  const { reason } = command;
  return amend(
    state,
    session,
    command,
    { type: "redaction", ...(reason !== undefined && { reason }) },
    now,
  );
};

export const react: Handler<"react"> = (state, session, command, now) => {
  const parse = command.remove === true ? parseFormerEmoji : parseEmoji;
  const emoji = parse(command.emoji);
  if (emoji === null) {
    const message = "the emoji: give one that Unicode knows, or one character that can be seen";
    return fail(session.id, command.id, "invalid_message", { message, field: "emoji" });
  }
  const removed = command.remove === true && { removed: true as const };
  return amend(state, session, command, { type: "reaction", emoji, ...removed }, now);
};

type Stamp = "room" | "at" | "from" | "target";
type Change = Draft extends infer D
  ? D extends { readonly target: number }
    ? Omit<D, Stamp>
    : never
  : never;

function amend(
  state: HubState,
  session: ChatSession,
  command: CommandOf<"edit" | "redact" | "react">,
  change: Change,
  now: number,
): Effects {
  const found = findOwn(state, session, command);
  if (!found.ok) return found.effects;
  const { room } = found;
  const stamp = { room: room.name, at: now, from: session.nick, target: command.target };
  const draft = { ...change, ...stamp } as Draft;
  return propose(state, room, session, { ...command, draft }, now);
}
