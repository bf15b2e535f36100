// How what happens changes it.

export { amendmentText } from "./amendment-text.ts";
export { lookEveryMs, lookWhoIsHere } from "./look-who-is-here.ts";
export { markRead, markUnread } from "./marking.ts";
export { searchHints } from "./nothing-found.ts";
export {
  askBeside,
  askPage,
  furtherWanted,
  isEndHeld,
  isFitting,
  isSamePlace,
  isSought,
  type Paging,
  type Reading,
  withoutLoading,
  withPage,
} from "./paging.ts";
export { rejoin, withoutJoining } from "./rejoining.ts";
export { type TypingNotice, tellTyping, typingEveryMs } from "./typing-notice.ts";
export { withoutUnreadCount } from "./unread.ts";
export { update } from "./update.ts";
