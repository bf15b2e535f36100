// The chat's commands as the queue sees them: what may be repeated, and what overtakes what. Data alone.

import type { CommandName, PongReply, ReplyMessage } from "@maru/protocol";
import type { ChatDefinition, ChatErrorCode, CommandOf, CommandType } from "@maru/protocol/chat";
import type { CommandRule } from "../command/request.ts";

/** A command without its id: it gets a new one each time that it is written. */
export type BodyOf<T extends CommandType> = Omit<CommandOf<T>, "id">;
export type ChatBody = { [T in CommandType]: BodyOf<T> }[CommandType];

/**
 * Whether each command is repeated, and what it may overtake. A cid counts for one nick: a send that
 * was repeated under another one would be stored twice, so none may be open when the nick changes.
 */
export const commandRules = {
  hello: { repeatable: false, sendsBefore: "any" },
  join: { repeatable: true, sendsBefore: "any" },
  leave: { repeatable: true, sendsBefore: "written" },
  send: { repeatable: true, sendsBefore: "any", outbox: "paced" },
  edit: { repeatable: true, sendsBefore: "any", outbox: "alone" },
  redact: { repeatable: true, sendsBefore: "any", outbox: "alone" },
  react: { repeatable: true, sendsBefore: "any", outbox: "alone" },
  nick: { repeatable: false, sendsBefore: "acknowledged" },
  topic: { repeatable: true, sendsBefore: "any", outbox: "alone" },
  who: { repeatable: true, sendsBefore: "any" },
  rooms: { repeatable: true, sendsBefore: "any" },
  history: { repeatable: true, sendsBefore: "any", patient: true },
  search: { repeatable: true, sendsBefore: "any", patient: true },
  mark: { repeatable: true, sendsBefore: "any" },
  inbox: { repeatable: true, sendsBefore: "any", patient: true },
  // Asked again later it would be a lie.
  typing: { repeatable: false, sendsBefore: "any" },
  ping: { repeatable: true, sendsBefore: "any" },
} as const satisfies Record<CommandType, CommandRule>;

export type ReplyTo<T extends CommandType> =
  | (T extends CommandName<ChatDefinition> ? ReplyMessage<ChatDefinition, T> : never)
  | (T extends "ping" ? PongReply : never);

/** The commands that go through the outbox. */
export type OutboxType = {
  [T in CommandType]: (typeof commandRules)[T] extends { outbox: string } ? T : never;
}[CommandType];
export type OutboxBody = { [T in OutboxType]: BodyOf<T> }[OutboxType];
/** A command of the outbox as it is kept: plain data, with the cid by which it counts once. */
export type Unsent = OutboxBody & { readonly cid: string };

/** Refusals that pass by themselves, however long it takes: what is asked again will be done. */
export const passingCodes: ReadonlySet<string> = new Set([
  "rate_limited",
  "storage_unavailable",
  "busy",
] satisfies ChatErrorCode[]);
