// A word to the person that goes away by itself: in time, and before that with what it is about. Pure.

import { currentRoom, withLocalItem } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import { partGap } from "@maru/tui/frame";
import { cellWidth, sanitizeScreenLine } from "@maru/tui/text";
import { wordCells } from "@maru/tui/widget";
import { type ActionName, actions } from "../keys/actions.ts";
import { anchorOf, type ScreenModel } from "../model/screen-model.ts";
import type { ScreenInput } from "../model/screen-step.ts";
import type { Toast, ToastAbout } from "../model/toast.ts";

/** How long it stays, in milliseconds: an error, which says what to do, for longer. */
export const toastMs = 4_000;
export const toastErrorMs = 10_000;

/** `about`: unless said otherwise, what was done just now, and so over with the next thing done. */
export function showToast(
  model: ScreenModel,
  text: string,
  isError = false,
  about: ToastAbout = "act",
): ScreenModel {
  const untilMs = model.chat.nowMs + (isError ? toastErrorMs : toastMs);
  return { ...model, toast: { text, isError, untilMs, about } };
}

export type Told = Required<Pick<Toast, "text" | "isError" | "about">>;

/** The same behind what was told already since `before`, in the same step: neither is lost. */
export function addToast(before: ScreenModel, model: ScreenModel, told: Told): ScreenModel {
  const first = model.toast === before.toast ? null : model.toast;
  const text = first === null ? told.text : `${first.text}; ${told.text}`;
  return showToast(model, text, told.isError || first?.isError === true, told.about);
}

/** By what a toast is about: what must stay as it was when the toast was made. */
const bases: Readonly<
  Record<Extract<ToastAbout, string>, (model: ScreenModel) => readonly unknown[]>
> = {
  time: () => [],
  act: ({ chat, acts }) => [chat.current, acts],
  room: ({ chat }) => [chat.current],
  rooms: ({ chat }) => [chat.current, chat.rooms.size],
  elsewhere: ({ chat }) => [chat.current, newsElsewhere(chat)],
  unread: ({ chat }) => [chat.current, currentRoom(chat)?.divider],
  messages: ({ chat }) => [chat.current, currentRoom(chat)?.timeline.count],
  line: ({ chat, editor, compose }) => [chat.current, editor.text, compose],
  overlay: ({ overlay }) => [overlay?.kind],
  selection: ({ chat, selected }) => [chat.current, selected],
  connection: ({ chat }) => [chat.current, chat.state.phase],
  leaving: ({ isLeavingOffered }) => [isLeavingOffered],
  "taking-back": ({ takingBack }) => [takingBack],
  calls: ({ doNotDisturb, levels }) => [doNotDisturb, levels],
  mouse: ({ isMouseOn }) => [isMouseOn],
};

function newsElsewhere({ rooms, current }: ScreenModel["chat"]): string {
  const others = [...rooms].filter(([key]) => key !== current);
  return others.map(([key, { unread, hasNews }]) => `${key} ${unread} ${hasNews}`).join();
}

function basisOf(model: ScreenModel, about: ToastAbout): readonly unknown[] {
  if (typeof about === "string") return bases[about](model);
  const count = model.chat.rooms.get(roomKey(about.entering))?.memberCount;
  return [count !== undefined && count !== null, model.chat.current === null];
}

/** After a step: a new toast is bound to what it is about, and an older one goes with that. */
export function withToastHeld(before: ScreenModel, model: ScreenModel): ScreenModel {
  const { toast } = model;
  if (toast === null || toast.about === undefined) return model;
  const basis = basisOf(model, toast.about);
  if (toast !== before.toast) return withWhole({ ...model, toast: { ...toast, basis } });
  const isHeld = toast.basis?.every((each, at) => Object.is(each, basis[at])) ?? true;
  return isHeld ? model : { ...model, toast: null };
}

/** What "-MORE(…)-" may take on the right of the status row. */
const moreCells = 20;

/** What the status row would cut stands whole in the room. */
function withWhole(model: ScreenModel): ScreenModel {
  const { toast, chat, size } = model;
  const room = currentRoom(chat);
  if (toast === null || room === null || room.timeline.hasNewer) return model;
  const cells = wordCells(size.width, anchorOf(model) === null ? 0 : moreCells + partGap);
  if (cellWidth(sanitizeScreenLine(toast.text)) <= cells) return model;
  const item = {
    kind: "notice",
    at: chat.nowMs,
    text: toast.text,
    isError: toast.isError,
  } as const;
  return { ...model, chat: withLocalItem(chat, room.name, item) };
}

/** Keys that move or draw something, and end nothing. */
const passive: ReadonlySet<ActionName> = new Set<ActionName>([
  ...actions.flatMap(({ group, name }) => (group === "Typing" ? [name] : [])),
  ...(["newline", "complete", "complete-back", "history-older", "history-newer"] as const),
  ...(["history-search", "edit-externally", "paste-confirm", "redraw", "suspend"] as const),
  ...(["page-up", "page-down", "scroll-up", "scroll-down"] as const),
  ...(["toggle-rooms", "toggle-members", "bare-view"] as const),
]);

/** The model with a key counted that does something; one that types or scrolls does nothing yet. */
export function withActCounted(
  model: ScreenModel,
  { chord }: Extract<ScreenInput, { type: "key" }>,
): ScreenModel {
  const action = model.bindings.get(chord) ?? null;
  const isAct =
    model.overlay === null ? action !== null && !passive.has(action) : chord === "enter";
  return isAct ? { ...model, acts: model.acts + 1 } : model;
}
