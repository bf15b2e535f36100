// What an effect puts into the outbox: what may not be lost, under an id by which it is stored once.
// And back: what an earlier run left there, as the effect that it came from.

import type { Effect } from "@maru/chat-model/model";
import type { Unsent } from "@maru/sdk";
import type { ScreenEffect } from "../../screen/model/screen-step.ts";

/** Null for a mere question, which may be asked again by the person who wants to know. */
export function unsentOf(effect: ScreenEffect, cid: string): Unsent | null {
  switch (effect.type) {
    case "send": {
      const { room, text, action, replyTo } = effect;
      const answers = replyTo === undefined ? {} : { replyTo };
      const does = action ? { action: true as const } : {};
      return { type: "send", room, text, ...answers, ...does, cid };
    }
    case "edit": {
      const { room, target, text } = effect;
      return { type: "edit", room, target, text, cid };
    }
    case "redact": {
      const { room, target, reason } = effect;
      return { type: "redact", room, target, ...(reason === "" ? {} : { reason }), cid };
    }
    case "react": {
      const { room, target, emoji, remove } = effect;
      return { type: "react", room, target, emoji, ...(remove && { remove: true as const }), cid };
    }
    case "topic":
      return { type: "topic", room: effect.room, topic: effect.topic, cid };
    default:
      return null;
  }
}

/** `id`: by which the model knows a message that is pending. */
export function effectOf(unsent: Unsent, id?: number): Effect {
  const { room } = unsent;
  switch (unsent.type) {
    case "send": {
      const { text, action, replyTo } = unsent;
      const answers = replyTo === undefined ? {} : { replyTo };
      const known = id === undefined ? {} : { id };
      return { type: "send", room, text, action: action === true, ...answers, ...known };
    }
    case "edit":
      return { type: "edit", room, target: unsent.target, text: unsent.text };
    case "redact":
      return { type: "redact", room, target: unsent.target, reason: unsent.reason ?? "" };
    case "react": {
      const { target, emoji, remove } = unsent;
      return { type: "react", room, target, emoji, remove: remove === true };
    }
    case "topic":
      return { type: "topic", room, topic: unsent.topic };
  }
}
