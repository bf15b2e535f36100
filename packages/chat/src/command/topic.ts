// topic → sent: an entry of the room's log like a message, so that every member sees it in its place.

import { fitsUtf8, topicBytesMax } from "@maru/protocol/chat";
import { fail } from "../hub/effects.ts";
import { findOwn } from "../hub/find-room.ts";
import type { Handler } from "../hub/hub-state.ts";
import { propose } from "./send.ts";

export const topic: Handler<"topic"> = (state, session, command, now) => {
  const found = findOwn(state, session, command);
  if (!found.ok) return found.effects;
  const { room } = found;
  if (!fitsUtf8(command.topic, topicBytesMax)) {
    const message = `the topic is longer than ${topicBytesMax} bytes of UTF-8`;
    return fail(session.id, command.id, "invalid_message", { message, field: "topic" });
  }
  const draft = {
    type: "topic" as const,
    room: room.name as string,
    at: now,
    from: session.nick as string,
    topic: command.topic,
  };
  return propose(state, room, session, { ...command, draft }, now);
};
