// What an effect puts into the outbox: what may not be lost, under an id by which it is stored once.
// And back: what an earlier run left there, as the effect that it came from.

import type { Unsent } from "@maru/sdk/chat";
import type { Effect } from "../model/step.ts";

/** What may not be lost. The rest is mere questions, which the person who wants to know asks again. */
export type KeptEffect = Extract<Effect, { type: Unsent["type"] }>;

const kept: Readonly<Record<KeptEffect["type"], true>> = {
  send: true,
  edit: true,
  redact: true,
  react: true,
  topic: true,
};

/** Whether an effect, of whatever kind, goes through the outbox. */
export function isKept(effect: { readonly type: string }): effect is KeptEffect {
  return Object.hasOwn(kept, effect.type);
}

export function unsentOf(effect: KeptEffect, cid: string): Unsent {
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
  }
}

/** `id`: by which the model knows a message that is pending. */
export function effectOf(unsent: Unsent, id?: number): KeptEffect {
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
