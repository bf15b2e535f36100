// Puts the stages together: link, commands, rooms and events, and what one tells another.
// Owns the order of things after a (re)connect and at the end; decides nothing that a stage can.
// The client above it is only names for commands.

import type { ChatServerMessage, CommandType } from "@maru/protocol/chat";
import { type ChatError, localError } from "./chat-error.ts";
import { checkCommand } from "./command/check-command.ts";
import { CommandQueue } from "./command/command-queue.ts";
import {
  type BodyOf,
  type CommandRule,
  commandRules,
  createRequest,
  type ReplyTo,
} from "./command/request.ts";
import { EventQueue } from "./event/event-queue.ts";
import type { ClientEvent } from "./event/events.ts";
import { Flow } from "./event/flow.ts";
import type { Welcome } from "./link/greeting.ts";
import type { ClientState } from "./link/lifecycle.ts";
import { Link } from "./link/link.ts";
import type { Settings } from "./options.ts";
import { Rooms } from "./room/rooms.ts";

export interface AskOptions<T extends CommandType> {
  readonly signal?: AbortSignal | undefined;
  /** null: wait for as long as it takes. So does whatever is asked before the first welcome. */
  readonly timeoutMs: number | null;
  readonly onReply?: ((reply: ReplyTo<T>, wanted: boolean) => void) | undefined;
  /** Before every other command that waits. */
  readonly first?: boolean;
}

export class Engine {
  readonly settings: Settings;
  readonly link: Link;
  readonly commands: CommandQueue;
  readonly rooms: Rooms;
  readonly events: EventQueue<ClientEvent>;
  readonly #flow: Flow;
  readonly #watchers = new Set<() => void>();
  readonly #tellsFirst: boolean;
  #serial = 0;
  #connection = 0;

  /** `tellsFirst`: the states before the first welcome are events, too. */
  constructor(settings: Settings, tellsFirst: boolean) {
    this.settings = settings;
    this.#tellsFirst = tellsFirst;
    const { clock } = settings;
    const link = new Link(settings, {
      state: (state) => this.#state(state),
      online: (welcome) => this.#online(welcome),
      offline: () => this.#offline(),
      message: (message) => this.#message(message),
      drained: () => this.commands.pump(),
    });
    this.link = link;
    this.commands = new CommandQueue(link, clock, () => this.#changed());
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
    this.rooms = this.#createRooms();
  }

  /** Asks the server; everything of the command happens in the order of the calls. */
  ask<T extends CommandType>(
    body: BodyOf<T> & { readonly type: T },
    options: AskOptions<T>,
  ): Promise<ReplyTo<T>> {
    const problem = this.#problemOf(body as never, options.signal);
    if (problem !== null) return Promise.reject(problem);
    this.#serial += 1;
    const created = createRequest<T>(body, {
      ...options,
      // When the first welcome comes is not known, and what follows a join needs it.
      timeoutMs: this.link.welcome === null ? null : options.timeoutMs,
      serial: this.#serial,
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

  #problemOf(
    body: Parameters<typeof checkCommand>[0],
    signal?: AbortSignal | undefined,
  ): ChatError | null {
    const { state, welcome } = this.link;
    if (signal?.aborted) return localError("aborted", undefined, signal.reason);
    if (state.phase === "closed") return state.reason;
    const isFull = this.commands.outbox.bytes >= this.settings.outboxBytesMax;
    const { outbox }: CommandRule = commandRules[body.type];
    if (outbox !== undefined && isFull) return localError("outbox_full");
    return checkCommand(body, welcome?.limits);
  }

  #createRooms(): Rooms {
    const { clock, eventsBuffered, commandTimeoutMs } = this.settings;
    const { link } = this;
    return new Rooms({
      join: (body, onReply, signal) =>
        this.ask(body, { signal, timeoutMs: null, onReply, first: true }),
      history: (body, signal) => this.ask(body, { signal, timeoutMs: commandTimeoutMs }),
      emit: (event) => this.#emit(event),
      room: () => this.#flow.room(),
      read: eventsBuffered > 0,
      get historyPage() {
        return link.welcome?.limits.historyPage ?? 100;
      },
      clock,
    });
  }

  #state(state: ClientState): void {
    this.settings.onState(state);
    // What came before the first welcome is over when `connect` hands the client out.
    if (this.#tellsFirst || this.link.welcome !== null) this.#emit({ type: "state", state });
    if (state.phase === "closed") {
      this.rooms.offline();
      this.commands.fail(state.reason);
      this.events.end();
    }
    this.#changed();
  }

  #online(welcome: Welcome): void {
    this.settings.onWelcome(welcome);
    this.#connection += 1;
    const connection = this.#connection;
    // Rejoins come before every other command; the sends follow when every room is back.
    const rejoined = this.rooms.rejoin();
    this.commands.online(welcome.limits, this.rooms.names.length > 0);
    void rejoined.then(() => {
      if (this.#connection === connection) this.commands.releaseSends();
    });
  }

  #offline(): void {
    this.rooms.offline();
    this.commands.offline();
  }

  #message(message: ChatServerMessage): void {
    switch (message.type) {
      case "message":
      case "edit":
      case "redaction":
      case "reaction":
      case "topic":
      case "presence":
        return this.rooms.event(message);
      case "typing":
        // The bytes are the same for all: one's own notices come back. A reader who lags has no use
        // for what was true a while ago.
        if (message.from !== this.link.nick && !this.#flow.full) this.rooms.typing(message);
        return;
      case "close":
        return;
      default:
        return this.commands.reply(message);
    }
  }

  #emit(event: ClientEvent): void {
    if (this.settings.eventsBuffered === 0) return;
    const { last } = this.events;
    // A connection that flaps unread must not fill the memory with its states.
    if (event.type === "state" && last?.type === "state" && this.#flow.full) {
      this.events.replaceLast(event);
    } else this.events.push(event);
    this.#flow.update();
  }

  #changed(): void {
    this.#flow.update();
    for (const watch of [...this.#watchers]) watch();
  }
}
