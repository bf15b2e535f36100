// Carries out what the service asks, on this shard's connections and groups. Fan-out is here.
// Enqueues views of shared memory; the writer is flushed before the batch counts as done.

import type { Counters } from "../base/counters.ts";
import type { Connection } from "../connection/connection.ts";
import type { DownlinkSink, Exception } from "../link/downlink.ts";
import type { ConnectionTable } from "./connection-table.ts";
import type { Membership } from "./membership.ts";
import type { Writer } from "./writer.ts";

export interface FanOutEvents {
  accepted(connection: Connection): void;
  /** The service ends it; `frame` is a view of shared memory. */
  close(connection: Connection, frame: Uint8Array): void;
}

export class FanOut implements DownlinkSink {
  readonly #connections: ConnectionTable;
  readonly #groups: Membership;
  readonly #writer: Writer;
  readonly #counters: Counters;
  readonly #events: FanOutEvents;
  /** Connections of which commands have been answered since `takeAnswered`; one may stand here twice. */
  #answered: Connection[] = [];

  constructor(
    connections: ConnectionTable,
    groups: Membership,
    writer: Writer,
    counters: Counters,
    events: FanOutEvents,
  ) {
    this.#connections = connections;
    this.#groups = groups;
    this.#writer = writer;
    this.#counters = counters;
    this.#events = events;
  }

  publish(group: number, messages: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const members = this.#groups.members(group);
    for (let index = 0; index < members.length; index += 1) {
      this.#writer.enqueue(members[index] as Connection, bytes);
    }
    this.#counters.add("deliveries", members.length * messages);
  }

  publishExcept(
    group: number,
    messages: number,
    bytes: Uint8Array,
    exceptions: readonly Exception[],
  ): void {
    const exceptionsOf = Map.groupBy(exceptions, ({ connection }) => connection);
    let deliveries = 0;
    for (const member of this.#groups.members(group)) {
      const own = exceptionsOf.get(member.id);
      if (own === undefined) this.#writer.enqueue(member, bytes);
      else this.#enqueueAround(member, bytes, own);
      deliveries += messages - (own?.length ?? 0);
    }
    this.#counters.add("deliveries", deliveries);
  }

  send(id: number, answers: number, bytes: Uint8Array): void {
    const connection = this.#reached(id);
    if (connection === null) return;
    if (bytes.length > 0) this.#writer.enqueue(connection, bytes);
    if (answers === 0) return;
    // A service that answers what needs no answer, or answers twice, gives no right to more.
    connection.inflight = Math.max(0, connection.inflight - answers);
    this.#answered.push(connection);
  }

  join(id: number, group: number): void {
    const connection = this.#reached(id);
    if (connection !== null) this.#groups.join(group, connection);
  }

  leave(id: number, group: number): void {
    const connection = this.#reached(id);
    if (connection !== null) this.#groups.leave(group, connection);
  }

  accept(id: number): void {
    const connection = this.#reached(id);
    if (connection !== null) this.#events.accepted(connection);
  }

  close(id: number, frame: Uint8Array): void {
    const connection = this.#reached(id);
    if (connection !== null) this.#events.close(connection, frame);
  }

  /** Empty once taken. What follows from an answer waits for the end of its batch. */
  takeAnswered(): readonly Connection[] {
    const answered = this.#answered;
    if (answered.length > 0) this.#answered = [];
    return answered;
  }

  /** What stands between the exceptions, which are in the order of the bytes. */
  #enqueueAround(member: Connection, bytes: Uint8Array, exceptions: readonly Exception[]): void {
    let at = 0;
    for (const { from, to } of exceptions) {
      if (from > at) this.#writer.enqueue(member, bytes.subarray(at, from));
      at = to;
    }
    if (at < bytes.length) this.#writer.enqueue(member, bytes.subarray(at));
  }

  /** The connection, unless it is gone or takes nothing of the service's any more. */
  #reached(id: number): Connection | null {
    const connection = this.#connections.get(id);
    return connection?.takesOutput === true ? connection : null;
  }
}
