// What `connect` may be told: where the server is, what the greeting says, and what every client may be
// told. Pure; turns what a caller wrote into what the engine runs on.

import {
  type CommandInput,
  type CommandName,
  type Definition,
  type ErrorReply,
  type GreetingName,
  heartbeatMsMax,
  heartbeatMsMin,
  type TypedProtocol,
  type WireMessage,
} from "@maru/protocol";
import { durationOption } from "./base/duration-option.ts";
import { localError, type MaruError } from "./base/maru-error.ts";
import type { CommandBody } from "./base/message.ts";
import type { Welcome } from "./client.ts";
import { checkCommand } from "./command/check-command.ts";
import { type Greeter, refusalOf, type Wish } from "./link/greeter.ts";
import type { LinkState } from "./link/lifecycle.ts";
import { type ClientOptions, commonSettings, type EngineSettings } from "./settings.ts";
import { type Address, dialerOf } from "./transport/dialer-of.ts";

/** The fields of the greeting, without `type` and `id`. */
export type GreetingFields<D> = CommandInput<D, GreetingName<D> & CommandName<D>>;

/**
 * The same each time, or made for each connection: of what the server answered the last one (null at the
 * first), and of whatever else, a token that is fetched for instance. A MaruError that it throws and that is
 * not `retryable` is the end; any other failure is `greeting_failed`, and is tried again.
 */
export type Greeting<D> =
  | GreetingFields<D>
  | ((last: Welcome<D> | null) => GreetingFields<D> | Promise<GreetingFields<D>>);

export interface AnyConnectOptions extends ClientOptions, Address {
  /** Hears each state as it is entered, also those that `connect` waits through. */
  readonly onState?: ((state: LinkState) => void) | undefined;
  /** Calls that may be unanswered at a time; more wait. Default 256, as many as a server reads. */
  readonly inflightMax?: number | undefined;
  /**
   * The time between two signs of life, in milliseconds, where no greeting's reply names it: 100 to
   * 3,600,000. Default 30,000.
   */
  readonly heartbeatMs?: number | undefined;
}

export type ConnectOptions<D> = AnyConnectOptions &
  ([GreetingName<D>] extends [never]
    ? { readonly greeting?: undefined }
    : { readonly greeting: Greeting<D> });

export interface ConnectSettings extends EngineSettings<WireMessage> {
  readonly onState: (state: LinkState) => void;
  readonly inflightMax: number;
}

/** Throws MaruError `invalid_url` for what is no address, `invalid_option` for what is out of bounds. */
export function connectSettings<D extends Definition>(
  protocol: TypedProtocol<D>,
  options: ConnectOptions<D>,
): ConnectSettings {
  const { heartbeatMs, inflightMax = 256 } = options;
  if (!Number.isInteger(inflightMax) || inflightMax < 1) {
    throw localError("invalid_option", "inflightMax must be a whole number of 1 or more.");
  }
  return {
    ...commonSettings(options),
    protocol,
    dialer: dialerOf(options),
    greeter: greeterOf(protocol, options.greeting as Greeting<D> | undefined),
    ...(heartbeatMs !== undefined && { heartbeatMs: heartbeatOption(heartbeatMs) }),
    onState: options.onState ?? (() => {}),
    inflightMax,
  };
}

function heartbeatOption(ms: number): number {
  return durationOption("heartbeatMs", ms, heartbeatMsMin, heartbeatMsMax);
}

function greeterOf<D extends Definition>(
  protocol: TypedProtocol<D>,
  greeting: Greeting<D> | undefined,
): Greeter<WireMessage> {
  const { greeting: type } = protocol;
  if (type === null) return noGreeting;
  const reply = protocol.replies.get(type);
  const toSay = (fields: unknown): CommandBody => {
    const body: CommandBody = { ...(fields as object), type };
    const { problem } = checkCommand(protocol, body, Number.POSITIVE_INFINITY);
    if (problem !== null) throw problem;
    return body;
  };
  return {
    greeting(last) {
      if (typeof greeting !== "function") return toSay(greeting);
      const made = greeting(last as Welcome<D> | null);
      return made instanceof Promise ? made.then(toSay) : toSay(made);
    },
    welcomed: (said) => wrongAnswer(said, type, reply),
    refused,
  };
}

/** A protocol without a greeting: who is connected is welcome. */
const noGreeting: Greeter<WireMessage> = {
  greeting: () => null,
  welcomed: () => null,
  refused,
};

function wrongAnswer(said: WireMessage, type: string, reply: string | undefined): MaruError | null {
  if (said.type === reply) return null;
  return localError("protocol_error", `"${said.type}" is no answer to "${type}".`);
}

function refused(reply: ErrorReply): { reason: MaruError; wish: Wish } {
  return refusalOf(reply, reply.retryable);
}
