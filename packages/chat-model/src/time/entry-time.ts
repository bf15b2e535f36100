// Times of entries where a conversation is read: hour and minute, and the day between entries.
// In the zone of the machine. A time that no calendar has, which a server may send, harms nothing.

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const two = (number: number) => String(number).padStart(2, "0");

/** Letters that `entryTime` takes at most; all of them are ASCII. */
export function timeLength(hours: 12 | 24): number {
  return hours === 24 ? 5 : 7;
}

/** 09:05, or 9:05am. */
export function entryTime(atMs: number, hours: 12 | 24): string {
  const date = new Date(atMs);
  const hour = date.getHours();
  if (Number.isNaN(hour)) return "--:--";
  if (hours === 24) return `${two(hour)}:${two(date.getMinutes())}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${two(date.getMinutes())}${hour < 12 ? "am" : "pm"}`;
}

/** Monday 23 November 2026. */
export function dayLabel(atMs: number): string {
  const date = new Date(atMs);
  if (Number.isNaN(date.getTime())) return "some day";
  const name = `${days[date.getDay()]} ${date.getDate()} ${months[date.getMonth()]}`;
  return `${name} ${date.getFullYear()}`;
}

export function isSameDay(oneMs: number, otherMs: number): boolean {
  if (oneMs === otherMs) return true;
  const one = new Date(oneMs);
  const other = new Date(otherMs);
  if (Number.isNaN(one.getTime())) return Number.isNaN(other.getTime());
  return (
    one.getDate() === other.getDate() &&
    one.getMonth() === other.getMonth() &&
    one.getFullYear() === other.getFullYear()
  );
}
