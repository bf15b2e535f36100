// How many searches and inboxes of one session may be on their way at once. They cost the log far more
// than their answers say, so a budget of bytes would not bound them.

import { type Effects, fail } from "./effects.ts";
import type { ChatSession } from "./room-and-session.ts";

/** One that is being answered, and one that waits. */
export const questionsMax = 2;
/** Until one of them is expected to be answered; milliseconds. */
const retryAfterMs = 100;

/** Null if the session may ask, which is counted; else the refusal. */
export function takeQuestion(session: ChatSession, re: number): Effects | null {
  if (session.questions >= questionsMax) {
    return fail(session.id, re, "rate_limited", { retryAfterMs });
  }
  session.questions += 1;
  return null;
}

export function questionAnswered(session: ChatSession | undefined): void {
  if (session !== undefined) session.questions -= 1;
}
