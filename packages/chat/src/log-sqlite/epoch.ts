// A room's epoch: the same as long as its seqs go on, another one when they may have been lost.

import { createHash } from "node:crypto";

/** Letters of an epoch: far more than two of them need to differ. */
const epochChars = 16;

/**
 * `identity` is the database's secret and generation; so a room that has no entry has an epoch too.
 * `generation`: the room's own, which begins anew with it once it was removed.
 */
export function epochOf(identity: string, room: string, generation: number): string {
  const whole = generation === 0 ? identity : `${identity}.${generation}`;
  const hash = createHash("sha256").update(`${whole}\n${room}`).digest("base64url");
  return hash.slice(0, epochChars);
}
