// Who is on a session, as the chat knows it.

import type { NameKey, Nick } from "@maru/protocol/chat";
import type { SessionId } from "./effects.ts";
import type { Room } from "./room.ts";

/** A session that has said hello. */
export interface ChatSession {
  readonly id: SessionId;
  /** Secret: whoever shows it takes the nick back. */
  readonly token: string;
  nick: Nick;
  nickKey: NameKey;
  /** Rooms it is in. */
  readonly rooms: Set<Room>;
  /** The same rooms by the spellings that it has used: a lookup instead of a parse per message. */
  readonly roomsBySpelling: Map<string, Room>;
}
