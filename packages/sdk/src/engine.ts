// Puts the stages together for any protocol: link, commands and events, and what one tells another.
// Owns the order of things after a (re)connect and at the end; decides nothing that a stage can. What the
// messages mean is its user's: client.ts for any protocol, chat/ for the chat.

import type { ErrorReply, Protocol, WireMessage } from "@maru/protocol";
import { durationOption } from "./base/duration-option.ts";
import { localError, type MaruError } from "./base/maru-error.ts";
import type { CommandBody, ServerSaid } from "./base/message.ts";
import type { CheckedCommand } from "./command/check-command.ts";
import { CommandQueue, type QueueLimits } from "./command/command-queue.ts";
import { type CommandRule, createRequest } from "./command/request.ts";
import { EventQueue } from "./event/event-queue.ts";
import { Flow } from "./event/flow.ts";
import type { LinkState } from "./link/lifecycle.ts";
import { Link } from "./link/link.ts";
import type { EngineSettings } from "./settings.ts";

/** How long `close` waits for answers, in milliseconds. */
export const closeDeadlineMs = 5000;

export interface AskOptions {
  readonly rule: CommandRule;
  readonly signal?: AbortSignal | undefined;
  /** null: wait for as long as it takes. So does whatever is asked before the first welcome. */
  readonly timeoutMs: number | null;
  readonly onReply?: ((reply: ServerSaid, wanted: boolean) => void) | undefined;
  /** Before every other command that waits. */
  readonly first?: boolean;
}

/** What a user of the engine adds to it. */
export interface EngineUser<W extends WireMessage> {
  /** Judges a command before it is written; the first welcome may not be there yet. */
  check(body: CommandBody): CheckedCommand;
  /** Whether a refusal passes by itself: what is asked again later will be done. */
  isPassing(reply: ErrorReply): boolean;
  /** A state was entered; of "closed", before what waits has failed and the events end. */
  entered(state: LinkState): void;
  /**
   * A connection is there, and nothing has been sent on it. Returns what it allows; where the promise is
   * given, what goes through the outbox waits for it.
   */
  online(welcome: W | null): { limits: QueueLimits; sendsAfter: Promise<void> | null };
  /** The connection is gone; runs before what it leaves behind is settled. */
  offline(): void;
  /** What answers no command; `isKnown`: the protocol has its type. */
  event(message: ServerSaid, isKnown: boolean): void;
}

export class Engine<W extends WireMessage, E> {
  readonly link: Link<W>;
  readonly commands: CommandQueue;
  readonly events: EventQueue<E>;
  readonly settings: EngineSettings<W>;
  readonly #user: EngineUser<W>;
  readonly #flow: Flow;
  readonly #watchers = new Set<() => void>();
  /** The newest unread event, if the next of its kind may take its place. */
  #passing: E | null = null;
  readonly #replyTypes: ReadonlySet<string>;
  #serial = 0;
  #connection = 0;
  #closing: Promise<void> | null = null;

  constructor(settings: EngineSettings<W>, user: EngineUser<W>) {
    this.settings = settings;
    this.#user = user;
    const { clock, protocol } = settings;
    this.#replyTypes = new Set([...protocol.replies.values(), "error"]);
    const link = new Link(settings, {
      state: (state) => this.#state(state),
      online: (welcome) => this.#online(welcome),
      offline: () => this.#offline(),
      message: (message, isKnown) => this.#message(message, isKnown),
      drained: () => this.commands.pump(),
    });
    this.link = link;
    this.commands = new CommandQueue({
      wire: link,
      clock,
      isPassing: (reply) => user.isPassing(reply),
      changed: () => this.changed(),
    });
    this.events = new EventQueue(() => this.#flow.update());
    const { events, commands } = this;
    this.#flow = new Flow(settings.eventsBuffered, {
      get held() {
        return events.length;
      },
      get awaited() {
        return commands.awaited;
      },
      pause: () => link.pause(),
      resume: () => link.resume(),
    });
  }

  get protocol(): Protocol {
    return this.settings.protocol;
  }

  /** Asks the server; everything of the command happens in the order of the calls. */
  ask(body: CommandBody, options: AskOptions): Promise<ServerSaid> {
    const checked = this.#checked(body, options);
    if (checked.problem !== null) return Promise.reject(checked.problem);
    this.#serial += 1;
    const created = createRequest(body, {
      ...options,
      reply: this.settings.protocol.replies.get(body.type) ?? null,
      // When the first welcome comes is not known, and what follows a join needs it.
      timeoutMs: this.link.everOnline ? options.timeoutMs : null,
      serial: this.#serial,
      bytes: checked.bytes,
      clock: this.settings.clock,
      onGivenUp: this.commands.giveUp.bind(this.commands),
    });
    this.commands.add(created.request, options.first);
    return created.promise;
  }

  /** Resolves as soon as `done()` is true; looked at after every change. Rejects at the end. */
  when(done: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const watch = () => {
        const { state } = this.link;
        if (done()) resolve();
        else if (state.phase === "closed") reject(state.reason);
        else return;
        this.#watchers.delete(watch);
      };
      this.#watchers.add(watch);
      watch();
    });
  }

  /** Whether the reader of events has as many before it as may wait. */
  get full(): boolean {
    return this.#flow.full;
  }

  /** Resolves when the reader has room for another event. */
  room(): Promise<void> {
    return this.#flow.room();
  }

  /**
   * Puts an event before its reader. `isPassing`: while the reader lags, the next such event takes its
   * place, for a connection that flaps unread must not fill the memory with its states.
   */
  emit(event: E, isPassing = false): void {
    if (this.settings.eventsBuffered === 0) return;
    const { last } = this.events;
    if (isPassing && last !== null && last === this.#passing && this.full) {
      this.events.replaceLast(event);
    } else this.events.push(event);
    this.#passing = isPassing ? event : null;
    this.#flow.update();
  }

  /** Whether `close` was called: nothing more is to be asked. */
  get isClosing(): boolean {
    return this.#closing !== null;
  }

  /**
   * Waits until everything asked for has its answer, for `deadlineMs` at most, and ends the
   * connection; what is unanswered then rejects with `closed`. Further calls await the same end.
   * Rejects with MaruError `invalid_option` for a deadline that is no duration.
   */
  async close(deadlineMs = closeDeadlineMs): Promise<void> {
    this.#closing ??= this.#close(durationOption("deadlineMs", deadlineMs));
    return this.#closing;
  }

  /** Resolves with the reason once the client is closed, by whomever. */
  async closed(): Promise<MaruError> {
    await this.when(() => this.link.state.phase === "closed");
    const { state } = this.link;
    return state.phase === "closed" ? state.reason : localError("closed");
  }

  /** Something changed that `when` or the flow of events may wait for. */
  changed(): void {
    this.#flow.update();
    for (const watch of [...this.#watchers]) watch();
  }

  async #close(deadlineMs: number): Promise<void> {
    let late = false;
    const cancel = this.settings.clock.after(deadlineMs, () => {
      late = true;
      this.link.close();
    });
    await this.when(() => late || this.commands.pending === 0).catch(() => {});
    cancel();
    this.link.close();
  }

  #checked(body: CommandBody, { rule, signal }: AskOptions): CheckedCommand {
    const { state } = this.link;
    if (signal?.aborted) return { problem: localError("aborted", undefined, signal.reason) };
    if (state.phase === "closed") return { problem: state.reason };
    const isFull = this.commands.outbox.bytes >= this.settings.outboxBytesMax;
    if (rule.outbox !== undefined && isFull) return { problem: localError("outbox_full") };
    const isTooMany = this.commands.asked >= this.settings.callsMax;
    if (rule.outbox === undefined && isTooMany) return { problem: localError("too_many_calls") };
    return this.#user.check(body);
  }

  #state(state: LinkState): void {
    this.#user.entered(state);
    if (state.phase === "closed") {
      this.commands.fail(state.reason);
      this.events.end();
    }
    this.changed();
  }

  #online(welcome: W | null): void {
    this.#connection += 1;
    const connection = this.#connection;
    const { limits, sendsAfter } = this.#user.online(welcome);
    this.commands.online(limits, sendsAfter !== null);
    void sendsAfter?.then(() => {
      if (this.#connection === connection) this.commands.releaseSends();
    });
  }

  #offline(): void {
    this.#user.offline();
    this.commands.offline();
  }

  /** An event may have a field `re` of its own; only where the type says nothing does that decide. */
  #message(message: ServerSaid, isKnown: boolean): void {
    const { type, re } = message;
    const mayAnswer = typeof re === "number" && (!isKnown || this.#replyTypes.has(type));
    const isTaken = mayAnswer && this.commands.reply(re, message);
    if (!isTaken && !(isKnown && mayAnswer)) this.#user.event(message, isKnown);
  }
}
