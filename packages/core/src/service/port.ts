// The service port: all that a service sees of the engine, and all that the engine asks of it.
// A service is single-threaded and synchronous; core runs the sockets, here or on other threads.

import type { CloseReason, WireMessage } from "@maru/protocol";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import type { Group, Session } from "./session.ts";

/**
 * What a service may do. Nothing here blocks; a message that is larger than a frame may be throws a
 * RangeError and goes to no peer. Everything done in one tick reaches the shards as one batch. What was sent to a session before something was published to its groups
 * arrives before it. A join or a leave takes effect exactly between the publications made before
 * and after it.
 */
export interface ServicePort<S extends WireMessage> {
  /** The engine's bounds, as they hold for this service. */
  readonly limits: EngineLimits;
  readonly log: Log;
  /** The session's greeting succeeded: full frames, and no deadline, from now on. */
  accept(session: Session): void;
  /** Answers one command of the session, and gives it the right to one more. */
  reply(session: Session, message: S): void;
  /** Pushes a message to one session. */
  send(session: Session, message: S): void;
  /**
   * Pushes a message to every member of the group, or to all but `except`; it is encoded once. It makes
   * no difference to except one that is no member.
   */
  publish(group: Group, message: S, options?: { readonly except?: Session }): void;
  createGroup(): Group;
  join(group: Group, session: Session): void;
  leave(group: Group, session: Session): void;
  /** Ends the session after all that it was sent; `Service.close` follows. */
  close(session: Session, reason: CloseReason): void;
}

export interface Service<C extends WireMessage> {
  /** A session has sent its first message; that message follows. */
  open(session: Session): void;
  /**
   * Every command must be answered with `reply` once, now or later, or with `close`: of unanswered ones
   * a session has at most `limits.inflight`, and what is behind them stays unread. A notice gets no
   * answer and counts as none.
   */
  message(session: Session, message: C): void;
  /** The session is gone, for whatever reason; nothing reaches it any more. */
  close(session: Session, code: string): void;
  /** All messages of this tick have been handled; what is done now still goes out with them. */
  endTick?(): void;
  /**
   * The server is stopping: it accepts no connections any more, and closes those that are there when
   * this has resolved, or in `deadlineMs` milliseconds. Until then everything goes on as ever, so that
   * what was begun can be finished and answered: sessions may ask, and what a service wants to take on
   * no more it refuses itself. What it throws rejects `Server.stop`, which goes on nevertheless.
   */
  stopping?(deadlineMs: number): void | Promise<void>;
  /** Every session has been closed, and nothing follows. */
  stop?(): void | Promise<void>;
}

/**
 * What follows when a handler of the service throws.
 *
 * `end`: its state is in doubt, so nothing more is given to it, `stop` included; every session is closed
 * with `internal_error`, no connection is accepted any more, and `onBug` is told. In a shard with a
 * service of its own, that shard ends and another takes its place.
 *
 * `close-session`: the session that the handler was about is closed with `internal_error`, the log is told
 * (`service.threw`), and all others go on. For services in which no handler leaves state that sessions
 * share half changed.
 */
export type WhenServiceThrows = "end" | "close-session";

/** Makes the service for one port. Called once, or once in each shard with `placement: "shard"`. */
export type CreateService<C extends WireMessage, S extends WireMessage> = (
  port: ServicePort<S>,
) => Service<C>;
