// Whether a message is for oneself. Pure.

import { directParticipants, mentionsOf } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import type { Model } from "./model.ts";
import type { Message } from "./timeline.ts";

/** It names one, or was said to one alone. */
export function isMeant(
  model: Pick<Model, "meKey"> & Partial<Pick<Model, "formers">>,
  { room, text, from, redacted }: Message,
): boolean {
  if (roomKey(from) === model.meKey || redacted === true) return false;
  if (directParticipants(roomKey(room)) !== null) return true;
  return mentionsOf(text).some(
    (nick) => nick === model.meKey || model.formers?.includes(nick) === true,
  );
}
