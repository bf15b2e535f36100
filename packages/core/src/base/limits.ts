// Every bound of the engine: name, unit, default. Owns no state.
// Applications give some of them from their configuration, by these names; the rest keep these
// defaults. "hello" in a name is the greeting, whatever its type is called in the protocol.

import { type Framing, lengthPrefixed, timerMsMax } from "@maru/protocol";

/** A token bucket for some message types; types that no bucket names share the one without types. */
export interface RateLimit<Type extends string = string> {
  /** Message types that this bucket counts; absent: all that no other bucket names. */
  readonly types?: readonly Type[];
  /** Messages per second in the long run; 0 = no limit. */
  readonly perSecond: number;
  /** Messages at once before `perSecond` applies. */
  readonly burst: number;
}

/** `Type`: the types of what clients of a protocol send. */
export interface EngineLimits<Type extends string = string> {
  /** Payload bytes of one frame. */
  readonly frameBytes: number;
  /** Payload bytes of one frame before the greeting succeeded. */
  readonly helloFrameBytes: number;
  /** Milliseconds within which a greeting must have succeeded. */
  readonly helloMs: number;
  /** Greetings that may fail before the connection ends. */
  readonly helloAttempts: number;
  /** Connections of one shard that may be ungreeted at a time; one more ends the oldest. */
  readonly helloPending: number;
  /** Commands of one connection that may be unanswered; more stay unread. */
  readonly inflight: number;
  /**
   * Milliseconds that the unanswered commands of a connection may hold up those behind them before the
   * log is told, once for each connection (`connection.unanswered`). 0 = it is never told.
   */
  readonly unansweredMs: number;
  /** Received bytes of one connection that may wait unread before its socket is paused. */
  readonly inboundBytes: number;
  /**
   * Bytes of frames that are taken from one connection per second in the long run, whatever they are;
   * what is beyond stays unread for as long. 0 = no limit.
   */
  readonly inboundRateBytes: number;
  /** Bytes of frames at once before `inboundRateBytes` applies. */
  readonly inboundBurstBytes: number;
  /** Bytes that may wait for one slow reader before it is cut. */
  readonly outboundBytes: number;
  /**
   * Milliseconds that a closing connection has to take its last bytes, and before that as many again
   * for the answers to what it asked before its stream broke.
   */
  readonly drainMs: number;
  /** A peer sends a whole frame at least so often, in milliseconds. */
  readonly heartbeatMs: number;
  /** Milliseconds of grace on top of heartbeatMs. */
  readonly heartbeatGraceMs: number;
  /** Connections in all; 0 = no limit. Keep it well below the limit of open files. */
  readonly maxConnections: number;
  /** Connections of one address (IPv6: of one /64); 0 = no limit. */
  readonly maxConnectionsPerIp: number;
  readonly rates: readonly RateLimit<Type>[];
  /** Frames of one connection that are handled before the others have their turn. */
  readonly framesPerTurn: number;
  /** Bytes of commands that a shard may have on their way to the service. */
  readonly uplinkBytes: number;
  /** Bytes that the service may have on their way to one shard before it stops taking commands. */
  readonly downlinkBytes: number;
  /** Milliseconds between two sweeps over a shard's connections for deadlines. */
  readonly sweepMs: number;
}

export const defaultLimits: EngineLimits = {
  frameBytes: 65_536,
  helloFrameBytes: 4_096,
  helloMs: 10_000,
  helloAttempts: 3,
  helloPending: 2_048,
  inflight: 256,
  unansweredMs: 5_000,
  inboundBytes: 65_536,
  inboundRateBytes: 0,
  inboundBurstBytes: 1_048_576,
  outboundBytes: 1_048_576,
  drainMs: 5_000,
  heartbeatMs: 30_000,
  heartbeatGraceMs: 10_000,
  maxConnections: 0,
  maxConnectionsPerIp: 0,
  rates: [],
  framesPerTurn: 64,
  uplinkBytes: 2_097_152,
  downlinkBytes: 33_554_432,
  sweepMs: 1_000,
};

/**
 * The least that `outboundBytes` may be: a peer that takes one frame while the next one comes is not
 * slow, so two payloads; and never less than one whole frame, however small.
 */
export function outboundBytesMin(frameBytes: number, framing: Framing): number {
  return frameBytes + Math.max(frameBytes, framing.headerBytesMax);
}

/**
 * Fills in the defaults and checks what the bounds demand of each other, with frames of these framings
 * (length-prefixed, unless any is given); throws a RangeError with what to change.
 */
export function resolveLimits(
  given: Partial<EngineLimits> = {},
  ...framings: readonly Framing[]
): EngineLimits {
  const limits = { ...defaultLimits, ...given };
  const demand = (holds: boolean, what: string) => {
    if (!holds) throw new RangeError(`limits: ${what}`);
  };
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value !== "number") continue;
    demand(value >= 0, `${name} must be a number of 0 or more`);
    if (name.endsWith("Ms")) demand(value <= timerMsMax, `${name} must be at most ${timerMsMax}`);
  }
  demand(limits.frameBytes >= 1, "frameBytes must be at least 1");
  demand(limits.helloFrameBytes <= limits.frameBytes, "helloFrameBytes exceeds frameBytes");
  const spoken = framings.length === 0 ? [lengthPrefixed] : framings;
  const outboundMin = Math.max(
    ...spoken.map((framing) => outboundBytesMin(limits.frameBytes, framing)),
  );
  demand(limits.outboundBytes >= outboundMin, `outboundBytes must be at least ${outboundMin}`);
  demand(limits.uplinkBytes >= limits.frameBytes, "uplinkBytes must hold one whole frame");
  demand(limits.downlinkBytes >= 1, "downlinkBytes must be at least 1");
  demand(limits.inboundBurstBytes >= 1, "inboundBurstBytes must be at least 1");
  demand(limits.helloPending >= 1, "helloPending must be at least 1");
  demand(limits.inflight >= 1, "inflight must be at least 1");
  demand(limits.framesPerTurn >= 1, "framesPerTurn must be at least 1");
  demand(limits.sweepMs >= 1, "sweepMs must be at least 1");
  for (const rate of limits.rates) {
    demand(rate.perSecond === 0 || rate.burst >= 1, "a rate's burst must be at least 1");
  }
  return limits;
}
