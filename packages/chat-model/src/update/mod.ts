// How what happens changes it.

export { amendmentText } from "./amendment-text.ts";
export { searchHints } from "./nothing-found.ts";
export { update } from "./update.ts";
