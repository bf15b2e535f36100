// Times and days as people type them, and as they read them.

export { clockTime, dayTime, isoTime } from "./clock-time.ts";
export { dayLabel, entryTime, isSameDay, timeLength } from "./entry-time.ts";
export { dateWords, parseDate } from "./parse-date.ts";
