// The messages that every protocol has, because the engine itself says and answers them: `ping` and its
// `pong`, `error`, which answers a command that failed, and `close`, the last frame of a connection.
// Owns their schemas and the engine's own codes; a service adds codes of its own.

import * as z from "zod";
import { boundMs, durationMs, heartbeatMsMax, heartbeatMsMin, waitMsMax } from "./time/duration.ts";

/** A command's number: the client's choice, ≥ 1; its reply carries it as `re`. */
export const RequestId = z.int().min(1);
export const commandId = RequestId.describe(
  "your number for this command; the reply carries it as `re`",
);
export const replyRe = RequestId.describe("the id of the command that this answers");

/** How often a server wants a sign of life, as the reply to a greeting tells it. */
export const heartbeat = durationMs(heartbeatMsMin, heartbeatMsMax).describe(
  "send something at least so often, in milliseconds",
);

export const PingCommand = z
  .strictObject({ type: z.literal("ping"), id: commandId })
  .describe("Keeps the connection alive, and measures it.");
export type PingCommand = z.infer<typeof PingCommand>;

export const PongReply = z
  .object({ type: z.literal("pong"), re: replyRe })
  .describe("The server is there.");
export type PongReply = z.infer<typeof PongReply>;

export const ErrorReply = z
  .object({
    type: z.literal("error"),
    re: RequestId.describe("the id of the command that failed"),
    code: z.string().describe("stable, from the table of reply errors"),
    message: z.string().describe("one sentence for a person"),
    retryable: z.boolean().describe("whether the same command may succeed later"),
    retryAfterMs: durationMs(0, waitMsMax)
      .optional()
      .describe("wait at least so long, in milliseconds"),
    field: z.string().optional().describe("the field of the command that broke a rule"),
  })
  .describe("The command failed; the connection lives.");
export type ErrorReply = z.infer<typeof ErrorReply>;

export const Reconnect = z.enum(["now", "backoff", "never"]);
export type Reconnect = z.infer<typeof Reconnect>;

export const CloseEvent = z
  .object({
    type: z.literal("close"),
    code: z.string().describe("stable, from the table of closes"),
    reason: z.string().describe("one sentence for a person"),
    reconnect: Reconnect.describe("whether to come back: at once, after a growing pause, or not"),
    afterMs: durationMs(0, waitMsMax).optional().describe("reconnect no sooner, in milliseconds"),
  })
  .describe("The connection ends: the last frame before the server closes it.");
export type CloseEvent = z.infer<typeof CloseEvent>;

/** Why a connection ends, and whether its client should come back. */
export type CloseReason = Omit<CloseEvent, "type">;

/** Reply errors that the engine itself gives. */
export const systemErrors = {
  unknown_type: { retryable: false, about: "There is no command of this type." },
  invalid_message: { retryable: false, about: "A field breaks its rule; `field` names it." },
  rate_limited: { retryable: true, about: "Too many at once; wait `retryAfterMs`." },
  already_greeted: { retryable: false, about: "This connection has said hello." },
  internal_error: {
    retryable: false,
    about: "A bug on the server: the command may have been done.",
  },
} as const satisfies ErrorTable;
export type ErrorTable = Record<string, { retryable: boolean; about: string }>;

/** Closes that the engine itself gives. */
export const systemCloses = {
  frame_too_large: { reconnect: "never", about: "A frame's length is out of bounds." },
  malformed: { reconnect: "never", about: "A payload is no message and has no id to answer to." },
  hello_required: { reconnect: "never", about: "The first message must be the greeting." },
  hello_timeout: { reconnect: "backoff", about: "No greeting succeeded within the deadline." },
  hello_attempts: { reconnect: "never", about: "Too many greetings failed." },
  heartbeat_timeout: { reconnect: "now", about: "Nothing was heard for too long." },
  slow_consumer: { reconnect: "backoff", about: "The peer reads more slowly than it is sent to." },
  too_many_connections: { reconnect: "backoff", about: "The server is full." },
  too_many_from_address: { reconnect: "backoff", about: "This address has too many connections." },
  shutdown: { reconnect: "backoff", about: "The server is stopping." },
  internal_error: { reconnect: "backoff", about: "A bug on the server ended this connection." },
} as const satisfies CloseTable;
export type CloseTable = Record<string, { reconnect: Reconnect; about: string }>;
export type SystemCloseCode = keyof typeof systemCloses;

/**
 * The reason for one of the engine's own closes; `reason` says what happened in this case. `afterMs`
 * is held to waitMsMax.
 */
export function systemClose(code: SystemCloseCode, reason?: string, afterMs?: number): CloseReason {
  const { reconnect, about } = systemCloses[code];
  const wait = afterMs === undefined ? {} : { afterMs: boundMs(afterMs, 0, waitMsMax) };
  return { code, reason: reason ?? about, reconnect, ...wait };
}
