// A count, short enough for any place.

const countMax = 999;

/** A count in at most four cells. */
export function countText(count: number): string {
  return count > countMax ? `${countMax}+` : String(count);
}
