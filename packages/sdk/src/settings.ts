// What every client may be told, of whatever protocol, with every default in one place.
// Pure; turns what a caller wrote into what the engine runs on.

import { type Clock, systemClock, type WireMessage } from "@maru/protocol";
import { durationOption } from "./base/duration-option.ts";
import { type BackoffPolicy, defaultBackoff } from "./link/backoff.ts";
import type { LinkOptions } from "./link/link.ts";

export interface ClientOptions {
  /** Gives up connecting when aborted; once connected, it has no effect. */
  readonly signal?: AbortSignal | undefined;
  /** The pauses between attempts (250 ms to 30 s, drawn at random); false: a lost connection is the end. */
  readonly reconnect?: Partial<BackoffPolicy> | false | undefined;
  /** Keep trying when the very first connection fails, instead of rejecting. Default false. */
  readonly retryFirst?: boolean | undefined;
  /** From dialling to welcome, in milliseconds. Default 10,000. */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * From asking to the answer, in milliseconds. What waits in the outbox has no timeout, nor has what
   * was asked before the first welcome. Default 15,000.
   */
  readonly commandTimeoutMs?: number | undefined;
  /**
   * Events held for a reader who lags; then the socket is not read until the reader takes some.
   * 0: `events()` will not be read, and none is kept. Default 1,024.
   */
  readonly eventsBuffered?: number | undefined;
  /**
   * Calls that may be without their answers, those that wait to be written included; one more rejects
   * with `too_many_calls`. Default 16,384. What goes through the outbox is bounded in bytes instead.
   */
  readonly callsMax?: number | undefined;
  /** Bytes in the outbox; beyond them whatever goes through it rejects with `outbox_full`. Default 64 MiB. */
  readonly outboxBytesMax?: number | undefined;
  /** Seams for tests: time and chance. */
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

export interface EngineSettings<W extends WireMessage> extends LinkOptions<W> {
  readonly commandTimeoutMs: number;
  readonly eventsBuffered: number;
  readonly callsMax: number;
  readonly outboxBytesMax: number;
}

/** The part of the settings that no protocol decides. */
export type CommonSettings = Omit<EngineSettings<WireMessage>, "protocol" | "dialer" | "greeter">;

/** Throws MaruError `invalid_option` for a duration out of bounds. */
export function commonSettings(options: ClientOptions): CommonSettings {
  const { reconnect } = options;
  return {
    backoff: reconnect === false ? null : backoffOf(reconnect),
    retryFirst: options.retryFirst ?? false,
    connectTimeoutMs: durationOption("connectTimeoutMs", options.connectTimeoutMs ?? 10_000),
    commandTimeoutMs: durationOption("commandTimeoutMs", options.commandTimeoutMs ?? 15_000),
    eventsBuffered: options.eventsBuffered ?? 1024,
    callsMax: options.callsMax ?? 16_384,
    outboxBytesMax: options.outboxBytesMax ?? 64 * 1024 * 1024,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

/** At least 1 ms: without any wait, a server that refuses at once would be dialled without end. */
function backoffOf({ minMs, maxMs }: Partial<BackoffPolicy> = {}): BackoffPolicy {
  return {
    minMs: durationOption("reconnect.minMs", minMs ?? defaultBackoff.minMs, 1),
    maxMs: durationOption("reconnect.maxMs", maxMs ?? defaultBackoff.maxMs, 1),
  };
}
