// The commands of the client, each a promise of its reply. They keep the order of the calls, so
// `leave` or `nick` never overtakes a `send`. Owns nothing but names, and the ids of what is sent.

import { type CommandType, pageEntriesMax, TypingNotices } from "@maru/protocol/chat";
import { isLocalError, localError, MaruError } from "../base/maru-error.ts";
import {
  type CallOptions,
  type EntryOptions,
  given,
  type HistoryOptions,
  type JoinOptions,
  type PageOptions,
  type ReactOptions,
  type RedactOptions,
  type SearchQuery,
  type SendOptions,
  type TypingOptions,
} from "./call-options.ts";
import type { ChatEngine } from "./chat-engine.ts";
import { createCids } from "./cid.ts";
import type { BodyOf, OutboxBody, OutboxType, ReplyTo, Unsent } from "./command-rules.ts";
import { roomKey } from "./room/rooms.ts";

/** Where an entry stands now. */
export type Sent = ReplyTo<OutboxType>;
/** One room of the inbox. */
export type InboxRoom = ReplyTo<"inbox">["rooms"][number];

/** Rooms that `inbox` gathers: with more, it is no list that a person reads. */
export const inboxRoomsMax = 10_000;

/** Why a room can't be left: one is not in it, or it is a conversation of a former nick. */
const outCodes: ReadonlySet<string> = new Set(["not_joined", "forbidden"]);

export class Commands {
  protected readonly chat: ChatEngine;
  readonly #newCid = createCids();
  readonly #notices = new TypingNotices();

  /** For `openChat` and `connectChat` only. */
  constructor(chat: ChatEngine) {
    this.chat = chat;
  }

  /** Joins; with `after` all later entries follow as events, or as a `reset` and what is left. */
  join(room: string, options: JoinOptions = {}): Promise<ReplyTo<"join">> {
    const asked = given({ after: options.after, epoch: options.epoch });
    return this.#ask<"join">({ type: "join", room, ...asked }, options, (reply, wanted) => {
      if (wanted) this.chat.rooms.joined(reply, asked);
      // The room is not wanted any more, and no call will ask to leave it.
      else if (!this.chat.rooms.has(reply.room)) void this.leave(reply.room).catch(() => {});
    });
  }

  /** A room that one is not in, as the server says, is left here, too; the promise rejects all the same. */
  async leave(room: string, options: CallOptions = {}): Promise<ReplyTo<"leave">> {
    const left = () => this.chat.rooms.left(room, null);
    try {
      return await this.#ask<"leave">({ type: "leave", room }, options, left);
    } catch (error) {
      const isOut = error instanceof MaruError && outCodes.has(error.code);
      if (isOut) left();
      throw error;
    }
  }

  /**
   * Sends a text. Like all that has a cid it goes through the outbox: it resolves when the server has
   * stored it, once, across any number of reconnects and refusals for now; rejects when the server
   * refuses it, or the client is closed before.
   */
  send(room: string, text: string, options: SendOptions = {}): Promise<Sent> {
    const { replyTo } = options;
    const action = options.action === true ? (true as const) : undefined;
    const unjoined = options.unjoined === true ? (true as const) : undefined;
    return this.#put(
      { type: "send", room, text, ...given({ replyTo, action, unjoined }) },
      options,
    );
  }

  /** Puts another text in the place of one's own message with the seq `target`. */
  edit(room: string, target: number, text: string, options: EntryOptions = {}): Promise<Sent> {
    return this.#put({ type: "edit", room, target, text }, options);
  }

  /** Takes the text of one's own message away, for good. */
  redact(room: string, target: number, options: RedactOptions = {}): Promise<Sent> {
    const { reason } = options;
    return this.#put({ type: "redact", room, target, ...given({ reason }) }, options);
  }

  /** Puts a reaction to a message, or takes it back; one that is there already is no error. */
  react(room: string, target: number, emoji: string, options: ReactOptions = {}): Promise<Sent> {
    const remove = options.remove === true ? (true as const) : undefined;
    return this.#put({ type: "react", room, target, emoji, ...given({ remove }) }, options);
  }

  /** Sets the room's topic; an empty one clears it. */
  topic(room: string, topic: string, options: EntryOptions = {}): Promise<Sent> {
    return this.#put({ type: "topic", room, topic }, options);
  }

  /**
   * What the server has not acknowledged, in order, as plain data: keep it, and a client of the same
   * nick can `resend` it. Stays readable after the client is closed.
   */
  unsent(): Unsent[] {
    return this.chat.engine.commands.unsent as unknown as Unsent[];
  }

  /**
   * Resolves when `unsent()` is no longer what it was at the call: something was said, acknowledged or
   * given up. Many changes of one turn are one. Rejects when the client is closed.
   */
  unsentChanged(): Promise<void> {
    const { outbox } = this.chat.engine.commands;
    const { changes } = outbox;
    return this.chat.engine.when(() => outbox.changes !== changes);
  }

  /**
   * Takes up what another client of the same nick left unsent; what was stored already is not stored
   * again. Call `join` for its rooms before, in the same turn: the server then knows the rooms when
   * it gets the rest. One promise for each, in order.
   */
  resend(unsent: readonly Unsent[], options: CallOptions = {}): Promise<Sent>[] {
    return unsent.map((body) => this.#put(body, { ...options, cid: body.cid }));
  }

  /** Waits until what was said before is stored; what is said meanwhile waits for the answer. */
  nick(nick: string, options: CallOptions = {}): Promise<ReplyTo<"nick">> {
    return this.#ask<"nick">({ type: "nick", nick }, options, (reply) => {
      this.chat.renamed(reply.nick);
      this.chat.rooms.renamed(reply.nick);
    });
  }

  /** A page of the room's members. */
  who(room: string, options: PageOptions = {}): Promise<ReplyTo<"who">> {
    return this.#ask<"who">({ type: "who", room, ...given({ after: options.after }) }, options);
  }

  /** A page of the rooms that have people in them now. */
  rooms(options: PageOptions = {}): Promise<ReplyTo<"rooms">> {
    return this.#ask<"rooms">({ type: "rooms", ...given({ after: options.after }) }, options);
  }

  /**
   * A page of entries: the newest before `before`, the oldest after `after`, or those on both sides
   * of `around`; oldest first. Where the server says that it was too much at once, this and `search`
   * are asked again when the server allows.
   */
  history(room: string, options: HistoryOptions = {}): Promise<ReplyTo<"history">> {
    const { before, after, around, limit = this.#pageMax } = options;
    const range = given({ before, after, around });
    return this.#ask<"history">({ type: "history", room, limit, ...range }, options);
  }

  /**
   * A page of the newest messages that match, oldest first. Where the reply has `next`, there is more,
   * even if the page is empty: the same query with that as its `cursor` goes on.
   */
  search(
    { query, limit = this.#pageMax, ...rest }: SearchQuery,
    options: CallOptions = {},
  ): Promise<ReplyTo<"search">> {
    return this.#ask<"search">({ type: "search", query, limit, ...given(rest) }, options);
  }

  /**
   * The pages of a search, from the newest on, each asked for when it is wanted: every message that
   * matches is on one of them, and behind the last there is no more. Some may be empty.
   */
  async *searchPages(
    { cursor, ...query }: SearchQuery,
    options: CallOptions = {},
  ): AsyncGenerator<ReplyTo<"search">> {
    for (let next = cursor; ; ) {
      const page = await this.search({ ...query, cursor: next }, options);
      yield page;
      // A cursor that leads to itself has no end.
      if (page.next === undefined || page.next === next) return;
      next = page.next;
    }
  }

  /** Says how far one has read a room; back again is fine. */
  mark(room: string, seq: number, options: CallOptions = {}): Promise<ReplyTo<"mark">> {
    return this.#ask<"mark">({ type: "mark", room, seq }, options);
  }

  /** All of what is unread: one's conversations and marked rooms, those that are read included. */
  async inbox(options: CallOptions = {}): Promise<InboxRoom[]> {
    const rooms: InboxRoom[] = [];
    for (;;) {
      const after = rooms.at(-1)?.room;
      const page = await this.#ask<"inbox">({ type: "inbox", ...given({ after }) }, options);
      rooms.push(...page.rooms);
      if (!page.more || page.rooms.length === 0 || rooms.length >= inboxRoomsMax) return rooms;
    }
  }

  /**
   * Tells the others in the room that one is writing, or (`stopped`) no longer. Call it at every key:
   * what is too soon is dropped here. It never waits: without a connection, or with too much under
   * way, nothing is sent, since a notice that comes late is a lie. Rejects only when the server
   * refuses it.
   */
  async typing(room: string, { stopped = false }: TypingOptions = {}): Promise<void> {
    const { engine, settings } = this.chat;
    if (engine.isClosing || !engine.commands.ready) return;
    const key = roomKey(room);
    const notices = this.#notices;
    if (!(stopped ? notices.stop(key) : notices.take(key, settings.clock.nowMs()))) return;
    const end = stopped && { stopped };
    await this.#ask<"typing">({ type: "typing", room, ...end }, {}).catch((error: unknown) => {
      // Lost with its connection: as if it had never been given.
      if (!isLocalError(error)) throw error;
    });
  }

  ping(options: CallOptions = {}): Promise<ReplyTo<"ping">> {
    return this.#ask<"ping">({ type: "ping" }, options);
  }

  /** Before the first welcome: more than any server gives, and so what it gives. */
  get #pageMax(): number {
    return this.chat.welcome?.limits.historyPage ?? pageEntriesMax;
  }

  /** Through the outbox: as long as it takes. */
  #put(body: OutboxBody, { cid = this.#newCid(), signal }: EntryOptions): Promise<Sent> {
    return this.#ask<OutboxType>({ ...body, cid } as never, { signal }, undefined, null);
  }

  #ask<T extends CommandType>(
    body: BodyOf<T> & { readonly type: T },
    { signal }: CallOptions,
    onReply?: (reply: ReplyTo<T>, wanted: boolean) => void,
    timeoutMs: number | null = this.chat.settings.commandTimeoutMs,
  ): Promise<ReplyTo<T>> {
    if (this.chat.engine.isClosing) return Promise.reject(localError("closed"));
    return this.chat.ask<T>(body, { signal, timeoutMs, onReply });
  }
}
