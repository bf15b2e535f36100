// The connection that comes back: dials, greets, keeps alive, and dials again after a loss.
// Owns the lifecycle, the one transport of the moment, the heartbeat and the ids of commands.
// Hands everything that is not its own to its handlers; knows nothing of outboxes and of what is said.

import {
  boundMs,
  type Clock,
  type CloseEvent,
  type ErrorReply,
  heartbeatMsMax,
  heartbeatMsMin,
  type Protocol,
  type WireMessage,
} from "@maru/protocol";
import { errorOfClose, localError, MaruError } from "../base/maru-error.ts";
import type { CommandBody, ServerSaid } from "../base/message.ts";
import { failedText, foreignText, silentText } from "../transport/connect-words.ts";
import type { Dialer, Transport } from "../transport/transport.ts";
import type { Greeter, Wish } from "./greeter.ts";
import { HeartbeatTimer } from "./heartbeat-timer.ts";
import {
  firstLifecycle,
  type LifecycleInput,
  type LifecyclePolicy,
  type LinkState,
  transition,
} from "./lifecycle.ts";
import { readPayload } from "./read-payload.ts";

export interface LinkOptions<W extends WireMessage> extends LifecyclePolicy {
  readonly protocol: Protocol;
  readonly dialer: Dialer;
  readonly greeter: Greeter<W>;
  /** From dialling to welcome, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** The time between two signs of life, in milliseconds, where the server names none. */
  readonly heartbeatMs?: number;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface LinkHandlers<W extends WireMessage> {
  state(state: LinkState): void;
  /** Null: the protocol has no greeting. */
  online(welcome: W | null): void;
  /** Runs after an online connection ended and before the state changes. */
  offline(): void;
  /** Everything that comes behind the welcome, but `close`; `isKnown`: the protocol has its type. */
  message(message: ServerSaid, isKnown: boolean): void;
  drained(): void;
}

/** Between two signs of life, in milliseconds, where neither server nor options name a time. */
export const heartbeatMsDefault = 30_000;
/** How long a goodbye may take. */
const goodbyeMs = 1000;

export class Link<W extends WireMessage> {
  /** What the server answered the last greeting that it took. */
  welcome: W | null = null;
  readonly #options: LinkOptions<W>;
  readonly #handlers: LinkHandlers<W>;
  readonly #heartbeat: HeartbeatTimer;
  #lifecycle = firstLifecycle;
  #transport: Transport | null = null;
  #greetingId = 0;
  #lastId = 0;
  #paused = false;
  #isOpen = false;
  /** Whether this connection has said anything that the protocol knows. */
  #isKnown = false;
  #cancelTimer: (() => void) | null = null;

  constructor(options: LinkOptions<W>, handlers: LinkHandlers<W>) {
    this.#options = options;
    this.#handlers = handlers;
    this.#heartbeat = new HeartbeatTimer(options.clock, {
      ping: () => this.send({ type: "ping", id: this.nextId() }),
      dead: () => this.#lost(localError("connection_lost", "The server has fallen silent.")),
    });
  }

  get state(): LinkState {
    return this.#lifecycle.state;
  }

  /** Whether a server has ever welcomed this client. */
  get everOnline(): boolean {
    return this.#lifecycle.everOnline;
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

  send(message: CommandBody): void {
    this.#heartbeat.sent();
    this.#transport?.send(this.#options.protocol.client.encode(message));
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

  /** Dials now instead of later; only where it waits to do so. */
  reconnect(): void {
    if (this.state.phase !== "waiting") return;
    this.#cancelTimer?.();
    this.#enter({ type: "retry" });
  }

  /** The end, now; with `reason` when it was not the owner's own wish. */
  close(reason?: MaruError): void {
    this.#release()?.end(goodbyeMs);
    this.#enter({ type: "close", ...(reason !== undefined && { reason }) });
  }

  #dial(): void {
    const { dialer, protocol, clock, connectTimeoutMs } = this.#options;
    this.#isOpen = false;
    this.#isKnown = false;
    this.#cancelTimer = clock.after(connectTimeoutMs, () => {
      const text = silentText(dialer.place, connectTimeoutMs, this.#isOpen);
      this.#lost(localError("connect_failed", text));
    });
    const handlers = {
      opened: () => this.#greet(),
      payload: (payload: Uint8Array) => this.#receive(payload),
      broken: (problem: string) => this.#broken(problem),
      drained: () => this.#handlers.drained(),
      ended: (cause?: unknown) => this.#ended(cause),
    };
    this.#transport = dialer.dial(handlers, protocol.framing);
  }

  #greet(): void {
    this.#isOpen = true;
    const transport = this.#transport;
    const say = (greeting: CommandBody) => {
      if (this.#transport !== transport) return;
      this.#greetingId = this.nextId();
      this.send({ ...greeting, id: this.#greetingId });
    };
    const failed = (cause: unknown) => {
      if (this.#transport !== transport) return;
      const isOwn = cause instanceof MaruError;
      const reason = isOwn ? cause : localError("greeting_failed", undefined, cause);
      this.#lost(reason, { reconnect: reason.retryable ? "backoff" : "never" });
    };
    try {
      const greeting = this.#options.greeter.greeting(this.welcome);
      if (greeting === null) return this.#welcomed(null);
      if (greeting instanceof Promise) void greeting.then(say).catch(failed);
      else say(greeting);
    } catch (error) {
      failed(error);
    }
  }

  #receive(payload: Uint8Array): void {
    this.#heartbeat.received();
    const { message, isKnown, problem } = readPayload(this.#options.protocol, payload);
    // It is no stranger that says something of a known type, even if that breaks a rule.
    this.#isKnown ||= isKnown || message !== null;
    if (message === null) return this.#broken(problem);
    if (message.type === "close") {
      const close = message as CloseEvent;
      return this.#lost(errorOfClose(close), close);
    }
    if (this.state.phase === "online") return this.#handlers.message(message, isKnown);
    if (message.re !== this.#greetingId) return;
    if (message.type !== "error") return this.#welcomed(message);
    const { reason, wish } = this.#options.greeter.refused(message as ErrorReply, this.welcome);
    this.#lost(reason, wish);
  }

  #welcomed(reply: WireMessage | null): void {
    const problem = reply === null ? null : this.#options.greeter.welcomed(reply);
    if (problem !== null) return this.#unfit(problem);
    this.#cancelTimer?.();
    const welcome = reply as W | null;
    this.welcome = welcome;
    this.#enter({ type: "welcomed", nowMs: this.#options.clock.nowMs() });
    this.#heartbeat.start(
      heartbeatMsOf(welcome) ?? this.#options.heartbeatMs ?? heartbeatMsDefault,
    );
    if (this.#paused) this.#transport?.pause();
    this.#handlers.online(welcome);
  }

  #broken(problem: string): void {
    const answer = this.#isKnown ? null : (this.#transport?.firstBytes ?? null);
    const { place } = this.#options.dialer;
    this.#unfit(
      answer === null
        ? localError("protocol_error", `The server broke the protocol: ${problem}.`)
        : localError("not_maru", foreignText(place, answer)),
    );
  }

  #ended(cause: unknown): void {
    const online = this.state.phase === "online";
    const detail = cause instanceof Error && cause.message !== "" ? `: ${cause.message}` : ".";
    const error = online
      ? localError("connection_lost", `The connection ended${detail}`, cause)
      : localError("connect_failed", failedText(this.#options.dialer.place, cause), cause);
    this.#lost(error);
  }

  /** Nothing works with what is there. Where one was welcomed before, it may stand in for a while. */
  #unfit(reason: MaruError): void {
    this.#lost(reason, { reconnect: this.everOnline ? "backoff" : "never" });
  }

  #lost(reason: MaruError, wish: Wish = { reconnect: "backoff" }): void {
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
    this.#greetingId = 0;
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

/** The interval that a greeting's reply names, if it does. */
function heartbeatMsOf(welcome: WireMessage | null): number | null {
  const { heartbeatMs } = (welcome ?? {}) as { heartbeatMs?: unknown };
  return typeof heartbeatMs === "number"
    ? boundMs(heartbeatMs, heartbeatMsMin, heartbeatMsMax)
    : null;
}
