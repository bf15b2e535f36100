// Whether a message is for oneself. Pure.

import { directParticipants, mentionsOf } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk";
import type { Model } from "./model.ts";
import type { Message } from "./timeline.ts";

/** It names one, or was said to one alone. */
export function isMeant(
  model: Pick<Model, "me">,
  { room, text, from, redacted }: Message,
): boolean {
  const me = roomKey(model.me);
  if (roomKey(from) === me || redacted === true) return false;
  return directParticipants(roomKey(room)) !== null || mentionsOf(text).includes(me);
}
