// What a client knows of the chat.

export {
  itemsOfPage,
  withLocalItem,
  withNothingHeld,
  withoutStaleTyping,
  withTimeline,
} from "./conversation.ts";
export { goesOnIn, isDirectName, isOtherHere } from "./direct.ts";
export { firstUnreadKey } from "./divider.ts";
export { editsAfter, type PendingEdits, textToCome, withoutEdits } from "./edits.ts";
export { type Ignored, isIgnored, isIgnoredPlace, shownEntries } from "./ignoring.ts";
export { isMeant } from "./is-meant.ts";
export { type Member, sortedMembers } from "./members.ts";
export {
  createModel,
  currentRoom,
  type Model,
  placeName,
  type Unsaid,
  unsaidProblem,
  withChanged,
  withCurrent,
  withoutRoom,
  withRead,
  withRoom,
  withShown,
} from "./model.ts";
export { type Levels, levelOf, type NotifyLevel, notifyLevels } from "./notify-level.ts";
export type { NotPaged, Paged, PageWish, Sought, Wanted } from "./page.ts";
export type { Moved } from "./pair.ts";
export {
  dropRefused,
  failedOf,
  type Pending,
  sendAgain,
  settleSend,
  withPending,
  withSends,
} from "./pending.ts";
export { excerptOf, lastOf, type Quote, quoteIn } from "./quote.ts";
export { takenText, withTakenTold } from "./renames.ts";
export { mostUrgent, type RoomActivity, roomActivity } from "./room-activity.ts";
export { isOtherLog, type RoomModel } from "./room-model.ts";
export { isDirect, numbersFor, type RoomNumbers, roomOrder } from "./room-order.ts";
export type { Search } from "./search.ts";
export { type Presence, spokenBefore } from "./spoken-before.ts";
export { type DisplayAct, type Effect, type Input, isInput, type Line } from "./step.ts";
export {
  emptyTimeline,
  firstSeq,
  type Item,
  indexOfKey,
  itemAt,
  itemsOf,
  lastSeq,
  type Message,
  messageOf,
  type Timeline,
  trimmedFront,
  withItem,
  withNewerPage,
  withNewestPage,
  withOlderPage,
  withStretch,
} from "./timeline.ts";
