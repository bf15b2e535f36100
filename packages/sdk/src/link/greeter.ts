// What a connection begins with, as the link sees it: the greeting, and what its answer means. A protocol's
// side of it is the application's (or chat/greeting.ts's): the link sends the one and acts on the other.

import type { CloseReason, ErrorReply, WireMessage } from "@maru/protocol";
import { errorOfReply, type MaruError } from "../base/maru-error.ts";
import type { CommandBody } from "../base/message.ts";

/** Whether and when to come back after an end. */
export interface Wish extends Pick<CloseReason, "reconnect" | "afterMs"> {
  /** Exactly so long, whatever was tried before, and for a client that was never online, too. */
  readonly retryMs?: number;
}

export interface Greeter<W extends WireMessage> {
  /**
   * The greeting of the connection that was just made; null where the protocol has none. `last`: the
   * welcome of the connection before.
   */
  greeting(last: W | null): CommandBody | null | Promise<CommandBody>;
  /** Why nothing works with a server that answers this; null: it is the welcome. */
  welcomed(reply: WireMessage): MaruError | null;
  /** What it means that the greeting was refused. */
  refused(reply: ErrorReply, last: W | null): { readonly reason: MaruError; readonly wish: Wish };
}

/**
 * A refusal that passes by itself: to be greeted again after a pause, no sooner than the server allows.
 * Any other one is the end.
 */
export function refusalOf(reply: ErrorReply, passes: boolean): { reason: MaruError; wish: Wish } {
  const { retryAfterMs: afterMs } = reply;
  const wish: Wish = passes
    ? { reconnect: "backoff", ...(afterMs !== undefined && { afterMs }) }
    : { reconnect: "never" };
  return { reason: errorOfReply(reply), wish };
}
