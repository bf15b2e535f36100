// Numbers as people compare them: few digits, a fixed unit in the heading, a dash for none.

/** With so many decimals, or "–" where there is no number. */
export function fixed(value: number | undefined, decimals: number): string {
  return value === undefined || !Number.isFinite(value) ? "–" : value.toFixed(decimals);
}

/** How many times `of` the value is, or "–" where one of them is missing. */
export function ratio(value: number | undefined, of: number | undefined): string {
  return value === undefined || of === undefined ? "–" : fixed(value / of, 2);
}

/** A whole number with its thousands set apart. */
export function grouped(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString("en-US") : "–";
}
