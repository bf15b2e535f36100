// How what happens changes it.

export { deedOf } from "./deed.ts";
export { searchHints } from "./nothing-found.ts";
export { update } from "./update.ts";
