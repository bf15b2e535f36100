// From a protocol and options to a connected client.
// Owns only the wait for the first welcome, and what becomes of each thing that the server says.

import type { Definition, ErrorReply, TypedProtocol, WireMessage } from "@maru/protocol";
import type { CommandBody, ServerSaid } from "./base/message.ts";
import { Client, type ClientEvent, type UnknownEvent } from "./client.ts";
import { type CheckedCommand, checkCommand } from "./command/check-command.ts";
import type { QueueLimits } from "./command/command-queue.ts";
import { type ConnectOptions, type ConnectSettings, connectSettings } from "./connect-options.ts";
import { Engine, type EngineUser } from "./engine.ts";
import type { LinkState } from "./link/lifecycle.ts";
import { startEngine } from "./start-engine.ts";

/**
 * Connects, and greets where the protocol has a greeting. The client keeps the connection alive, and after
 * a loss comes back by itself and greets again: `$state` events tell of it, in their place among the others.
 *
 * Rejects with MaruError when the first connection fails: `connect_failed`, `not_maru`, `greeting_failed`,
 * `aborted`, the server's refusal of the greeting, its close; with `retryFirst` it keeps trying whatever
 * may pass. `invalid_option` and `invalid_url` for options out of bounds.
 */
export async function connect<D extends Definition>(
  protocol: TypedProtocol<D>,
  options: ConnectOptions<D>,
): Promise<Client<D>> {
  const user = new PassingOn<D>(connectSettings(protocol, options));
  startEngine(user.engine, options.signal);
  await user.engine.when(() => user.engine.link.state.phase === "online");
  return new Client(user.engine);
}

/** Makes an event of all that answers no command: what it means is the application's. */
class PassingOn<D extends Definition> implements EngineUser<WireMessage> {
  readonly engine: Engine<WireMessage, ClientEvent<D>>;
  readonly #settings: ConnectSettings;

  constructor(settings: ConnectSettings) {
    this.#settings = settings;
    this.engine = new Engine<WireMessage, ClientEvent<D>>(settings, this);
  }

  check(body: CommandBody): CheckedCommand {
    return checkCommand(this.#settings.protocol, body, Number.POSITIVE_INFINITY);
  }

  isPassing(reply: ErrorReply): boolean {
    return reply.retryable;
  }

  entered(state: LinkState): void {
    this.#settings.onState(state);
    // What came before the first welcome is over when `connect` hands the client out.
    if (this.engine.link.everOnline) this.engine.emit({ type: "$state", state }, true);
  }

  online(): { limits: QueueLimits; sendsAfter: null } {
    const limits = { inflight: this.#settings.inflightMax, sendRate: 0, sendBurst: 0 };
    return { limits, sendsAfter: null };
  }

  offline(): void {}

  event(message: ServerSaid, isKnown: boolean): void {
    // What is known has been checked by its schema.
    const event = isKnown
      ? (message as WireMessage as ClientEvent<D>)
      : ({ type: "$unknown", message: { ...message } } satisfies UnknownEvent);
    this.engine.emit(event);
  }
}
