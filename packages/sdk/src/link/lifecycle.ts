// The client's states and how one follows from another: pure and total.
// Owns no socket and no timer; link.ts acts on the phase that is entered.
//
//   connecting ──welcomed──▶ online ──lost──▶ waiting ──retry──▶ connecting
//       └──────lost──────────────────────────▶  ┘          any ──close, never, refused──▶ closed

import type { Reconnect } from "@maru/protocol";
import { localError, type MaruError } from "../base/maru-error.ts";
import { type BackoffPolicy, backoffMs } from "./backoff.ts";

export type LinkState =
  | { readonly phase: "connecting"; readonly attempt: number }
  /** `again`: it was online before, and what the server knew of the connection then is gone. */
  | { readonly phase: "online"; readonly again: boolean; readonly sinceMs: number }
  | {
      readonly phase: "waiting";
      /** When the next attempt begins, milliseconds since 1970. */
      readonly untilMs: number;
      readonly attempt: number;
      readonly reason: MaruError;
    }
  | { readonly phase: "closed"; readonly reason: MaruError };

export interface Lifecycle {
  readonly state: LinkState;
  /** Attempts since the last welcome, and before it as many connections in a row as did not last. */
  readonly attempt: number;
  /** Connections in a row that were welcomed and did not last. */
  readonly brief: number;
  readonly everOnline: boolean;
}

export interface LifecyclePolicy {
  /** null: a lost connection is the end. */
  readonly backoff: BackoffPolicy | null;
  /** Whether a client that was never online keeps trying. */
  readonly retryFirst: boolean;
}

export type LifecycleInput =
  | { readonly type: "welcomed"; readonly nowMs: number }
  | {
      readonly type: "lost";
      readonly reason: MaruError;
      readonly reconnect: Reconnect;
      readonly afterMs?: number | undefined;
      /** Exactly so long: what is waited for passes by itself, at a first connection, too. */
      readonly retryMs?: number | undefined;
      readonly nowMs: number;
      /** Uniform in [0, 1). */
      readonly draw: number;
    }
  | { readonly type: "retry" }
  | { readonly type: "close"; readonly reason?: MaruError };

/** A connection that lasted this long was a success; of briefer ones in a row, each costs more. */
const stableMs = 10_000;

export const firstLifecycle: Lifecycle = {
  state: { phase: "connecting", attempt: 0 },
  attempt: 0,
  brief: 0,
  everOnline: false,
};

export function transition(
  current: Lifecycle,
  input: LifecycleInput,
  policy: LifecyclePolicy,
): Lifecycle {
  const { state, attempt } = current;
  if (state.phase === "closed") return current;
  switch (input.type) {
    case "welcomed": {
      const { everOnline: again } = current;
      const online: LinkState = { phase: "online", again, sinceMs: input.nowMs };
      return { ...current, state: online, attempt: current.brief, everOnline: true };
    }
    case "retry":
      return { ...current, state: { phase: "connecting", attempt } };
    case "close":
      return closed(current, input.reason ?? localError("closed"));
    case "lost":
      return lost(current, input, policy);
    default:
      return assertNever(input);
  }
}

function lost(
  current: Lifecycle,
  input: LifecycleInput & { type: "lost" },
  policy: LifecyclePolicy,
): Lifecycle {
  const { state, everOnline } = current;
  const { reason, reconnect, nowMs, draw, afterMs, retryMs } = input;
  if (retryMs !== undefined && policy.backoff !== null) {
    const { attempt } = current;
    return { ...current, state: { phase: "waiting", untilMs: nowMs + retryMs, attempt, reason } };
  }
  const goesOn = policy.backoff !== null && (everOnline || policy.retryFirst);
  if (reconnect === "never" || policy.backoff === null || !goesOn) return closed(current, reason);
  const stable = state.phase === "online" && nowMs - state.sinceMs >= stableMs;
  const attempt = stable ? 1 : current.attempt + 1;
  const brief = stable ? 0 : current.brief + (state.phase === "online" ? 1 : 0);
  const untilMs = nowMs + backoffMs(policy.backoff, attempt, draw, { reconnect, afterMs });
  return { ...current, attempt, brief, state: { phase: "waiting", untilMs, attempt, reason } };
}

function closed(current: Lifecycle, reason: MaruError): Lifecycle {
  return { ...current, state: { phase: "closed", reason } };
}

function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
