// Whether a message is for oneself. Pure.

import { directParticipants, mentionsOf } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk";
import type { Model } from "./model.ts";
import type { Message } from "./timeline.ts";

/** It names one, or was said to one alone. */
export function isMeant(
  model: Pick<Model, "me"> & Partial<Pick<Model, "formers">>,
  { room, text, from, redacted }: Message,
): boolean {
  const me = roomKey(model.me);
  if (roomKey(from) === me || redacted === true) return false;
  if (directParticipants(roomKey(room)) !== null) return true;
  return mentionsOf(text).some((nick) => nick === me || model.formers?.includes(nick) === true);
}
