// Which part of a longer list is seen, so that one item of it is. Pure.

export interface Window {
  /** Index of the first that is seen. */
  readonly top: number;
  readonly count: number;
}

/** A window of `height` on `length` items around the one at `index` (< 0: the first ones). */
export function windowOf(length: number, height: number, index: number): Window {
  const rows = Math.max(0, height);
  const last = Math.max(0, length - rows);
  const top = Math.max(0, Math.min(index - Math.floor(rows / 2), last));
  return { top, count: Math.min(rows, length - top) };
}
