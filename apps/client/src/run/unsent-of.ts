// What an effect puts into the outbox: what nobody may lose, under an id by which it is stored once.
// Null for what is a mere question, and may be asked again by whoever wants to know.

import type { Unsent } from "@maru/sdk";
import type { ScreenEffect } from "../screen/screen-step.ts";

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
