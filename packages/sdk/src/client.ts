// The client as its user sees it: commands as promises, events as one stream, one state.
// Owns nothing but names: engine.ts does the work. Commands keep the order of the calls, so
// `leave` or `nick` never overtakes a `send`.

import type { CommandType } from "@maru/protocol/chat";
import { type ChatError, localError } from "./chat-error.ts";
import { newCid } from "./command/cid.ts";
import type { BodyOf, ReplyTo } from "./command/request.ts";
import type { Engine } from "./engine.ts";
import type { ClientEvent } from "./event/events.ts";
import type { Welcome } from "./link/greeting.ts";
import type { ClientState } from "./link/lifecycle.ts";

export interface CallOptions {
  /** Aborting rejects at once with ChatError `aborted`; a reply that comes later is let go. */
  readonly signal?: AbortSignal | undefined;
}

export interface SendOptions extends CallOptions {
  /** Your id for this message: the same cid is stored once. Random unless given. */
  readonly cid?: string | undefined;
  /** The seq of the message that this one answers. */
  readonly replyTo?: number | undefined;
  /** `/me`: the text is what the sender does. */
  readonly action?: boolean | undefined;
}

export class Client {
  readonly #engine: Engine;
  #closing: Promise<void> | null = null;

  /** For `connect` only. */
  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get state(): ClientState {
    return this.#engine.link.state;
  }

  /** What the server said at the last connect: limits, durability, the session. */
  get welcome(): Welcome {
    const { welcome } = this.#engine.link;
    if (welcome === null) throw localError("closed", "This client was never connected.");
    return welcome;
  }

  /** One's own nick: the last one that the server gave or accepted. */
  get me(): string {
    return this.#engine.link.nick ?? this.welcome.nick;
  }

  /** The rooms one is in, or will be again after the reconnect, as the server writes them. */
  get joinedRooms(): readonly string[] {
    return this.#engine.rooms.names;
  }

  /** Bytes of sends that the server has not acknowledged. */
  get buffered(): number {
    return this.#engine.commands.outbox.bytes;
  }

  /** Resolves when no more than `bytes` are unacknowledged; rejects when the client is closed. */
  drained(bytes = 0): Promise<void> {
    return this.#engine.when(() => this.buffered <= bytes);
  }

  /** Resolves with the reason once the client is closed, by whomever. */
  async closed(): Promise<ChatError> {
    const { link } = this.#engine;
    await this.#engine.when(() => link.state.phase === "closed");
    return link.state.phase === "closed" ? link.state.reason : localError("closed");
  }

  /**
   * Everything that happens, in order, from the first state "online" on. One reader at a time; one
   * that breaks off leaves the rest to the next. Ends after the state "closed".
   */
  events(): AsyncIterableIterator<ClientEvent, undefined> {
    return this.#engine.events.read();
  }

  /** Joins; with `after` all later entries follow as events, or as a `reset` and what is left. */
  join(
    room: string,
    options: CallOptions & { after?: number | undefined; epoch?: string | undefined } = {},
  ): Promise<ReplyTo<"join">> {
    const asked = given({ after: options.after, epoch: options.epoch });
    return this.#ask<"join">({ type: "join", room, ...asked }, options, (reply, wanted) => {
      if (wanted) this.#engine.rooms.joined(reply, asked);
      // Nobody wants the room any more, and nobody will ask to leave it.
      else if (!this.#engine.rooms.has(reply.room)) void this.leave(reply.room).catch(() => {});
    });
  }

  leave(room: string, options: CallOptions = {}): Promise<ReplyTo<"leave">> {
    const left = () => this.#engine.rooms.left(room, null);
    return this.#ask<"leave">({ type: "leave", room }, options, left);
  }

  /**
   * Sends a text. Resolves when the server has stored it, across any number of reconnects; rejects
   * when the server refuses it, or the client is closed before.
   */
  send(room: string, text: string, options: SendOptions = {}): Promise<ReplyTo<"send">> {
    const { cid = newCid(), replyTo, action } = options;
    const body = given({ replyTo, action: action === true ? (true as const) : undefined });
    return this.#ask<"send">({ type: "send", room, text, cid, ...body }, options, undefined, null);
  }

  /** Waits until what was said before is stored; what is said meanwhile waits for the answer. */
  nick(nick: string, options: CallOptions = {}): Promise<ReplyTo<"nick">> {
    return this.#ask<"nick">({ type: "nick", nick }, options, (reply) => {
      this.#engine.link.renamed(reply.nick);
      this.#engine.rooms.renamed(reply.nick);
    });
  }

  /** Sets the room's topic; an empty one clears it. */
  topic(room: string, topic: string, options: CallOptions = {}): Promise<ReplyTo<"topic">> {
    return this.#ask<"topic">({ type: "topic", room, topic }, options);
  }

  /** A page of the room's members; `after` is the last nick of the page before. */
  who(
    room: string,
    options: CallOptions & { after?: string | undefined } = {},
  ): Promise<ReplyTo<"who">> {
    return this.#ask<"who">({ type: "who", room, ...given({ after: options.after }) }, options);
  }

  /** A page of the rooms there are; `after` is the last room of the page before. */
  rooms(options: CallOptions & { after?: string | undefined } = {}): Promise<ReplyTo<"rooms">> {
    return this.#ask<"rooms">({ type: "rooms", ...given({ after: options.after }) }, options);
  }

  /**
   * A page of entries: the newest before `before`, or the oldest after `after`; oldest first.
   * Where the server says that it was too much at once, it is asked again when the server allows.
   */
  history(
    room: string,
    options: CallOptions & {
      before?: number | undefined;
      after?: number | undefined;
      limit?: number | undefined;
    } = {},
  ): Promise<ReplyTo<"history">> {
    const limit = options.limit ?? this.welcome.limits.historyPage;
    const range = given({ before: options.before, after: options.after });
    return this.#ask<"history">({ type: "history", room, limit, ...range }, options);
  }

  ping(options: CallOptions = {}): Promise<ReplyTo<"ping">> {
    return this.#ask<"ping">({ type: "ping" }, options);
  }

  /**
   * Waits until everything asked for has its answer, for `deadlineMs` at most, and ends the
   * connection; what is unanswered then rejects with `closed`. Further calls await the same end.
   */
  close(options: { deadlineMs?: number | undefined } = {}): Promise<void> {
    this.#closing ??= this.#close(options.deadlineMs ?? 5000);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(deadlineMs: number): Promise<void> {
    const { commands, link, settings } = this.#engine;
    let late = false;
    const cancel = settings.clock.after(deadlineMs, () => {
      late = true;
      link.close();
    });
    await this.#engine.when(() => late || commands.pending === 0).catch(() => {});
    cancel();
    link.close();
  }

  #ask<T extends CommandType>(
    body: BodyOf<T> & { readonly type: T },
    { signal }: CallOptions,
    onReply?: (reply: ReplyTo<T>, wanted: boolean) => void,
    timeoutMs: number | null = this.#engine.settings.commandTimeoutMs,
  ): Promise<ReplyTo<T>> {
    if (this.#closing !== null) return Promise.reject(localError("closed"));
    return this.#engine.ask<T>(body, { signal, timeoutMs, onReply });
  }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that have a value: a key that stands for nothing is not sent. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Given<T>;
}
