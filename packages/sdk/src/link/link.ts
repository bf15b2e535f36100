// The connection that comes back: dials, greets, keeps alive, and dials again after a loss.
// Owns the lifecycle, the one transport of the moment, the heartbeat and the ids of commands.
// Hands everything that is not its own to its handlers; knows nothing of rooms and outboxes.

import type { Clock, CloseReason } from "@maru/protocol";
import type { ChatClientMessage, ChatServerMessage } from "@maru/protocol/chat";
import { ChatError, errorOfClose, errorOfReply, localError } from "../chat-error.ts";
import { failedText, heldNickText, silentText } from "./connect-words.ts";
import { helloOf, problemOf, refusalOf, type Welcome } from "./greeting.ts";
import { HeartbeatTimer } from "./heartbeat-timer.ts";
import {
  type ClientState,
  firstLifecycle,
  type LifecycleInput,
  type LifecyclePolicy,
  transition,
} from "./lifecycle.ts";
import type { Dial, Transport } from "./transport.ts";

export interface LinkOptions extends LifecyclePolicy {
  readonly host: string;
  readonly port: number;
  readonly client: string;
  readonly nick: string | undefined;
  /** The session of an earlier client, which the first hello takes back. */
  readonly resume: string | undefined;
  /** How long, in milliseconds from the start, a nick in use is asked for again. */
  readonly nickWaitMs: number;
  /** From dialling to welcome, in milliseconds. */
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly dial: Dial;
}

export interface LinkHandlers {
  state(state: ClientState): void;
  online(welcome: Welcome): void;
  /** Runs after an online connection ended and before the state changes. */
  offline(): void;
  message(message: ChatServerMessage): void;
  drained(): void;
}

/** How long a goodbye may take. */
const goodbyeMs = 1000;
/** How often a nick is asked for that may be one's own lost connection's. */
const nickRetryMs = 2000;

interface Wish extends Pick<CloseReason, "reconnect" | "afterMs"> {
  /** Exactly so long, whatever was tried before, and for a client that was never online, too. */
  readonly retryMs?: number;
}

export class Link {
  welcome: Welcome | null = null;
  readonly #options: LinkOptions;
  readonly #handlers: LinkHandlers;
  readonly #heartbeat: HeartbeatTimer;
  #lifecycle = firstLifecycle;
  #transport: Transport | null = null;
  #helloId = 0;
  #lastId = 0;
  /** The nick to ask for, and the one there is. */
  nick: string | undefined;
  #paused = false;
  #isOpen = false;
  #nickUntilMs = 0;
  #cancelTimer: (() => void) | null = null;

  constructor(options: LinkOptions, handlers: LinkHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.nick = options.nick;
    this.#heartbeat = new HeartbeatTimer(options.clock, {
      ping: () => this.send({ type: "ping", id: this.nextId() }),
      dead: () => this.#lost(localError("connection_lost", "The server has fallen silent.")),
    });
  }

  get state(): ClientState {
    return this.#lifecycle.state;
  }

  get writable(): boolean {
    return this.state.phase === "online" && (this.#transport?.writable ?? false);
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  start(): void {
    this.#nickUntilMs = this.#options.clock.nowMs() + this.#options.nickWaitMs;
    this.#handlers.state(this.state);
    this.#dial();
  }

  send(message: ChatClientMessage): void {
    this.#heartbeat.sent();
    this.#transport?.send(message);
  }

  /** Stops reading until `resume`. Silence does not count against the server meanwhile. */
  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#heartbeat.deaf(true);
    this.#transport?.pause();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#heartbeat.deaf(false);
    this.#transport?.resume();
  }

  renamed(nick: string): void {
    this.nick = nick;
    this.#enter({ type: "renamed", nick });
  }

  /** Dials now instead of later; only where it waits to do so. */
  reconnect(): void {
    if (this.state.phase !== "waiting") return;
    this.#cancelTimer?.();
    this.#enter({ type: "retry" });
  }

  /** The end, now; with `reason` when it was not the owner's own wish. */
  close(reason?: ChatError): void {
    this.#release()?.end(goodbyeMs);
    this.#enter({ type: "close", ...(reason !== undefined && { reason }) });
  }

  #dial(): void {
    const { host, port, dial, clock, connectTimeoutMs } = this.#options;
    this.#isOpen = false;
    this.#cancelTimer = clock.after(connectTimeoutMs, () => {
      const text = silentText({ host, port }, connectTimeoutMs, this.#isOpen);
      this.#lost(localError("connect_failed", text));
    });
    this.#transport = dial(host, port, {
      opened: () => {
        this.#isOpen = true;
        this.#greet();
      },
      message: (message) => this.#receive(message),
      drained: () => this.#handlers.drained(),
      ended: (cause) => this.#ended(cause),
    });
  }

  #greet(): void {
    this.#helloId = this.nextId();
    const { client, resume } = this.#options;
    const identity = { client, nick: this.nick, resume: this.welcome?.session ?? resume };
    this.#transport?.send(helloOf(identity, this.#helloId));
  }

  #receive(message: ChatServerMessage): void {
    this.#heartbeat.received();
    if (message.type === "close") return this.#lost(errorOfClose(message), message);
    if (this.state.phase === "online") return this.#handlers.message(message);
    if (message.type === "welcome") return this.#welcomed(message);
    if (message.type === "error" && message.re === this.#helloId) {
      this.#refused(errorOfReply(message), refusalOf(message, this.welcome !== null));
    }
  }

  #refused(reason: ChatError, wish: Wish): void {
    const { nick } = this;
    const leftMs = this.#nickUntilMs - this.#options.clock.nowMs();
    const isAwaited = this.welcome === null && reason.code === "nick_taken" && leftMs > 0;
    if (!isAwaited || nick === undefined) return this.#lost(reason, wish);
    const { code, retryable, field } = reason;
    const message = heldNickText(nick, leftMs);
    const held = new ChatError({ code, message, retryable, field, cause: reason });
    this.#lost(held, { reconnect: "backoff", retryMs: Math.min(nickRetryMs, leftMs) });
  }

  #welcomed(welcome: Welcome): void {
    const problem = problemOf(welcome);
    if (problem !== null) return this.#unfit(problem);
    this.#cancelTimer?.();
    this.welcome = welcome;
    this.nick = welcome.nick;
    this.#enter({ type: "welcomed", nick: welcome.nick, nowMs: this.#options.clock.nowMs() });
    this.#heartbeat.start(welcome.heartbeatMs);
    if (this.#paused) this.#transport?.pause();
    this.#handlers.online(welcome);
  }

  #ended(cause: unknown): void {
    if (cause instanceof ChatError) return this.#unfit(cause);
    const online = this.state.phase === "online";
    const detail = cause instanceof Error && cause.message !== "" ? `: ${cause.message}` : ".";
    const error = online
      ? localError("connection_lost", `The connection ended${detail}`, cause)
      : localError("connect_failed", failedText(this.#options, cause), cause);
    this.#lost(error);
  }

  /** Nothing works with what is there. Where one was welcomed before, it may stand in for a while. */
  #unfit(reason: ChatError): void {
    this.#lost(reason, { reconnect: this.welcome === null ? "never" : "backoff" });
  }

  #lost(reason: ChatError, wish: Wish = { reconnect: "backoff" }): void {
    const wasOnline = this.state.phase === "online";
    this.#release()?.destroy();
    if (wasOnline) this.#handlers.offline();
    const { reconnect, afterMs, retryMs } = wish;
    const nowMs = this.#options.clock.nowMs();
    const draw = this.#options.random();
    this.#enter({ type: "lost", reason, reconnect, afterMs, retryMs, nowMs, draw });
  }

  /** Stops every timer and gives the transport out of hand. */
  #release(): Transport | null {
    this.#cancelTimer?.();
    this.#heartbeat.stop();
    const transport = this.#transport;
    this.#transport = null;
    return transport;
  }

  #enter(input: LifecycleInput): void {
    const before = this.state;
    this.#lifecycle = transition(this.#lifecycle, input, this.#options);
    const { state } = this;
    if (state === before) return;
    this.#handlers.state(state);
    if (state.phase === "connecting") this.#dial();
    if (state.phase === "waiting") {
      const delayMs = Math.max(0, state.untilMs - this.#options.clock.nowMs());
      this.#cancelTimer = this.#options.clock.after(delayMs, () => this.#enter({ type: "retry" }));
    }
  }
}
