// What `connect` and `open` may be told, with every default in one place.
// Pure; turns what a caller wrote into what the client runs on.

import { type Clock, systemClock } from "@maru/protocol";
import { durationOption } from "./duration-option.ts";
import { type BackoffPolicy, defaultBackoff } from "./link/backoff.ts";
import type { Welcome } from "./link/greeting.ts";
import type { ClientState } from "./link/lifecycle.ts";
import { type Dial, dialTcp } from "./link/transport.ts";
import { checkPort, defaultPort, parseMaruUrl } from "./maru-url.ts";

export interface ConnectOptions {
  /** `maru://host:port/room`; its room is not joined by itself. Wins over `host` and `port`. */
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Without one the server picks a guest's name. */
  readonly nick?: string | undefined;
  /** Name and version of your program, told to the server in `hello`; at most 64 characters. */
  readonly client?: string | undefined;
  /**
   * `session` of the welcome of an earlier client with this nick: takes the nick back from its
   * connection, also from one that the server does not yet know to be dead.
   */
  readonly resume?: string | undefined;
  /**
   * How long, in milliseconds from the start, a nick in use is asked for again, every two seconds: for
   * a nick that was one's own a moment ago. Unless given, the first refusal is the end.
   */
  readonly nickWaitMs?: number | undefined;
  /** Hears each state as it is entered, also those that `connect` waits through. */
  readonly onState?: ((state: ClientState) => void) | undefined;
  /**
   * Hears each welcome before anything is sent on its connection: a caller that keeps its `session` then has
   * the one that the server knows, whenever the process is killed.
   */
  readonly onWelcome?: ((welcome: Welcome) => void) | undefined;
  /** Gives up connecting when aborted; once connected, it has no effect. */
  readonly signal?: AbortSignal | undefined;
  /** false: a lost connection is the end. */
  readonly reconnect?: Partial<BackoffPolicy> | false | undefined;
  /** Keep trying when the very first connection fails, instead of rejecting (`open`: closing). */
  readonly retryFirst?: boolean | undefined;
  /** From dialling to welcome, in milliseconds. */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * From asking to the answer, in milliseconds. What waits in the outbox has no timeout, nor has what
   * was asked before the first welcome.
   */
  readonly commandTimeoutMs?: number | undefined;
  /**
   * Events held for a reader who lags; then the socket is not read until the reader takes some.
   * 0: `events()` will not be read, and none is kept.
   */
  readonly eventsBuffered?: number | undefined;
  /** Bytes in the outbox; beyond them whatever goes through it rejects with `outbox_full`. */
  readonly outboxBytesMax?: number | undefined;
  /** Seams for tests: time, chance and the network. */
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
  readonly dial?: Dial | undefined;
}

export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly nick: string | undefined;
  readonly client: string;
  readonly resume: string | undefined;
  readonly nickWaitMs: number;
  readonly onState: (state: ClientState) => void;
  readonly onWelcome: (welcome: Welcome) => void;
  readonly backoff: BackoffPolicy | null;
  readonly retryFirst: boolean;
  readonly connectTimeoutMs: number;
  readonly commandTimeoutMs: number;
  readonly eventsBuffered: number;
  readonly outboxBytesMax: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly dial: Dial;
}

/** Throws ChatError `invalid_url` for a bad url or port, `invalid_option` for a duration. */
export function resolveOptions(options: ConnectOptions): Settings {
  const address = options.url === undefined ? null : parseMaruUrl(options.url);
  const { reconnect } = options;
  const port = address?.port ?? options.port ?? defaultPort;
  checkPort(port, port);
  return {
    host: address?.host ?? options.host ?? "127.0.0.1",
    port,
    nick: options.nick,
    client: options.client ?? "maru-sdk/0.1.0",
    resume: options.resume,
    nickWaitMs: durationOption("nickWaitMs", options.nickWaitMs ?? 0),
    onState: options.onState ?? (() => {}),
    onWelcome: options.onWelcome ?? (() => {}),
    backoff: reconnect === false ? null : backoffOf(reconnect),
    retryFirst: options.retryFirst ?? false,
    connectTimeoutMs: durationOption("connectTimeoutMs", options.connectTimeoutMs ?? 10_000),
    commandTimeoutMs: durationOption("commandTimeoutMs", options.commandTimeoutMs ?? 15_000),
    eventsBuffered: options.eventsBuffered ?? 1024,
    outboxBytesMax: options.outboxBytesMax ?? 64 * 1024 * 1024,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    dial: options.dial ?? dialTcp,
  };
}

/** At least 1 ms: without any wait, a server that refuses at once would be dialled without end. */
function backoffOf({ minMs, maxMs }: Partial<BackoffPolicy> = {}): BackoffPolicy {
  return {
    minMs: durationOption("reconnect.minMs", minMs ?? defaultBackoff.minMs, 1),
    maxMs: durationOption("reconnect.maxMs", maxMs ?? defaultBackoff.maxMs, 1),
  };
}
