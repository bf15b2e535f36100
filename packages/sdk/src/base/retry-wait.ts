// How long to wait before what was refused for now is asked again. Pure.

import { retryMsMin } from "@maru/protocol";

/**
 * Milliseconds: what the server named, or else `defaultMs`; never so short that a server which always
 * refuses is asked without a pause.
 */
export function retryWaitMs(retryAfterMs: number | undefined, defaultMs: number): number {
  return Math.max(retryAfterMs ?? defaultMs, retryMsMin);
}
