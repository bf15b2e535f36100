// Parts of one row by how much they matter: when the row is too narrow, the least goes first. Pure.

import type { Row } from "./frame.ts";
import { rowWidth } from "./row.ts";

export interface Part {
  /** 0 matters most. No two parts have the same. */
  readonly rank: number;
  readonly side: "left" | "right";
  /** From the longest to the shortest way to say it; behind the last it is left out. */
  readonly ways: readonly Row[];
  /** The way from which on it leaves the others their longest: longer ones take what is left then. */
  readonly modest?: number;
  /** Stays on the right beside a word that takes the place of the others there. */
  readonly isKept?: boolean;
}

/** Cells between two parts. */
export const partGap = 2;

/**
 * The parts that fit. First each in its shortest way, in the order of what they matter; then, in the
 * same order, each in the longest way for which there is room left; at last those that were modest.
 */
export function fitParts(
  parts: readonly Part[],
  width: number,
): { readonly left: readonly Row[]; readonly right: readonly Row[] } {
  // With the gap before it; what says nothing takes none.
  const cost = (way: Row) => (way.length === 0 ? 0 : rowWidth(way) + partGap);
  const ranked = parts.toSorted((one, other) => one.rank - other.rank);
  const chosen = new Map<Part, Row>();
  let cells = -partGap;
  for (const part of ranked) {
    const shortest = part.ways.at(-1) ?? [];
    const more = cost(shortest);
    // What matters most stays even where it has to be cut.
    if (chosen.size > 0 && cells + more > width) continue;
    chosen.set(part, shortest);
    cells += more;
  }
  const grow = (part: Part, from: number) => {
    const now = chosen.get(part);
    if (now === undefined) return;
    const room = width - cells + cost(now);
    const way = part.ways.slice(from).find((each) => cost(each) <= room) ?? now;
    cells += cost(way) - cost(now);
    chosen.set(part, way);
  };
  for (const part of ranked) grow(part, part.modest ?? 0);
  for (const part of ranked) if (part.modest !== undefined) grow(part, 0);
  const of = (side: Part["side"]) =>
    parts.filter((part) => part.side === side).flatMap((part) => [chosen.get(part) ?? []]);
  const shown = (rows: readonly Row[]) => rows.filter((row) => row.length > 0);
  return { left: shown(of("left")), right: shown(of("right")) };
}
