// What a connection begins with: the hello, and what its answer means.
// Pure; link.ts sends the one and acts on the other.

import type { CloseReason, ErrorReply } from "@maru/protocol";
import { type CommandOf, chatVersion, type ReplyOf } from "@maru/protocol/chat";
import { type ChatError, localError } from "../chat-error.ts";

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

/** Why nothing works with a server that says this, or null; its limits were judged as they came in. */
export function problemOf({ version, server }: Welcome): ChatError | null {
  if (version === chatVersion) return null;
  const name = server === "" ? "The server" : `The server (${server})`;
  const text = `${name} speaks version ${version} of the protocol, and this client version ${chatVersion}.`;
  return localError("version_refused", text);
}

/** Refusals of a hello that pass by themselves. */
const passing = new Set(["rate_limited", "busy", "server_full", "storage_unavailable"]);

/**
 * What a refused hello means for reconnecting. Who has had the nick (`wasWelcomed`) may find it
 * held by their own old connection, until the server knows that to be dead: that passes too.
 */
export function refusalOf(
  reply: ErrorReply,
  wasWelcomed: boolean,
): Pick<CloseReason, "reconnect" | "afterMs"> {
  const passes = passing.has(reply.code) || (wasWelcomed && reply.code === "nick_taken");
  if (!passes) return { reconnect: "never" };
  return {
    reconnect: "backoff",
    ...(reply.retryAfterMs !== undefined && { afterMs: reply.retryAfterMs }),
  };
}
