// The chat's two tables of codes, beside the engine's own in system-messages.ts.
// A reply error ends a command; a close ends a connection. Codes are stable, sentences are not.

import {
  type CloseReason,
  type CloseTable,
  type ErrorTable,
  systemCloses,
  systemErrors,
} from "../system-messages.ts";

export const chatErrors = {
  ...systemErrors,
  version_unsupported: { retryable: false, about: "No protocol version in common." },
  nick_taken: { retryable: true, about: "The nick, or one that looks like it, is in use." },
  not_joined: { retryable: false, about: "Join the room first." },
  no_such_room: { retryable: false, about: "There is no such room." },
  no_such_entry: { retryable: false, about: "There is no such message in the log." },
  too_many_reactions: { retryable: false, about: "The message has all the reactions it may." },
  too_many_edits: {
    retryable: false,
    about: "The message was edited as often as it may be: say it anew.",
  },
  // Not `rate_limited`: a client that waits with everything else it has to say would be wrong here.
  unanswered: {
    retryable: true,
    about: "They have not answered yet: more can be said to them later, or when they do.",
  },
  nick_given_up: {
    retryable: false,
    about: "The other has taken another nick: say it in the conversation with that one.",
  },
  forbidden: { retryable: false, about: "This is not yours to see or do." },
  too_many_rooms: { retryable: false, about: "Leave a room before joining another." },
  server_full: { retryable: true, about: "The server holds as many rooms as it may." },
  storage_unavailable: { retryable: true, about: "The log takes no entries now; reading works." },
  busy: { retryable: true, about: "Too much work is queued; try again." },
} as const satisfies ErrorTable;
export type ChatErrorCode = keyof typeof chatErrors;

export const chatCloses = {
  ...systemCloses,
  replaced: { reconnect: "never", about: "The session was resumed on another connection." },
} as const satisfies CloseTable;
export type ChatCloseCode = keyof typeof chatCloses;

/** The reason for a close of the chat's own. */
export function chatClose(code: ChatCloseCode): CloseReason {
  const { reconnect, about } = chatCloses[code];
  return { code, reason: about, reconnect };
}
