// What keys and commands do, by group: in two columns where that fits. Pure.

import type { Row } from "../frame/frame.ts";
import { fitRow, span } from "../frame/row.ts";
import { cellWidth } from "../text/cell-width.ts";
import { wrap } from "../text/wrap.ts";

export interface HelpGroup {
  readonly group: string;
  readonly rows: readonly {
    /** Keys, or how a command is called. */
    readonly keys: string;
    readonly about: string;
  }[];
}

/** Columns of the box from which two columns of keys stand beside each other, and between them. */
const twoColumnsFrom = 84;
const gutter = 3;
/** Of a column, what the names of keys take at most. */
const keyShare = 0.4;
/** Cells between the keys and what they do. */
const gap = 2;

/** Two columns of groups where the width allows it. */
export function helpRows(help: readonly HelpGroup[], width: number): readonly Row[] {
  if (width < twoColumnsFrom) return groupRows(help, width).flat().slice(0, -1);
  const column = Math.floor((width - gutter) / 2);
  const groups = groupRows(help, column);
  const all = groups.reduce((sum, rows) => sum + rows.length, 0);
  const left: Row[] = [];
  const right: Row[] = [];
  for (const rows of groups) {
    const isLeft = right.length === 0 && left.length + rows.length / 2 <= all / 2;
    (isLeft ? left : right).push(...rows);
  }
  const height = Math.max(left.length, right.length) - 1;
  return Array.from({ length: height }, (_, y): Row => {
    return [...fitRow(left[y] ?? [], column + gutter), ...(right[y] ?? [])];
  });
}

/** For each group its heading, its keys and an empty row. */
function groupRows(help: readonly HelpGroup[], width: number): Row[][] {
  return help.map(({ group, rows }) => {
    const widest = Math.max(0, ...rows.map((row) => cellWidth(row.keys)));
    const keyWidth = Math.max(1, Math.min(widest, Math.floor(width * keyShare)));
    return [
      [span(group, "title")],
      ...rows.flatMap((row) => keyRow(row.keys, row.about, keyWidth, width)),
      [],
    ];
  });
}

/** One action: more rows where its keys or what it does are longer than their column. */
function keyRow(keys: string, about: string, keyWidth: number, width: number): Row[] {
  const left = wrap(keys, keyWidth);
  const right = wrap(about, Math.max(1, width - keyWidth - gap));
  return Array.from({ length: Math.max(left.length, right.length) }, (_, y): Row => {
    const name = fitRow([span(left[y]?.text ?? "", "accent")], keyWidth + gap);
    return [...name, span(right[y]?.text ?? "")];
  });
}
