// The one place where the full screen's model changes: model × input → model, effects. Pure.
// What the chat says goes to chat-update.ts, keys to key-update.ts; here are time, size and focus,
// and what holds after every step.

import {
  currentRoom,
  editsAfter,
  isInput,
  numbersFor,
  withoutStaleTyping,
  withPending,
  withRead,
} from "@maru/chat-model/model";
import { isEndHeld, lookWhoIsHere, withoutUnreadCount } from "@maru/chat-model/update";
import { anchorOf, type ScreenModel } from "../model/screen-model.ts";
import { chain, type ScreenInput, type ScreenStep, stay } from "../model/screen-step.ts";
import { updateChat } from "./chat-update.ts";
import { updateKey } from "./key-update.ts";
import { withoutOffer } from "./leaving.ts";
import { updateMouse } from "./mouse-update.ts";
import { takeLookup, takeLookupFailure } from "./nick-lookup.ts";
import { askWantedPages } from "./page-wish.ts";
import { takePaste, withRefusalTold } from "./paste-update.ts";
import { takeEdited } from "./sending.ts";
import { takePage, takePageFailure } from "./take-page.ts";
import { showToast, withActCounted, withToastHeld } from "./toast.ts";

/** `nowMs`: when the input came, milliseconds since 1970. */
export function screenUpdate(model: ScreenModel, input: ScreenInput, nowMs: number): ScreenStep {
  const now = { ...model, chat: { ...model.chat, nowMs } };
  const first = takeInput(now, input);
  const { edits } = first.model;
  const known = {
    ...first.model,
    edits: editsAfter(edits, isInput(input) ? input : null, first.effects),
  };
  const told = { ...first, model: withRefusalTold(now, known) };
  const step = chain(chain(chain(told, settle), askWantedPages), look);
  return { ...step, model: withToastHeld(now, step.model) };
}

function takeInput(model: ScreenModel, input: ScreenInput): ScreenStep {
  if (isInput(input)) return updateChat(model, input);
  switch (input.type) {
    case "key":
      return updateKey(withActCounted({ ...model, keyAtMs: model.chat.nowMs }, input), input);
    case "paste":
      return takePaste(withoutOffer({ ...model, keyAtMs: model.chat.nowMs }), input);
    case "resized":
      return stay({ ...model, size: input.size });
    case "focused":
      return stay({ ...model, isFocused: input.isFocused });
    case "clicked":
    case "wheel":
      return updateMouse(withoutOffer({ ...model, keyAtMs: model.chat.nowMs }), input);
    case "ticked":
      return stay(tick(model));
    case "paged":
      return takePage(model, input);
    case "not-paged":
      return takePageFailure(model, input);
    case "looked-up":
      return takeLookup(model, input);
    case "not-looked-up":
      return takeLookupFailure(model, input);
    case "edited-outside":
      return takeEdited(model, input);
    case "restored":
      return stay(
        withPending({ ...model, saidCount: model.saidCount + input.pending.length }, [
          ...input.pending,
          ...model.pending,
        ]),
      );
    case "told":
      return stay(showToast(model, input.text, input.isError, "time"));
  }
}

function tick(model: ScreenModel): ScreenModel {
  const chat = withoutStaleTyping(model.chat);
  const isOver = model.toast !== null && model.toast.untilMs <= chat.nowMs;
  return { ...model, chat, toast: isOver ? null : model.toast };
}

/**
 * What is seen has been read: the end of the current room, while the terminal has the focus and
 * nothing lies over it.
 */
function settle(model: ScreenModel): ScreenStep {
  const room = currentRoom(model.chat);
  const isHeld = anchorOf(model) !== null;
  const isAtEnd = !isHeld && model.jump === null && room !== null && isEndHeld(room);
  const isSeen = isAtEnd && model.isFocused !== false && model.overlay === null;
  // Where it is new, the server is just being asked.
  const isAsking = model.chat.inbox === "asked" && room?.isMarked === null;
  const isWatching = isSeen && !model.isKeptUnread && !isAsking;
  const chat = withRead({ ...model.chat, isHeld, isWatching });
  const numbers = numbersFor(chat, model.numbers);
  return stay({ ...model, numbers, chat: isWatching ? withoutUnreadCount(chat) : chat });
}

function look(model: ScreenModel): ScreenStep {
  const { chat, effects } = lookWhoIsHere(model.chat);
  return { model: chat === model.chat ? model : { ...model, chat }, effects };
}
