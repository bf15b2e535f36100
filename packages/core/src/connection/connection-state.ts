// The life of a connection as a pure state machine: rare control inputs in, actions out.
// Bytes take the hot path past it. Deadlines are absolute milliseconds on the shard's clock.
//
//   handshaking ──accepted──▶ active ──close──▶ draining ──drained, deadline, socket closed──▶ closed
//        │                      └──finish──▶ finishing ──answered, deadline──▲
//        └────── close, deadline, drained ───────────────────────────────────┘

import { type CloseReason, systemClose } from "@maru/protocol";
import { assertNever } from "../base/assert.ts";

/** The service's own close: told in a frame that was encoded where the service is. */
export interface AskedClose {
  /** The connection's own; empty in a protocol that has no word for a close. */
  readonly frame: Uint8Array;
}

/** Why a connection ends: as the engine says it, or as the service does. */
export type Ending = CloseReason | AskedClose;

export type ConnectionState =
  | { readonly phase: "handshaking"; readonly deadlineMs: number; readonly failures: number }
  | { readonly phase: "active" }
  /** Nothing more is read; what was asked before is still answered, and then it is closed. */
  | { readonly phase: "finishing"; readonly reason: Ending; readonly deadlineMs: number }
  | {
      readonly phase: "draining";
      readonly reason: Ending;
      readonly deadlineMs: number;
      /** The peer has only ended its side: its commands are still answered before ours ends. */
      readonly answering: boolean;
    }
  | { readonly phase: "closed"; readonly reason: Ending };

export type ConnectionInput =
  | { readonly kind: "accepted" }
  | { readonly kind: "greeting-failed"; readonly attempts: number; readonly deadlineMs: number }
  /** A close was asked for; the peer must be gone by the deadline. */
  | { readonly kind: "close"; readonly reason: Ending; readonly deadlineMs: number }
  /** A close that lets the answers to what was asked before it go first, up to the deadline. */
  | {
      readonly kind: "finish";
      readonly reason: Ending;
      readonly isAsking: boolean;
      readonly deadlineMs: number;
    }
  /** Everything that was asked has its answer. */
  | { readonly kind: "answered" }
  | { readonly kind: "peer-ended"; readonly deadlineMs: number }
  /** The peer has ended its side or is being closed, and nothing is left to answer or to write. */
  | { readonly kind: "drained" }
  | { readonly kind: "time"; readonly nowMs: number; readonly drainMs: number }
  | { readonly kind: "socket-closed" };

/** `farewell`: the close frame, behind what the peer was given. `report`: the service is told. */
export type ConnectionAction = "farewell" | "shutdown" | "terminate" | "report";

export interface Transition {
  readonly state: ConnectionState;
  readonly actions: readonly ConnectionAction[];
}

/** The peer went away by itself; nothing is told to it. */
export const peerClosed: CloseReason = {
  code: "peer_closed",
  reason: "The peer closed the connection.",
  reconnect: "now",
};

const stay = (state: ConnectionState): Transition => ({ state, actions: [] });

/** Total: any input in any phase has a result, and late inputs change nothing. */
export function transition(state: ConnectionState, input: ConnectionInput): Transition {
  if (state.phase === "closed") return stay(state);
  switch (input.kind) {
    case "accepted":
      return state.phase === "handshaking" ? stay({ phase: "active" }) : stay(state);
    case "greeting-failed":
      return greetingFailed(state, input.attempts, input.deadlineMs);
    case "close":
      return close(state, input.reason, input.deadlineMs);
    case "finish":
      return finish(state, input.reason, input.isAsking, input.deadlineMs);
    case "answered":
      return state.phase === "finishing"
        ? close(state, state.reason, state.deadlineMs)
        : stay(state);
    case "peer-ended":
      // Who has only begun to greet is greeted as ever; "drained" follows when that came to nothing.
      if (state.phase !== "active") return stay(state);
      return stay({
        phase: "draining",
        reason: peerClosed,
        deadlineMs: input.deadlineMs,
        answering: true,
      });
    case "drained":
      return drained(state);
    case "time":
      return timePassed(state, input.nowMs, input.drainMs);
    case "socket-closed":
      return closed(state);
    default:
      return assertNever(input);
  }
}

function close(state: ConnectionState, reason: Ending, deadlineMs: number): Transition {
  if (state.phase === "draining" && !state.answering) return stay(state);
  // The first reason to end is the one that is told.
  const told = state.phase === "finishing" ? state.reason : reason;
  return {
    state: { phase: "draining", reason: told, deadlineMs, answering: false },
    actions: ["farewell", "report"],
  };
}

function finish(
  state: ConnectionState,
  reason: Ending,
  isAsking: boolean,
  deadlineMs: number,
): Transition {
  if (state.phase === "finishing" || (state.phase === "draining" && !state.answering)) {
    return stay(state);
  }
  if (!isAsking) return close(state, reason, deadlineMs);
  return stay({ phase: "finishing", reason, deadlineMs });
}

function greetingFailed(state: ConnectionState, attempts: number, deadlineMs: number): Transition {
  if (state.phase !== "handshaking") return stay(state);
  const failures = state.failures + 1;
  if (failures < attempts) return stay({ ...state, failures });
  return close(state, systemClose("hello_attempts"), deadlineMs);
}

function drained(state: ConnectionState): Transition {
  if (state.phase !== "draining" && state.phase !== "handshaking") return stay(state);
  const reason = state.phase === "draining" ? state.reason : peerClosed;
  const { deadlineMs } = state;
  // FIN after the last byte; the peer's FIN, or the deadline, ends it. A full close instead would
  // make the kernel discard what it has accepted if the peer is still sending.
  return {
    state: { phase: "draining", reason, deadlineMs, answering: false },
    actions: ["shutdown", "report"],
  };
}

function timePassed(state: ConnectionState, nowMs: number, drainMs: number): Transition {
  if (state.phase === "handshaking" && nowMs >= state.deadlineMs) {
    return close(state, systemClose("hello_timeout"), nowMs + drainMs);
  }
  // Its answers did not come in time; the farewell has as long as any other.
  if (state.phase === "finishing" && nowMs >= state.deadlineMs) {
    return close(state, state.reason, nowMs + drainMs);
  }
  if (state.phase === "draining" && nowMs >= state.deadlineMs) {
    return { state: { phase: "closed", reason: state.reason }, actions: ["report", "terminate"] };
  }
  return stay(state);
}

function closed(state: ConnectionState): Transition {
  const reason = "reason" in state ? state.reason : peerClosed;
  return { state: { phase: "closed", reason }, actions: ["report"] };
}
