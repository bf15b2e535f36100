// All keys as they are bound, and all commands, on top of the conversation. Pure.

import { commandHelp } from "@maru/chat-model/command";
import type { Size } from "@maru/tui/frame";
import type { KeyHelpRow } from "@maru/tui/key";
import { type BoxContent, type HelpGroup, helpRows } from "@maru/tui/widget";
import { keyHelp } from "../../screen/keys/key-help.ts";
import type { Overlay, ScreenModel } from "../../screen/model/screen-model.ts";
import { scrolled } from "./overlay-text.ts";

type Keys = Extract<Overlay, { kind: "keys" }>;

export function keysContent(model: ScreenModel, overlay: Keys, size: Size): BoxContent {
  const rows = helpRows(helpOf(model), size.width);
  return { title: "keys and commands", ...scrolled(model, rows, overlay.top, size), caret: null };
}

export function keysRowCount(model: ScreenModel, { width }: Size): number {
  return helpRows(helpOf(model), width).length;
}

/** The keys that are bound, and the commands behind them. */
function helpOf({ bindings, settings }: ScreenModel): readonly HelpGroup[] {
  const keys = keyHelp(bindings, settings.isAscii).map(({ group, rows }) => ({
    group,
    rows: foldedRooms(rows.filter((row) => row.keys !== "")),
  }));
  const commands = commandHelp.map(({ call, about }) => ({ keys: call, about }));
  return [...keys, { group: "Commands", rows: commands }];
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
