// The chat's commands as the queue sees them: how each is answered, and what it may overtake. Data alone.

import type {
  ChatErrorCode,
  CommandOf,
  CommandType,
  ReplyOf,
  ReplyType,
} from "@maru/protocol/chat";
import type { CommandRule } from "../command/request.ts";

/** A command without its id: it gets a new one each time that it is written. */
export type BodyOf<T extends CommandType> = Omit<CommandOf<T>, "id">;
export type ChatBody = { [T in CommandType]: BodyOf<T> }[CommandType];

/**
 * How each command is answered, and what it may overtake. A cid counts for one nick: a send that
 * was repeated under another one would be stored twice, so none may be open when the nick changes.
 */
export const commandRules = {
  hello: { reply: "welcome", repeatable: false, sendsBefore: "any" },
  join: { reply: "joined", repeatable: true, sendsBefore: "any" },
  leave: { reply: "left", repeatable: true, sendsBefore: "written" },
  send: { reply: "sent", repeatable: true, sendsBefore: "any", outbox: "paced" },
  edit: { reply: "sent", repeatable: true, sendsBefore: "any", outbox: "alone" },
  redact: { reply: "sent", repeatable: true, sendsBefore: "any", outbox: "alone" },
  react: { reply: "sent", repeatable: true, sendsBefore: "any", outbox: "alone" },
  nick: { reply: "renamed", repeatable: false, sendsBefore: "acknowledged" },
  topic: { reply: "sent", repeatable: true, sendsBefore: "any", outbox: "alone" },
  who: { reply: "members", repeatable: true, sendsBefore: "any" },
  rooms: { reply: "directory", repeatable: true, sendsBefore: "any" },
  history: { reply: "page", repeatable: true, sendsBefore: "any", patient: true },
  search: { reply: "page", repeatable: true, sendsBefore: "any", patient: true },
  mark: { reply: "marked", repeatable: true, sendsBefore: "any" },
  inbox: { reply: "conversations", repeatable: true, sendsBefore: "any", patient: true },
  // Asked again later it would be a lie.
  typing: { reply: "noted", repeatable: false, sendsBefore: "any" },
  ping: { reply: "pong", repeatable: true, sendsBefore: "any" },
} as const satisfies Record<CommandType, CommandRule & { readonly reply: ReplyType }>;

export type ReplyTo<T extends CommandType> = ReplyOf<(typeof commandRules)[T]["reply"]>;

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
