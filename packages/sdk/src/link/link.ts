// The connection that comes back: dials, greets, keeps alive, and dials again after a loss.
// Owns the lifecycle, the one transport of the moment, the heartbeat and the ids of commands.
// Hands everything that is not its own to its handlers; knows nothing of rooms and outboxes.

import type { CloseReason } from "@maru/protocol";
import type { ChatClientMessage, ChatServerMessage } from "@maru/protocol/chat";
import { ChatError, errorOfClose, errorOfReply, localError } from "../chat-error.ts";
import type { Clock } from "../clock.ts";
import { helloOf, refusalOf, type Welcome } from "./greeting.ts";
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

type Wish = Pick<CloseReason, "reconnect" | "afterMs">;

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
    const timedOut = () => this.#lost(localError("connect_failed", "No welcome came in time."));
    this.#cancelTimer = clock.after(connectTimeoutMs, timedOut);
    this.#transport = dial(host, port, {
      opened: () => this.#greet(),
      message: (message) => this.#receive(message),
      drained: () => this.#handlers.drained(),
      ended: (cause) => this.#ended(cause),
    });
  }

  #greet(): void {
    this.#helloId = this.nextId();
    const { client } = this.#options;
    const identity = { client, nick: this.nick, resume: this.welcome?.session };
    this.#transport?.send(helloOf(identity, this.#helloId));
  }

  #receive(message: ChatServerMessage): void {
    this.#heartbeat.received();
    if (message.type === "close") return this.#lost(errorOfClose(message), message);
    if (this.state.phase === "online") return this.#handlers.message(message);
    if (message.type === "welcome") return this.#welcomed(message);
    if (message.type === "error" && message.re === this.#helloId) {
      this.#lost(errorOfReply(message), refusalOf(message, this.welcome !== null));
    }
  }

  #welcomed(welcome: Welcome): void {
    this.#cancelTimer?.();
    this.welcome = welcome;
    this.nick = welcome.nick;
    this.#enter({ type: "welcomed", nick: welcome.nick, nowMs: this.#options.clock.nowMs() });
    this.#heartbeat.start(welcome.heartbeatMs);
    if (this.#paused) this.#transport?.pause();
    this.#handlers.online(welcome);
  }

  #ended(cause: unknown): void {
    if (cause instanceof ChatError) return this.#lost(cause);
    const online = this.state.phase === "online";
    const detail = cause instanceof Error && cause.message !== "" ? `: ${cause.message}` : ".";
    const { host, port } = this.#options;
    const error = online
      ? localError("connection_lost", `The connection ended${detail}`, cause)
      : localError("connect_failed", `No connection to ${host}:${port}${detail}`, cause);
    this.#lost(error);
  }

  #lost(reason: ChatError, wish: Wish = { reconnect: "backoff" }): void {
    const wasOnline = this.state.phase === "online";
    this.#release()?.destroy();
    if (wasOnline) this.#handlers.offline();
    const { reconnect, afterMs } = wish;
    const nowMs = this.#options.clock.nowMs();
    const draw = this.#options.random();
    this.#enter({ type: "lost", reason, reconnect, afterMs, nowMs, draw });
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
