// The time of an entry, as people read it. A time that no calendar has, which a server may send,
// harms nothing.

const format = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** `atMs` since 1970 as local time: 09:05:00. */
export function clockTime(atMs: number): string {
  return hasDate(atMs) ? format.format(atMs) : "--:--:--";
}

const dayFormat = new Intl.DateTimeFormat("sv-SE", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

/** `atMs` since 1970 with its day: 2026-11-22 09:05. */
export function dayTime(atMs: number): string {
  return hasDate(atMs) ? dayFormat.format(atMs) : "some day --:--";
}

const hasDate = (atMs: number): boolean => !Number.isNaN(new Date(atMs).getTime());

/** `atMs` since 1970 in ISO 8601, UTC: 2026-11-22T00:05:00.000Z; undefined where no calendar has it. */
export function isoTime(atMs: number): string | undefined {
  return hasDate(atMs) ? new Date(atMs).toISOString() : undefined;
}
