// The client of any protocol as its user sees it: calls, notices, one stream of events, its lifetime.
// Owns nothing but names and types; engine.ts does the work.

// For `await using`: programs for a browser that name no newer library know no Symbol.asyncDispose.
/// <reference lib="esnext.disposable" preserve="true" />

import type {
  CommandInput,
  CommandName,
  CommandReply,
  Definition,
  EventMessage,
  GreetingName,
  NoticeInput,
  NoticeName,
  PongReply,
  ReplyMessage,
  WireMessage,
} from "@maru/protocol";
import { localError, type MaruError } from "./base/maru-error.ts";
import type { CommandBody, ServerSaid } from "./base/message.ts";
import { checkMessage } from "./command/check-command.ts";
import type { CommandRule } from "./command/request.ts";
import type { Engine } from "./engine.ts";
import type { LinkState } from "./link/lifecycle.ts";

/** The client entered a state. One that was not read yet may be replaced by the next. */
export interface StateEvent {
  readonly type: "$state";
  readonly state: LinkState;
}

/** What a newer server says, and the protocol has no word for: as it came. */
export interface UnknownEvent {
  readonly type: "$unknown";
  readonly message: WireMessage & Readonly<Record<string, unknown>>;
}

/** The protocol's events, and two of the client's own: `$` keeps them apart from any protocol's. */
export type ClientEvent<D> = EventMessage<D> | StateEvent | UnknownEvent;

/** What the server answered the greeting; null where the protocol has none. */
export type Welcome<D> = [GreetingName<D>] extends [never]
  ? null
  : CommandReply<D, GreetingName<D> & CommandName<D>>;

/** What may be called at any time: all commands but the greeting, which the client says by itself. */
export type CallName<D> = Exclude<CommandName<D>, GreetingName<D>>;

export interface CallOptions {
  /** Aborting rejects at once with `aborted`; a reply that comes later is let go. */
  readonly signal?: AbortSignal | undefined;
  /**
   * From asking to the answer, in milliseconds; null: as long as it takes. Unless given, the client's
   * `commandTimeoutMs`.
   */
  readonly timeoutMs?: number | null | undefined;
  /**
   * It may be done twice: a lost connection asks again instead of failing with `connection_lost`.
   */
  readonly retry?: boolean | undefined;
  /**
   * Through the outbox: it waits without a time limit, in the order of the calls, one at a time, across
   * reconnects and refusals that are `retryable`. It may reach the server more than once, so it has to carry an
   * id of its own by which the server counts it once.
   */
  readonly outbox?: boolean | undefined;
}

/** The reply of a command as it came, with `type` and `re`. */
export type AnyReply<D, T extends string> =
  T extends CommandName<D>
    ? ReplyMessage<D, T>
    : T extends "ping"
      ? PongReply
      : WireMessage & Readonly<Record<string, unknown>>;

export class Client<D extends Definition> {
  readonly #engine: Engine<WireMessage, ClientEvent<D>>;

  /** For `connect` only. */
  constructor(engine: Engine<WireMessage, ClientEvent<D>>) {
    this.#engine = engine;
  }

  get state(): LinkState {
    return this.#engine.link.state;
  }

  /** What the server answered the last greeting that it took. */
  get welcome(): Welcome<D> {
    const { welcome } = this.#engine.link;
    return (welcome === null ? null : fieldsOf(welcome)) as Welcome<D>;
  }

  /**
   * Asks the server, and gives the fields of its reply. Calls are written in their order; between two
   * connections they wait.
   *
   * Rejects with MaruError: the server's codes, `invalid_message` for fields that break a rule (nothing is
   * sent then), `timeout`, `aborted`, `connection_lost`, `closed`, `too_many_calls`, `outbox_full`.
   */
  async call<K extends CallName<D>>(
    type: K,
    fields: CommandInput<D, K>,
    options: CallOptions = {},
  ): Promise<CommandReply<D, K>> {
    const reply = await this.#ask({ ...(fields as object), type }, options);
    return fieldsOf(reply) as CommandReply<D, K>;
  }

  /**
   * Tells the server what needs no answer. It never waits: false when it was dropped, for there is no
   * connection now or the one there is takes no more; what comes late would be worth nothing.
   *
   * Throws MaruError `invalid_message` for fields that break a rule.
   */
  notify<K extends NoticeName<D>>(type: K, fields: NoticeInput<D, K>): boolean {
    const { link, protocol, isClosing } = this.#engine;
    const notice: CommandBody = { ...(fields as object), type };
    const { problem } = checkMessage(protocol, notice, Number.POSITIVE_INFINITY);
    if (problem !== null) throw problem;
    if (isClosing || !link.writable) return false;
    link.send(notice);
    return true;
  }

  /**
   * Sends any command, also one that the protocol has no word for and a newer server has, and gives the
   * reply as it came. `id` is the client's to add. Rejects as `call` does.
   */
  request<const M extends CommandBody>(
    message: M,
    options: CallOptions = {},
  ): Promise<AnyReply<D, M["type"]>> {
    return this.#ask(message, options) as Promise<WireMessage> as Promise<AnyReply<D, M["type"]>>;
  }

  /** Resolves when the server has answered a ping. */
  async ping(options: CallOptions = {}): Promise<void> {
    await this.#ask({ type: "ping" }, { retry: true, ...options });
  }

  /**
   * Everything that happens, in order, from the first state "online" on. One reader at a time; one that
   * breaks off leaves the rest to the next. Ends after the state "closed".
   */
  events(): AsyncIterableIterator<ClientEvent<D>, undefined> {
    return this.#engine.events.read();
  }

  /** Bytes in the outbox: what was called with `outbox` and not answered. */
  get buffered(): number {
    return this.#engine.commands.outbox.bytes;
  }

  /** Resolves when no more than `bytes` wait in the outbox; rejects when the client is closed. */
  drained(bytes = 0): Promise<void> {
    return this.#engine.when(() => this.buffered <= bytes);
  }

  /**
   * What waits in the outbox, in order, as plain data: kept on disk, the next run of the program can
   * `request` it again with `outbox`. Stays readable after the client is closed.
   */
  unsent(): readonly CommandBody[] {
    return this.#engine.commands.unsent;
  }

  /** Ends the wait before the next attempt to connect: it begins now. Does nothing at other times. */
  reconnect(): void {
    this.#engine.link.reconnect();
  }

  /** Resolves with the reason once the client is closed, by whichever side. */
  closed(): Promise<MaruError> {
    return this.#engine.closed();
  }

  /**
   * Waits until everything asked for has its answer, for `deadlineMs` at most (5,000 unless given), and
   * ends the connection; what is unanswered then rejects with `closed`. Further calls await the same
   * end. Rejects with MaruError `invalid_option` for a deadline that is no duration.
   */
  close(options: { readonly deadlineMs?: number | undefined } = {}): Promise<void> {
    return this.#engine.close(options.deadlineMs);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #ask(body: CommandBody, options: CallOptions): Promise<ServerSaid> {
    const { settings, isClosing } = this.#engine;
    if (isClosing) return Promise.reject(localError("closed"));
    const { signal, outbox = false, retry = false } = options;
    const timeoutMs =
      options.timeoutMs === undefined ? settings.commandTimeoutMs : options.timeoutMs;
    const rule = outbox ? outboxRule : retry ? retryRule : callRule;
    return this.#engine.ask(body, { rule, signal, timeoutMs: outbox ? null : timeoutMs });
  }
}

const callRule: CommandRule = { repeatable: false, sendsBefore: "any" };
const retryRule: CommandRule = { repeatable: true, sendsBefore: "any" };
const outboxRule: CommandRule = { repeatable: true, sendsBefore: "any", outbox: "alone" };

/** A reply without what the protocol adds to it. */
function fieldsOf(reply: ServerSaid): object {
  const { type: _type, re: _re, ...fields } = reply;
  return fields;
}
