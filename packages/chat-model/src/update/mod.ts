// How what happens changes it.

export { amendmentText } from "./amendment-text.ts";
export { markRead, markUnread } from "./marking.ts";
export { searchHints } from "./nothing-found.ts";
export {
  askBeside,
  askPage,
  furtherWanted,
  isFitting,
  isSamePlace,
  isSought,
  type Paging,
  type Reading,
  withoutLoading,
  withPage,
} from "./paging.ts";
export { update } from "./update.ts";
