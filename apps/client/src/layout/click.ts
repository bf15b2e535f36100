// What stands at a cell of the screen, for the mouse. Pure; asks what laid it out.

import type { NameKey } from "@maru/protocol/chat";
import { holds } from "@maru/tui/frame";
import { contentTop, innerSize } from "@maru/tui/widget";
import type { ScreenModel } from "../screen/model/screen-model.ts";
import { conversationPane } from "./conversation/conversation-pane.ts";
import { type Layout, layoutOf, overlayArea } from "./layout.ts";
import { memberInRow } from "./members-shown.ts";
import { overlayContent } from "./overlay/overlay-view.ts";
import { roomInRow } from "./rooms-shown.ts";

export type Hit =
  | { readonly kind: "room"; readonly key: NameKey }
  | { readonly kind: "member"; readonly nick: string }
  /** An item of the conversation, by its key. */
  | { readonly kind: "item"; readonly key: number }
  /** A line of the list on top, by its place among those that are left. */
  | { readonly kind: "choice"; readonly index: number };

/** Null: nothing that leads anywhere; and everything under what lies on top. */
export function hitOf(model: ScreenModel, x: number, y: number): Hit | null {
  const layout = layoutOf(model);
  if (model.overlay !== null) return choiceAt(model, layout, x, y);
  const { rooms, members, conversation } = layout;
  if (rooms !== null && holds(rooms, x, y)) {
    const key = roomInRow(model, rooms.height, y - rooms.y);
    return key === null ? null : { kind: "room", key };
  }
  if (members !== null && holds(members, x, y)) {
    const nick = memberInRow(model, members.height, y - members.y);
    return nick === null ? null : { kind: "member", nick };
  }
  if (!holds(conversation, x, y)) return null;
  const key = conversationPane(model, conversation).keys[y - conversation.y] ?? null;
  return key === null ? null : { kind: "item", key };
}

function choiceAt(model: ScreenModel, layout: Layout, x: number, y: number): Hit | null {
  const area = overlayArea(layout);
  if (!holds(area, x, y)) return null;
  const content = overlayContent(model, innerSize(area));
  if (content?.choices === undefined) return null;
  const index = content.choices[y - contentTop(area, content.rows.length)] ?? null;
  return index === null ? null : { kind: "choice", index };
}
