// What a handler wants done, in order. Handlers return effects and touch nothing but hub state;
// chat-service.ts carries them out on the service port and the log.

import { boundMs, type CloseReason, type ErrorReply, waitMsMax } from "@maru/protocol";
import {
  type ChatErrorCode,
  type ChatServerMessage,
  chatErrors,
  type NameKey,
} from "@maru/protocol/chat";
import type { LogRequest, LogResult, RefusalCode } from "../room-log.ts";
import type { Network } from "./networks.ts";
import type { UnansweredTaken } from "./unanswered-budget.ts";

/** A session's number, unique in this process. */
export type SessionId = number;

/** What a log result belongs to. */
export type LogTag =
  | { readonly kind: "open"; readonly room: NameKey }
  | {
      readonly kind: "append";
      readonly session: SessionId;
      readonly re: number;
      readonly room: NameKey;
      /** Whose it is. */
      readonly account: NameKey;
      /** What it has cost of the budgets of the unanswered. */
      readonly taken: UnansweredTaken | null;
    }
  | {
      readonly kind: "recall";
      readonly session: SessionId;
      readonly re: number;
      readonly account: NameKey;
      /** What is answered if nothing is stored. */
      readonly refusal: Effects;
    }
  | {
      readonly kind: "history";
      readonly session: SessionId;
      readonly re: number;
      readonly room: NameKey;
      /** Bytes reserved for it. */
      readonly bytesMax: number;
    }
  | {
      readonly kind: "catch-up";
      readonly session: SessionId;
      readonly re: number;
      readonly room: NameKey;
      /** The last seq that the session has. */
      readonly after: number;
      /** Bytes reserved for it. */
      readonly bytesMax: number;
      /** How often the log has been read for it. */
      readonly reads: number;
    }
  | {
      readonly kind: "search";
      readonly session: SessionId;
      readonly re: number;
      /** Bytes reserved for it. */
      readonly bytesMax: number;
      /** What was asked, for the cursor of the next page. */
      readonly digest: number;
    }
  | {
      readonly kind: "mark";
      readonly session: SessionId;
      readonly re: number;
      /** The room's name as it is written. */
      readonly name: string;
      /** Whose budget of new markers it has come out of; null: it had none. */
      readonly paidBy: Network | null;
      /** Milliseconds until that has one. */
      readonly retryAfterMs: number;
    }
  | {
      readonly kind: "inbox";
      readonly session: SessionId;
      readonly re: number;
      /** Bytes reserved for it. */
      readonly bytesMax: number;
    };

export type Effect =
  | { readonly kind: "accept"; readonly session: SessionId }
  /** Answers a command of the session. */
  | { readonly kind: "reply"; readonly session: SessionId; readonly message: ChatServerMessage }
  | { readonly kind: "send"; readonly session: SessionId; readonly message: ChatServerMessage }
  /** To every session that has entered the room. */
  | { readonly kind: "publish"; readonly room: NameKey; readonly message: ChatServerMessage }
  | { readonly kind: "enter"; readonly room: NameKey; readonly session: SessionId }
  | { readonly kind: "exit"; readonly room: NameKey; readonly session: SessionId }
  /** The room has no members left. */
  | { readonly kind: "dissolve"; readonly room: NameKey }
  | { readonly kind: "close"; readonly session: SessionId; readonly reason: CloseReason }
  | { readonly kind: "log"; readonly request: LogRequest<LogTag> };

export type Effects = readonly Effect[];

export const nothing: Effects = [];

export function reply(session: SessionId, message: ChatServerMessage): Effect {
  return { kind: "reply", session, message };
}

/** The reply of a command that failed. Without `message`, the code's own sentence. */
export function fail(
  session: SessionId,
  re: number,
  code: ChatErrorCode,
  details: { message?: string; field?: string; retryAfterMs?: number } = {},
): Effects {
  const { about, retryable } = chatErrors[code];
  const wait = details.retryAfterMs;
  const bounded = wait === undefined ? {} : { retryAfterMs: boundMs(wait, 0, waitMsMax) };
  const words = { type: "error", re, code, message: about, retryable } as const;
  const error: ErrorReply = { ...words, ...details, ...bounded };
  return [{ kind: "reply", session, message: error }];
}

/** Whether the effects are a refusal and nothing else. */
export function isRefusal(effects: Effects): boolean {
  const first = effects[0];
  return first?.kind === "reply" && first.message.type === "error" && effects.length === 1;
}

/** Refusals of an amendment, because of the message that it is about. */
const aboutTarget = new Set<RefusalCode>([
  "no_such_entry",
  "forbidden",
  "too_many_reactions",
  "too_many_edits",
]);

/** The reply of a command that the log has refused; a log that answers another question is a bug. */
export function refused(session: SessionId, re: number, result: LogResult<LogTag>): Effects {
  if (result.kind !== "refused") throw new Error(`the log answered with "${result.kind}"`);
  const { code, retryAfterMs } = result;
  return fail(session, re, code, {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(aboutTarget.has(code) && { field: "target" }),
    ...(code === "server_full" && { message: "The database can hold no more rooms." }),
  });
}
