// The interval that a greeting's reply announces, in whatever protocol: it has `heartbeatMs`.

import { heartbeatMsMax, heartbeatMsMin } from "@maru/protocol";
import type { Message } from "./exchange.ts";

/** Milliseconds within the protocol's bounds; null: it announces none. */
export function heartbeatOf(message: Message | null): number | null {
  const value = message?.heartbeatMs;
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  return Math.min(Math.max(value, heartbeatMsMin), heartbeatMsMax);
}
