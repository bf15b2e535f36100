// Parts of one row by how much they matter: when the row is too narrow, the least goes first. Pure.

import type { Row } from "../../screen/frame.ts";
import { rowWidth } from "./row.ts";

export interface Part {
  /** 0 matters most. No two parts have the same. */
  readonly rank: number;
  readonly side: "left" | "right";
  /** From the longest to the shortest way to say it; behind the last it is left out. */
  readonly ways: readonly Row[];
}

/** Cells between two parts. */
export const partGap = 2;

/**
 * The parts that fit. First each in its shortest way, in the order of what they matter; then, in the
 * same order, each in the longest way for which there is room left.
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
  for (const part of ranked) {
    const short = chosen.get(part);
    if (short === undefined) continue;
    const room = width - cells + cost(short);
    const way = part.ways.find((each) => cost(each) <= room) ?? short;
    cells += cost(way) - cost(short);
    chosen.set(part, way);
  }
  const of = (side: Part["side"]) =>
    parts.filter((part) => part.side === side).flatMap((part) => [chosen.get(part) ?? []]);
  const shown = (rows: readonly Row[]) => rows.filter((row) => row.length > 0);
  return { left: shown(of("left")), right: shown(of("right")) };
}
