// Going from room to room: what is typed stays with its room, and one arrives where unread messages
// begin. Pure.

import {
  currentRoom,
  indexOfKey,
  mostUrgent,
  roomActivity,
  roomOrder,
  withCurrent,
} from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import { cleared, editorOf, remember } from "@maru/tui/editor";
import { anchorOf, type Draft, type ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { jumpTo } from "./page-wish.ts";
import { atDivider, atFirstHeld } from "./reading.ts";
import { showToast } from "./toast.ts";

/** The model in the room of `key`, which is entered. */
export function openRoom(model: ScreenModel, key: NameKey): ScreenModel {
  const before = model.chat.current;
  if (key === before || !model.chat.rooms.has(key)) return model;
  // Whether it is read at once depends on where one arrives in it.
  return arriveFrom(
    { ...model, chat: withCurrent({ ...model.chat, isWatching: false }, key) },
    before,
  );
}

/** The model after the current room changed from that of `before`: its draft, and where one reads. */
export function arriveFrom(model: ScreenModel, before: NameKey | null): ScreenModel {
  const { current } = model.chat;
  if (current === before) return model;
  if (current === null) return leaveLine(model, before);
  if (current === model.lineOf) return comeBack(model, current);
  return turnTo(model, before ?? model.lineOf, current);
}

/** The room is gone from under what is being typed: that stays in the line, and is for no other room. */
function leaveLine(model: ScreenModel, before: NameKey | null): ScreenModel {
  const left = withoutRecalled(model);
  const drafts = new Map(left.drafts);
  if (before !== null && left.editor.text !== "") drafts.set(before, draftOf(left));
  const next = { ...left, drafts, lineOf: before };
  return { ...next, completion: null, selected: null, jump: null, isKeptUnread: false };
}

/** Into the room that the line was typed for all the time. */
function comeBack(model: ScreenModel, current: NameKey): ScreenModel {
  const drafts = new Map(model.drafts);
  const draft = drafts.get(current);
  drafts.delete(current);
  const next = { ...model, drafts, lineOf: null, completion: null };
  if (draft === undefined || model.editor.text !== "") return whereItWasLeft(next);
  const editor = editorOf(draft.text, draft.caret);
  return whereItWasLeft({ ...next, editor, compose: draft.compose });
}

function turnTo(model: ScreenModel, before: NameKey | null, current: NameKey): ScreenModel {
  const left = withoutRecalled(model);
  const drafts = new Map(model.drafts);
  // Of a room that is gone, the line is cleared to type a command: that is no word on its text.
  const isEmpty = left.editor.text === "";
  if (before !== null && isEmpty && model.lineOf === null) drafts.delete(before);
  else if (!isEmpty && before !== null) drafts.set(before, draftOf(left));
  const draft = draftIn(left, before, drafts.get(current));
  drafts.delete(current);
  const kept = { undone: [], redone: [], kills: model.editor.kills };
  const next: ScreenModel = {
    ...left,
    drafts,
    lineOf: null,
    editor: { ...editorOf(draft.text, draft.caret), ...kept },
    compose: draft.compose,
    completion: null,
    selected: null,
    jump: null,
    isKeptUnread: false,
  };
  return whereItWasLeft(next);
}

const noDraft: Draft = { text: "", caret: 0, compose: { kind: "say" } };

/** What was typed while one was in no room goes along, behind what waits there. */
function draftIn({ editor }: ScreenModel, before: NameKey | null, draft: Draft = noDraft): Draft {
  if (before !== null || editor.text === "") return draft;
  const text = draft.text === "" ? editor.text : `${draft.text}\n${editor.text}`;
  return { ...draft, text, caret: text.length };
}

/**
 * The line that stood there before one looked through the history, or searched it; if what was found
 * has been changed since, that stays, and the line goes into the history.
 */
function withoutRecalled(model: ScreenModel): ScreenModel {
  const { history, editor } = model;
  const { at, stash } = history;
  if (at === null) return { ...model, history: { ...history, stash: "", search: null } };
  const isChanged = editor.text !== history.entries[at];
  if (isChanged) return { ...model, history: remember(history, stash) };
  const gone = { ...history, at: null, stash: "", search: null };
  return { ...model, history: gone, editor: editorOf(stash) };
}

/** What is being typed in the current room. */
export function draftOf({ editor, compose }: ScreenModel): Draft {
  return { text: editor.text, caret: editor.caret, compose };
}

/** Where one read, or where it is new: fetched, if that is not held any more. */
function whereItWasLeft(model: ScreenModel): ScreenModel {
  const room = currentRoom(model.chat);
  const anchor = anchorOf(model);
  if (room === null || anchor === null) return atUnread(model);
  const isHeld = anchor.key < 0 || indexOfKey(room.timeline, anchor.key) >= 0;
  const isOnline = model.chat.state.phase === "online";
  if (isHeld || !isOnline) return model;
  return jumpTo(model, room, { part: "around", seq: anchor.key });
}

/** One begins to read where it is new, if that is not all in sight. */
export function atUnread(model: ScreenModel): ScreenModel {
  const room = currentRoom(model.chat);
  if (room === null || room.unread === 0 || room.divider === null) return model;
  return model.chat.state.phase === "online" ? atDivider(model) : atFirstHeld(model, room);
}

/** From 0; below 0: one is in no room. */
const placeIn = (order: readonly NameKey[], { chat }: ScreenModel): number =>
  chat.current === null ? -1 : order.indexOf(chat.current);

/** The rooms in the order of the list, and where the current one stands in it. */
export function openNeighbour(model: ScreenModel, step: number): ScreenStep {
  const order = roomOrder(model);
  if (order.length === 0) return stay(model);
  const at = placeIn(order, model);
  const key = order[(at + step + order.length) % order.length];
  return stay(key === undefined ? model : openRoom(model, key));
}

export function openNumbered(model: ScreenModel, number: number): ScreenStep {
  const key = roomOrder(model).find((each) => model.numbers.get(each) === number);
  return stay(
    key === undefined
      ? showToast(model, `there is no room ${number}`, false, "rooms")
      : openRoom(model, key),
  );
}

export function openLast(model: ScreenModel): ScreenStep {
  const key = model.chat.past.at(-1);
  return stay(
    key === undefined
      ? showToast(model, "there is no room before", false, "room")
      : openRoom(model, key),
  );
}

/** The most urgent of the other rooms with something new: mentions, then messages, then the rest. */
export function openNextActivity(model: ScreenModel): ScreenStep {
  const order = roomOrder(model);
  const at = placeIn(order, model);
  const others = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))];
  const rooms = others.flatMap((key) => {
    const room = model.chat.rooms.get(key);
    return room === undefined ? [] : [{ key, ...roomActivity(model, room) }];
  });
  const next = mostUrgent(rooms);
  if (next === undefined)
    return stay(showToast(model, "nothing new in other rooms", false, "elsewhere"));
  return stay(openRoom(model, next.key));
}

/** Nothing is being typed any more in the current room. */
export function withNothingTyped(model: ScreenModel): ScreenModel {
  const editor = model.editor.text === "" ? model.editor : cleared(model.editor);
  const history = { ...model.history, at: null, stash: "" };
  return { ...model, editor, history, compose: { kind: "say" }, completion: null };
}
