// The chat's client as its user sees it: one state, one stream of events, its lifetime, and the commands.
// Owns nothing but names: chat-engine.ts does the work, commands.ts holds the names of the commands.

// For `await using`: programs for a browser that name no newer library know no Symbol.asyncDispose.
/// <reference lib="esnext.disposable" preserve="true" />

import { localError, type MaruError } from "../base/maru-error.ts";
import type { ChatClientEvent, ChatClientState } from "./chat-client-events.ts";
import type { Welcome } from "./chat-greeter.ts";
import { Commands } from "./commands.ts";

export class ChatClient extends Commands {
  get state(): ChatClientState {
    return this.chat.state;
  }

  /**
   * What the server said at the last connect: limits, durability, the session. Throws MaruError
   * `connect_failed` before the first welcome, which only a client of `openChat` can see.
   */
  get welcome(): Welcome {
    const { welcome } = this.chat;
    if (welcome === null) throw localError("connect_failed", "No server has welcomed this client.");
    return welcome;
  }

  /**
   * One's own nick: the last one that the server gave or accepted; before the first welcome the one
   * that was asked for, or "" for a guest.
   */
  get me(): string {
    return this.chat.nick ?? "";
  }

  /** The rooms one is in, or will be again after the reconnect, as the server writes them. */
  get joinedRooms(): readonly string[] {
    return this.chat.rooms.names;
  }

  /** Bytes in the outbox: what was said or changed and not acknowledged. */
  get buffered(): number {
    return this.chat.engine.commands.outbox.bytes;
  }

  /**
   * Why the server last refused for now what is in the outbox, which is sent again by itself; null when
   * it has not, or has taken something since.
   */
  get lastRefusal(): MaruError | null {
    return this.chat.engine.commands.lastRefusal;
  }

  /** Resolves when no more than `bytes` are unacknowledged; rejects when the client is closed. */
  drained(bytes = 0): Promise<void> {
    return this.chat.engine.when(() => this.buffered <= bytes);
  }

  /** Resolves with the reason once the client is closed, by whomever. */
  closed(): Promise<MaruError> {
    return this.chat.engine.closed();
  }

  /**
   * Everything that happens, in order: from the first state "online" on after `connectChat`, from the
   * first "connecting" on after `openChat`. One reader at a time; one that breaks off leaves the rest to
   * the next. Ends after the state "closed".
   */
  events(): AsyncIterableIterator<ChatClientEvent, undefined> {
    return this.chat.engine.events.read();
  }

  /** Ends the wait before the next attempt to connect: it begins now. Does nothing at other times. */
  reconnect(): void {
    this.chat.engine.link.reconnect();
  }

  /**
   * Waits until everything asked for has its answer, for `deadlineMs` at most, and ends the
   * connection; what is unanswered then rejects with `closed`. Further calls await the same end.
   * Rejects with MaruError `invalid_option` for a deadline that is no duration.
   */
  close(options: { deadlineMs?: number | undefined } = {}): Promise<void> {
    return this.chat.engine.close(options.deadlineMs);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
