// The room that a command for scripts means: `@nick` stands for the conversation with that person.
// Pure.

import { parseRoom } from "@maru/protocol/chat";
import { isPerson } from "../../cli/target.ts";

/** `room` as the server calls it, for a person whose nick is `me`. */
export function roomOf(room: string, me: string): string {
  const parsed = parseRoom(isPerson(room) ? `@${me}+${room.slice(1)}` : room);
  return parsed.ok ? parsed.name : room;
}
