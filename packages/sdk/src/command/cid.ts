// Ids for what is sent: what makes a command that is repeated after a lost connection count once.
// They ascend, because the server keeps them in order: near ones together cost it several times
// less than random ones. They can't be guessed, because what they begin with is random.

import { randomBytes } from "node:crypto";

/** 128 bits: 22 characters of base64url. */
const prefixBytes = 16;
/** 36⁹ ids of one client: more than it can send. */
const counterDigits = 9;

/** Makes the ids of one client, each above the one before: 32 characters. */
export function createCids(): () => string {
  const prefix = randomBytes(prefixBytes).toString("base64url");
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}-${last.toString(36).padStart(counterDigits, "0")}`;
  };
}
