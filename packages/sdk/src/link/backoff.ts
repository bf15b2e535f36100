// How long to wait before the next attempt to connect: exponential, with full jitter, so that
// ten thousand clients of one restarted server do not come back in step. Pure.

import { boundMs, type Reconnect, waitMsMax } from "@maru/protocol";

export interface BackoffPolicy {
  /** The first wait is drawn from 0..minMs. */
  readonly minMs: number;
  /** No wait is drawn from more than 0..maxMs. */
  readonly maxMs: number;
}

export const defaultBackoff: BackoffPolicy = { minMs: 250, maxMs: 30_000 };

/** Beyond this many doublings every sensible maximum has been reached. */
const doublingsMax = 30;

/**
 * The wait in milliseconds before attempt `attempt` (1 = the first after a loss).
 *
 * `draw` is uniform in [0, 1). `afterMs` is the server's "no sooner", a day at most: the jitter comes
 * on top of it. "now" is honoured for the first attempt only: a server that closes at once again is let be.
 */
export function backoffMs(
  policy: BackoffPolicy,
  attempt: number,
  draw: number,
  wish: { readonly reconnect: Exclude<Reconnect, "never">; readonly afterMs?: number | undefined },
): number {
  const afterMs = boundMs(wish.afterMs ?? 0, 0, waitMsMax);
  if (wish.reconnect === "now" && attempt <= 1) return afterMs;
  const ceiling = Math.min(policy.maxMs, policy.minMs * 2 ** Math.min(attempt - 1, doublingsMax));
  return afterMs + Math.floor(draw * ceiling);
}
