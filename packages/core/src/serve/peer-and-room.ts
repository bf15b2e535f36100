// What a service's handlers see: a peer, which is a session with what the greeting made of it, and a
// room, which is peers that are told the same. Types alone.

import type { CloseReason, DefinitionOf, EventFields, EventName } from "@maru/protocol";

/**
 * Who is on a connection. A handle: it may be kept after the end, and what it is then sent is dropped.
 * `P` is the type of its protocol, `Data` what `greet` gave.
 */
export interface Peer<P, Data> {
  /** Unique within this service for as long as the process lives. */
  readonly id: number;
  /** Where it connects from. */
  readonly address: string;
  /** The same as far as one peer may choose it: of an IPv6 address the /64. */
  readonly network: string;
  /** What `greet` gave as `data`; there from the moment at which the greeting has succeeded. */
  readonly data: Data;
  /** False when its connection is known to be gone. */
  readonly isOpen: boolean;
  /** Aborted when its connection is gone: for what a handler has begun for it. */
  readonly signal: AbortSignal;
  /** The rooms that it is in; while `closed` runs, those that it was in. */
  readonly rooms: ReadonlySet<Room<P, Data>>;
  /** Tells it alone. Throws a RangeError where the event is larger than a frame may be. */
  send<K extends EventName<DefinitionOf<P>>>(
    type: K,
    fields: EventFields<DefinitionOf<P>, K>,
  ): void;
  /** Ends its connection behind all that it was told; `closed` follows. */
  close(reason: CloseReason): void;
}

/** A room exists while it has members; one without can be asked for, joined and published to. */
export interface Room<P, Data> {
  readonly name: string;
  readonly size: number;
  /** In the order in which they came. */
  readonly members: Iterable<Peer<P, Data>>;
  has(peer: Peer<P, Data>): boolean;
  /** From here on the peer gets what is published, after all that it was told before. */
  join(peer: Peer<P, Data>): void;
  /** What was published before still reaches it, what follows does not. */
  leave(peer: Peer<P, Data>): void;
  /**
   * Tells all members, or all but `except`; encoded once for all of them. Throws a RangeError where the
   * event is larger than a frame may be.
   */
  publish<K extends EventName<DefinitionOf<P>>>(
    type: K,
    fields: EventFields<DefinitionOf<P>, K>,
    options?: { readonly except?: Peer<P, Data> },
  ): void;
}
