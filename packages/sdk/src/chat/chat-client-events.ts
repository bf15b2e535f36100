// What a chat client's reader sees: the wire's events as they are, and what happens on this side.
// Types only.

import type { ChatEvent } from "@maru/protocol/chat";
import type { MaruError } from "../base/maru-error.ts";
import type { LinkState } from "../link/lifecycle.ts";
import type { ReplyTo } from "./command-rules.ts";

/** The link's state; online, with the nick that one has. */
export type ChatClientState =
  | Exclude<LinkState, { readonly phase: "online" }>
  | { readonly phase: "online"; readonly nick: string; readonly sinceMs: number };

/** The client entered a state. One that was not read yet may be replaced by the next. */
export interface StateEvent {
  readonly type: "state";
  readonly state: ChatClientState;
}

/** A room was joined; `again` after a reconnect. What `recovered` or paging brings follows it. */
export interface JoinedEvent extends Omit<ReplyTo<"join">, "type" | "re"> {
  readonly type: "joined";
  readonly again: boolean;
}

/** Entries of the room are missing here: the server has them no longer, or began it anew. */
export interface ResetEvent {
  readonly type: "reset";
  readonly room: string;
  /** The last seq before the gap. */
  readonly after: number;
}

/** The room is no longer joined: by one's own wish (`reason` null) or because a rejoin failed. */
export interface LeftEvent {
  readonly type: "left";
  readonly room: string;
  readonly reason: MaruError | null;
}

export type ChatClientEvent = ChatEvent | StateEvent | JoinedEvent | ResetEvent | LeftEvent;
