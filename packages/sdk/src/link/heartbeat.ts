// When to ping and when to give a connection up. Pure: fed with times, answers with what to do.
// The owner of the socket notes each send and each receipt and asks again when told to.

/** How much longer than one heartbeat silence may last before a connection counts as dead. */
export const silenceGraceMs = 10_000;

export interface Pulse {
  readonly heartbeatMs: number;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  /** When the first ping after the last receipt went out; 0, or an earlier time: none did. */
  readonly pingedAtMs: number;
  /** True while we ourselves do not read: silence then says nothing about the peer. */
  readonly deaf: boolean;
}

export type Beat = { readonly action: "ping" | "dead" | "none"; readonly checkInMs: number };

/**
 * Pings when nothing was sent, or nothing heard, for half a heartbeat. Dead is only who was asked
 * and had time to answer: a laptop that wakes up pings first.
 */
export function beat(pulse: Pulse, nowMs: number): Beat {
  const halfMs = Math.max(1, pulse.heartbeatMs / 2);
  const asked = pulse.pingedAtMs > pulse.receivedAtMs;
  const deadAtMs = Math.max(
    pulse.receivedAtMs + pulse.heartbeatMs + silenceGraceMs,
    pulse.pingedAtMs + silenceGraceMs,
  );
  if (asked && !pulse.deaf && nowMs >= deadAtMs) return { action: "dead", checkInMs: 0 };
  const sendDueMs = pulse.sentAtMs + halfMs;
  const askDueMs = asked || pulse.deaf ? Number.POSITIVE_INFINITY : pulse.receivedAtMs + halfMs;
  const dueMs = Math.min(sendDueMs, askDueMs);
  if (nowMs >= dueMs) return { action: "ping", checkInMs: Math.min(halfMs, silenceGraceMs) };
  const nextMs = asked && !pulse.deaf ? Math.min(dueMs, deadAtMs) : dueMs;
  return { action: "none", checkInMs: Math.max(1, Math.ceil(nextMs - nowMs)) };
}
