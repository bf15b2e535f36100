// The client as its user sees it: one state, one stream of events, its lifetime, and the commands.
// Owns nothing but names: engine.ts does the work, commands.ts holds the names of the commands.

import { type ChatError, localError } from "./chat-error.ts";
import { Commands } from "./commands.ts";
import { durationOption } from "./duration-option.ts";
import type { ClientEvent } from "./event/events.ts";
import type { Welcome } from "./link/greeting.ts";
import type { ClientState } from "./link/lifecycle.ts";

export class Client extends Commands {
  #closing: Promise<void> | null = null;

  get state(): ClientState {
    return this.engine.link.state;
  }

  /**
   * What the server said at the last connect: limits, durability, the session. Throws ChatError
   * `connect_failed` before the first welcome, which only a client of `open` can see.
   */
  get welcome(): Welcome {
    const { welcome } = this.engine.link;
    if (welcome === null) throw localError("connect_failed", "No server has welcomed this client.");
    return welcome;
  }

  /**
   * One's own nick: the last one that the server gave or accepted; before the first welcome the one
   * that was asked for, or "" for a guest.
   */
  get me(): string {
    return this.engine.link.nick ?? "";
  }

  /** The rooms one is in, or will be again after the reconnect, as the server writes them. */
  get joinedRooms(): readonly string[] {
    return this.engine.rooms.names;
  }

  /** Bytes in the outbox: what was said or changed and not acknowledged. */
  get buffered(): number {
    return this.engine.commands.outbox.bytes;
  }

  /**
   * Why the server last refused for now what is in the outbox, which is sent again by itself; null when
   * it has not, or has taken something since.
   */
  get lastRefusal(): ChatError | null {
    return this.engine.commands.lastRefusal;
  }

  /** Resolves when no more than `bytes` are unacknowledged; rejects when the client is closed. */
  drained(bytes = 0): Promise<void> {
    return this.engine.when(() => this.buffered <= bytes);
  }

  /** Resolves with the reason once the client is closed, by whomever. */
  async closed(): Promise<ChatError> {
    const { link } = this.engine;
    await this.engine.when(() => link.state.phase === "closed");
    return link.state.phase === "closed" ? link.state.reason : localError("closed");
  }

  /**
   * Everything that happens, in order: from the first state "online" on after `connect`, from the
   * first "connecting" on after `open`. One reader at a time; one that breaks off leaves the rest to
   * the next. Ends after the state "closed".
   */
  events(): AsyncIterableIterator<ClientEvent, undefined> {
    return this.engine.events.read();
  }

  /** Ends the wait before the next attempt to connect: it begins now. Does nothing at other times. */
  reconnect(): void {
    this.engine.link.reconnect();
  }

  /**
   * Waits until everything asked for has its answer, for `deadlineMs` at most, and ends the
   * connection; what is unanswered then rejects with `closed`. Further calls await the same end.
   * Rejects with ChatError `invalid_option` for a deadline that is no duration.
   */
  async close(options: { deadlineMs?: number | undefined } = {}): Promise<void> {
    this.#closing ??= this.#close(durationOption("deadlineMs", options.deadlineMs ?? 5000));
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  protected override get isClosing(): boolean {
    return this.#closing !== null;
  }

  async #close(deadlineMs: number): Promise<void> {
    const { commands, link, settings } = this.engine;
    let late = false;
    const cancel = settings.clock.after(deadlineMs, () => {
      late = true;
      link.close();
    });
    await this.engine.when(() => late || commands.pending === 0).catch(() => {});
    cancel();
    link.close();
  }
}
