// Lists to choose from, on top of the conversation: shown, waiting for an answer, and with it. Pure.
// What stands in them is the chat's.

import {
  continuedBy,
  directory,
  type Found,
  foundMessages,
  isFurther,
  isSameSearch,
  type Listing,
  refusedMessages,
  roomsToGoTo,
} from "@maru/chat-model/list";
import type { Effect, Input } from "@maru/chat-model/model";
import { emptyEditor } from "@maru/tui/editor";
import type { List, ScreenModel } from "../model/screen-model.ts";

const listOf = (listing: Listing): List => ({
  kind: "list",
  filter: emptyEditor,
  index: 0,
  isWaiting: false,
  ...listing,
});

export const switchList = (model: ScreenModel): List => listOf(roomsToGoTo(model));

export const failedList = (model: ScreenModel): List =>
  listOf({ ...refusedMessages(model), title: "could not be sent: Enter sends again" });

/** A list that waits for its answer, where one was asked for. */
export function withWaiting(model: ScreenModel, effects: readonly Effect[]): ScreenModel {
  const asked = effects.findLast(({ type }) => purposeOf(type) !== null);
  if (asked === undefined) return model;
  const lastSearch = asked.type === "search" ? asked : model.lastSearch;
  const listing: Listing =
    asked.type === "search"
      ? { purpose: "found", title: `looking for ${asked.query}`, choices: [] }
      : directory();
  return { ...model, lastSearch, overlay: { ...listOf(listing), isWaiting: true } };
}

const purposeOf = (type: Effect["type"]): "found" | "directory" | null =>
  type === "search" ? "found" : type === "rooms" ? "directory" : null;

export const withDirectory = (
  model: ScreenModel,
  { rooms }: Extract<Input, { type: "directory" }>,
): ScreenModel => withAnswer(model, directory(rooms));

/** The answer in its place; the person who closed that does not want it any more. */
function withAnswer(model: ScreenModel, answer: Listing): ScreenModel {
  const { overlay } = model;
  if (overlay?.kind !== "list" || overlay.purpose !== answer.purpose) return model;
  return { ...model, overlay: { ...listOf(answer), filter: overlay.filter } };
}

/** The same for what was found; a further page only behind that of the same search. */
export function withFound(model: ScreenModel, found: Found): ScreenModel {
  const page = foundMessages(model.chat, found);
  const { overlay } = model;
  if (found.asked === undefined || !isFurther(found.asked)) return withAnswer(model, page);
  const isShown =
    overlay?.kind === "list" && overlay.isWaiting && isSameSearch(overlay.older, found.asked);
  if (!isShown) return model;
  const choices = continuedBy(overlay.choices, page.choices);
  const older = page.older ?? null;
  return { ...model, overlay: { ...overlay, choices, older, isWaiting: false } };
}

/** There will be no answer. */
export function withoutWaiting(model: ScreenModel, effect: Effect): ScreenModel {
  const { overlay } = model;
  const { type } = effect;
  if (effect.type === "search" && isFurther(effect)) {
    const isAsked = overlay?.kind === "list" && isSameSearch(overlay.older, effect);
    return isAsked ? { ...model, overlay: { ...overlay, isWaiting: false } } : model;
  }
  const isOver =
    overlay?.kind === "list" && overlay.isWaiting && overlay.purpose === purposeOf(type);
  return isOver ? { ...model, overlay: null } : model;
}
