// All keys as they are bound, and all commands, on top of the conversation: in two columns where that
// fits. Pure.

import { commandHelp } from "@maru/chat-model/command";
import { type Row, type Size, fitRow, span } from "@maru/tui/frame";
import { cellWidth, wrap } from "@maru/tui/text";
import type { BoxContent } from "@maru/tui/widget";
import { type KeyHelpRow, keyHelp } from "../../screen/keys/key-help.ts";
import type { Overlay, ScreenModel } from "../../screen/model/screen-model.ts";
import { scrolledRows } from "./overlay-text.ts";

type Keys = Extract<Overlay, { kind: "keys" }>;

/** Columns of the box from which two columns of keys stand beside each other, and between them. */
const twoColumnsFrom = 84;
const gutter = 3;
/** Of a column, what the names of keys take at most. */
const keyShare = 0.4;
/** Cells between the keys and what they do. */
const gap = 2;

export function keysContent(model: ScreenModel, overlay: Keys, size: Size): BoxContent {
  const rows = keyRows(model, size.width);
  return {
    title: "keys and commands",
    ...scrolledRows(model, rows, overlay.top, size),
    caret: null,
  };
}

export function keysRowCount(model: ScreenModel, { width }: Size): number {
  return keyRows(model, width).length;
}

function keyRows(model: ScreenModel, width: number): readonly Row[] {
  if (width < twoColumnsFrom) return groupRows(model, width).flat().slice(0, -1);
  const column = Math.floor((width - gutter) / 2);
  const groups = groupRows(model, column);
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

interface Help {
  readonly group: string;
  readonly rows: readonly Pick<KeyHelpRow, "keys" | "about">[];
}

/** For each group its heading, its keys and an empty row; the commands behind them. */
function groupRows({ bindings, settings }: ScreenModel, width: number): Row[][] {
  const keys = keyHelp(bindings, settings.isAscii).map(
    ({ group, rows }): Help => ({
      group,
      rows: foldedRooms(rows.filter((row) => row.keys !== "")),
    }),
  );
  const commands = commandHelp.map(({ call, about }) => ({ keys: call, about }));
  return [...keys, { group: "Commands", rows: commands }].map(({ group, rows }) => {
    const widest = Math.max(0, ...rows.map((row) => cellWidth(row.keys)));
    const keyWidth = Math.max(1, Math.min(widest, Math.floor(width * keyShare)));
    return [
      [span(group, "title")],
      ...rows.flatMap((row) => keyRow(row.keys, row.about, keyWidth, width)),
      [],
    ];
  });
}

/** Alt-1 to Alt-9 in one row, where each has one key. */
function foldedRooms(rows: readonly KeyHelpRow[]): readonly Pick<KeyHelpRow, "keys" | "about">[] {
  const numbered = rows.filter(({ action }) => /^room-\d$/.test(action));
  const [first] = numbered;
  const last = numbered.at(-1);
  const isPlain = numbered.length === 9 && numbered.every(({ keys }) => !keys.includes(","));
  if (!isPlain || first === undefined || last === undefined) return rows;
  const one = { keys: `${first.keys} - ${last.keys}`, about: "go to room 1 - 9 of the list" };
  return rows.flatMap((row) => (row === first ? [one] : numbered.includes(row) ? [] : [row]));
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
