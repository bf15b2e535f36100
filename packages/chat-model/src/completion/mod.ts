// What a word that is typed may become: people, rooms, commands, emoji.

export { isMissing, likelyNicks } from "./likely-nicks.ts";
export {
  type LookedUp,
  type LookUpWish,
  lookupMs,
  lookupsMax,
  lookupsOf,
  type NickLookup,
  type NotLookedUp,
  prefixToAsk,
  withLookup,
} from "./nick-lookup.ts";
export { askSourcesOf, sourcesOf } from "./sources.ts";
