// A room's epoch: the same as long as its seqs go on, another one when they may have been lost.

import { createHash } from "node:crypto";

/** Letters of an epoch: far more than two of them need to differ. */
const epochChars = 16;

/** `identity` is the database's secret and generation; so a room that has no entry has an epoch too. */
export function epochOf(identity: string, room: string): string {
  const hash = createHash("sha256").update(`${identity}\n${room}`).digest("base64url");
  return hash.slice(0, epochChars);
}
