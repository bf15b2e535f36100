// The time of day of an entry, as people read it.

const format = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** `atMs` since 1970 as local time: 09:05:00. */
export function clockTime(atMs: number): string {
  return format.format(atMs);
}
