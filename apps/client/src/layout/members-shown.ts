// Who of the room is to be seen in its pane, and in which row: below a heading. Pure.

import { type Member, sortedMembers } from "@maru/chat-model/model";
import { roomShown, type ScreenModel } from "../screen/model/screen-model.ts";

/** Those of whom a pane of `height` rows shows the nicks; the rest is counted in its last row. */
export function membersShown(
  model: ScreenModel,
  height: number,
): { readonly shown: readonly Member[]; readonly rest: number } {
  const members = sortedMembers(roomShown(model)?.members ?? []);
  const space = Math.max(0, height - 1);
  const shown = members.length <= space ? members : members.slice(0, Math.max(0, space - 1));
  return { shown, rest: members.length - shown.length };
}

/** The nick in row `y` of a pane of `height` rows. */
export function memberInRow(model: ScreenModel, height: number, y: number): string | null {
  return y < height ? (membersShown(model, height).shown[y - 1]?.nick ?? null) : null;
}
