// What each action does to the screen: one entry a name, so that none is forgotten. Pure.
// The work is done in the files of its subject; here is only which.

import { failedOf } from "@maru/chat-model/model";
import {
  deleteForward,
  insert,
  motionOf,
  rowDown,
  rowUp,
  type TypingAction,
} from "@maru/tui/editor";
import { editorColumns } from "../../layout/input-rows.ts";
import { layoutOf } from "../../layout/layout.ts";
import type { ActionName } from "../keys/actions.ts";
import type { Pane, ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { complete } from "./completing.ts";
import { beginHistorySearch, moveThroughHistory } from "./history-search.ts";
import { offerLeaving, quit } from "./leaving.ts";
import { failedList, switchList } from "./lists.ts";
import {
  askReaction,
  beginEdit,
  beginReply,
  copyMessage,
  markAsRead,
  markAsUnread,
  redactMessage,
} from "./message-actions.ts";
import {
  openLast,
  openNeighbour,
  openNextActivity,
  openNumbered,
  withNothingTyped,
} from "./opening.ts";
import { ask } from "./overlay-update.ts";
import { drop, retry } from "./pending.ts";
import { atDivider, atEnd, atTop, pageRows, scroll, select } from "./reading.ts";
import { sendTyped } from "./sending.ts";

type Act = (model: ScreenModel) => ScreenStep;

const move =
  (name: TypingAction): Act =>
  (model) => {
    const motion = motionOf(name);
    return stay(motion === null ? model : { ...model, editor: motion(model.editor) });
  };
const room =
  (number: number): Act =>
  (model) =>
    openNumbered(model, number);

export const actionTable: Readonly<Record<ActionName, Act>> = {
  send: sendTyped,
  newline: (model) => stay({ ...model, editor: insert(model.editor, "\n") }),
  complete: (model) => complete(model, 1),
  "complete-back": (model) => complete(model, -1),
  "history-older": (model) => moveThroughHistory(model, "older"),
  "history-newer": (model) => moveThroughHistory(model, "newer"),
  "history-search": beginHistorySearch,
  "edit-externally": (model) =>
    stay(model, { type: "edit-outside", text: model.editor.text, key: model.chat.current }),
  "paste-confirm": stay,
  "retry-failed": retryAsked,
  "drop-failed": (model) => drop(model),

  "char-left": move("char-left"),
  "char-right": move("char-right"),
  "word-left": move("word-left"),
  "word-right": move("word-right"),
  "line-start": move("line-start"),
  "line-end": move("line-end"),
  "row-up": (model) => rowMoved(model, "older"),
  "row-down": (model) => rowMoved(model, "newer"),
  "delete-back": move("delete-back"),
  "delete-forward": move("delete-forward"),
  "kill-to-end": move("kill-to-end"),
  "kill-to-start": move("kill-to-start"),
  "kill-word-back": move("kill-word-back"),
  "kill-word-forward": move("kill-word-forward"),
  yank: move("yank"),
  "yank-pop": move("yank-pop"),
  transpose: move("transpose"),
  undo: move("undo"),
  redo: move("redo"),

  "next-activity": openNextActivity,
  "room-1": room(1),
  "room-2": room(2),
  "room-3": room(3),
  "room-4": room(4),
  "room-5": room(5),
  "room-6": room(6),
  "room-7": room(7),
  "room-8": room(8),
  "room-9": room(9),
  "previous-room": (model) => openNeighbour(model, -1),
  "next-room": (model) => openNeighbour(model, 1),
  "last-room": openLast,
  "switch-room": (model) => stay({ ...model, overlay: switchList(model) }),
  "mark-read": markAsRead,
  "mark-unread": markAsUnread,

  "page-up": (model) => scroll(model, -pageRows(model)),
  "page-down": (model) => scroll(model, pageRows(model)),
  "scroll-up": (model) => scroll(model, -1),
  "scroll-down": (model) => scroll(model, 1),
  top: atTop,
  bottom: (model) => stay(atEnd(model)),
  "jump-unread": (model) => stay(atDivider(model)),
  "jump-date": (model) => ask(model, "date"),
  find: (model) => ask(model, "find"),

  "select-older": (model) => select(model, -1),
  "select-newer": (model) => select(model, 1),
  "reply-selected": beginReply,
  "react-selected": askReaction,
  "edit-selected": beginEdit,
  "redact-selected": redactMessage,
  "copy-selected": copyMessage,

  help: (model) => stay({ ...model, overlay: { kind: "keys", top: 0 } }),
  escape: (model) => stay(leaveStep(model)),
  interrupt: interrupt,
  "quit-if-empty": (model) =>
    model.editor.text === ""
      ? quit(model)
      : stay({ ...model, editor: deleteForward(model.editor) }),
  "toggle-rooms": (model) => stay({ ...model, rooms: toggle(model, "rooms") }),
  "toggle-members": (model) => stay({ ...model, members: toggle(model, "members") }),
  "bare-view": (model) => stay({ ...model, isBare: !model.isBare }),
  redraw: (model) => stay(model, { type: "redraw" }),
  suspend: (model) => stay(model, { type: "suspend" }),
};

/** The other of what it is now, whether it folded by itself or not. */
const toggle = (model: ScreenModel, pane: "rooms" | "members"): Pane =>
  layoutOf(model)[pane] === null ? "on" : "off";

/** One failed send is sent again at once; of several the person chooses. */
function retryAsked(model: ScreenModel): ScreenStep {
  if (failedOf(model).length <= 1) return retry(model);
  return stay({ ...model, overlay: failedList(model) });
}

/** By rows inside the text; at its edge through what was typed before. */
function rowMoved(model: ScreenModel, way: "older" | "newer"): ScreenStep {
  const motion = way === "older" ? rowUp : rowDown;
  const { input, isNarrow } = layoutOf(model);
  const editor = motion(model.editor, editorColumns(model, { width: input.width, isNarrow }));
  return editor === model.editor ? moveThroughHistory(model, way) : stay({ ...model, editor });
}

/** One thing at a time: the answer, the choice, then back to the newest message. */
function leaveStep(model: ScreenModel): ScreenModel {
  if (model.isBare) return { ...model, isBare: false };
  if (model.compose.kind === "edit") return withNothingTyped(model);
  if (model.compose.kind === "reply") return { ...model, compose: { kind: "say" } };
  if (model.selected !== null) return { ...model, selected: null };
  return atEnd(model);
}

/** Clears the line, which stays to be had again by undo; on an empty one offers to leave. */
function interrupt(model: ScreenModel): ScreenStep {
  const isEmpty = model.editor.text === "" && model.compose.kind === "say";
  return stay(isEmpty ? offerLeaving(model) : withNothingTyped(model));
}
