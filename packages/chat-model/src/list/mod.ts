// Lists to choose from: rooms, found messages, and messages that were refused.

export { type Choice, choicesOf, fittingOf, type Listing, olderChoice } from "./choices.ts";
export {
  continuedBy,
  directory,
  type Found,
  foundMessages,
  isFurther,
  isSameSearch,
  refusedMessages,
  roomsToGoTo,
} from "./listings.ts";
