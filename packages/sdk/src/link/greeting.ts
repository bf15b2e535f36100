// What a connection begins with: the hello, and what its answer means.
// Pure; link.ts sends the one and acts on the other.

import type { CloseReason, ErrorReply } from "@maru/protocol";
import { type CommandOf, chatVersion, type ReplyOf } from "@maru/protocol/chat";

export type Welcome = ReplyOf<"welcome">;

/** Who a client says it is. */
export interface Identity {
  readonly client: string;
  readonly nick: string | undefined;
  /** `session` of the last welcome. */
  readonly resume: string | undefined;
}

export function helloOf(identity: Identity, id: number): CommandOf<"hello"> {
  const { client, nick, resume } = identity;
  return {
    type: "hello",
    id,
    versions: [chatVersion],
    client,
    ...(nick !== undefined && { nick }),
    ...(resume !== undefined && { resume }),
  };
}

/** Refusals of a hello that pass by themselves; a taken nick does not as long as one asks for it. */
const passing = new Set(["rate_limited", "busy", "server_full", "storage_unavailable"]);

/** What a refused hello means for reconnecting. */
export function refusalOf(reply: ErrorReply): Pick<CloseReason, "reconnect" | "afterMs"> {
  if (!passing.has(reply.code)) return { reconnect: "never" };
  return {
    reconnect: "backoff",
    ...(reply.retryAfterMs !== undefined && { afterMs: reply.retryAfterMs }),
  };
}
