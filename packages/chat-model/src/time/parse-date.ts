// A day or a time as people type it, to milliseconds since 1970 in local time. Pure.

const dayMs = 86_400_000;
const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: dayMs, w: 7 * dayMs };
/** Years between two 29ths of February at most. */
const leapYearsMax = 8;
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
/** Words that are dates, the nearest first. */
export const dateWords: readonly string[] = ["today", "yesterday", ...weekdays];

/**
 * `2026-11-23`, `11-23`, `2026-11-23 14:30`, `14:30` (today), `today`, `yesterday`, `monday` (the
 * last one), `3d`, `2h`, `30m`, `1w` (ago). The beginning of a day where no time is given; null: it
 * is none of these.
 */
export function parseDate(text: string, nowMs: number): number | null {
  const written = text.trim().toLowerCase();
  const ago = /^(\d{1,5})\s*([mhdw])$/.exec(written);
  if (ago !== null) return nowMs - Number(ago[1]) * (units[ago[2] ?? ""] ?? 0);
  const [, day = "", hours, minutes] =
    /^(.*?)(?:\s*(?:^|\s|t)(\d{1,2}):(\d{2}))?$/.exec(written) ?? [];
  const start = dayOf(day.trim(), nowMs);
  if (start === null || (day.trim() === "" && hours === undefined)) return null;
  if (hours === undefined || minutes === undefined) return start;
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  // By the clock on the wall: a day may have 23 hours, or 25.
  return new Date(start).setHours(Number(hours), Number(minutes));
}

function dayOf(text: string, nowMs: number): number | null {
  if (text === "" || text === "today") return midnight(nowMs);
  if (text === "yesterday") return midnight(midnight(nowMs) - dayMs / 2);
  const named = text.length < 3 ? -1 : weekdays.findIndex((name) => name.startsWith(text));
  if (named >= 0) {
    const back = (new Date(nowMs).getDay() - named + 7) % 7 || 7;
    return midnight(midnight(nowMs) - back * dayMs + dayMs / 2);
  }
  const [, year, month, day] = /^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (month === undefined || day === undefined) return null;
  if (year !== undefined) return dateOf(Number(year), Number(month), Number(day));
  // Without a year it is the last such day.
  const thisYear = new Date(nowMs).getFullYear();
  const years = Array.from({ length: leapYearsMax + 1 }, (_, back) => thisYear - back);
  const dates = years.map((each) => dateOf(each, Number(month), Number(day)));
  return dates.find((date) => date !== null && date <= nowMs) ?? null;
}

/** Null: there is no such day. */
function dateOf(year: number, month: number, day: number): number | null {
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}

function midnight(atMs: number): number {
  const date = new Date(atMs);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}
