// How many cells of the status row a toast may take. Pure.

import { partGap } from "@maru/tui/frame";

/** Columns that a toast leaves to what stands left of it, on a narrow screen half of them. */
export const besideToast = 20;
/** And what "-MORE(…)-" may take on the right. */
const moreCells = 20;

/** Cells of a toast that are to be seen, whatever else is in the row; `hasMore`: something lies below. */
export function toastCells(width: number, hasMore: boolean): number {
  return Math.max(width - besideToast - (hasMore ? moreCells + partGap : 0), Math.floor(width / 2));
}
