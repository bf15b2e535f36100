// Who is on a session, as the chat knows it.

import type { NameKey, Nick, TypingNotices } from "@maru/protocol/chat";
import type { Conversations } from "./conversations.ts";
import type { CostBudget } from "./cost-budget.ts";
import type { SessionId } from "./effects.ts";
import type { Network } from "./networks.ts";
import type { ReadBudget } from "./read-budget.ts";
import type { Room } from "./room.ts";
import type { TokenBucket } from "./token-bucket.ts";

/** A session that has said hello. */
export interface ChatSession {
  readonly id: SessionId;
  /** Secret: whoever shows it takes the nick back. */
  readonly token: string;
  /**
   * The token that it resumed with. It stays good until the first command shows that the new one
   * has arrived: a welcome can be lost as well.
   */
  formerToken: string | null;
  nick: Nick;
  nickKey: NameKey;
  /** Rooms it is in. */
  readonly rooms: Set<Room>;
  /** The same rooms by the spellings that it has used: a lookup instead of a parse per message. */
  readonly roomsBySpelling: Map<string, Room>;
  /** Those of them that are conversations. */
  readonly conversations: Conversations;
  /** Rooms being loaded because it has asked for them first. */
  opening: number;
  /** Commands of it that wait until their rooms have been loaded. */
  waiting: number;
  /** Where it comes from. */
  readonly network: Network;
  /** What it has left to begin rooms with. */
  readonly newRooms: TokenBucket;
  readonly readBudget: ReadBudget;
  /** What its commands may cost the others. */
  readonly costBudget: CostBudget;
  /** Where it was last said to be writing. */
  readonly typing: TypingNotices;
  /** Searches and inboxes that the log has not answered yet. */
  questions: number;
}
