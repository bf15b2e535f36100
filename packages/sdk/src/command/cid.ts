// Ids for messages: what makes a send that is repeated after a lost connection count once.

import { randomUUID } from "node:crypto";

/** A new id, unguessable and never used before; 36 characters. */
export function newCid(): string {
  return randomUUID();
}
