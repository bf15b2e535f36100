// Reads a batch of ops and carries them out on this shard's connections and groups. Fan-out is here.
// Enqueues views of shared memory; the writer is flushed before the batch counts as done.

import type { CloseReason } from "@maru/protocol";
import type { Counters } from "../base/counters.ts";
import type { Connection } from "../connection/connection.ts";
import { type DownlinkBatch, op, opInts } from "../link/downlink.ts";
import type { ConnectionTable } from "./connection-table.ts";
import type { GroupTable } from "./membership.ts";
import type { TickWriter } from "./writer.ts";

export interface DownlinkEvents {
  /** `count` commands of this connection have been answered. */
  answered(connection: Connection, count: number): void;
  accepted(connection: Connection): void;
  close(connection: Connection, reason: CloseReason): void;
}

const textDecoder = new TextDecoder();

export class Downlink {
  readonly #connections: ConnectionTable;
  readonly #groups: GroupTable;
  readonly #writer: TickWriter;
  readonly #counters: Counters;
  readonly #events: DownlinkEvents;
  readonly #chunks = new Map<number, Uint8Array>();

  constructor(
    connections: ConnectionTable,
    groups: GroupTable,
    writer: TickWriter,
    counters: Counters,
    events: DownlinkEvents,
  ) {
    this.#connections = connections;
    this.#groups = groups;
    this.#writer = writer;
    this.#counters = counters;
    this.#events = events;
  }

  /** Returns the bytes that the batch's ops point to. */
  apply(batch: DownlinkBatch): number {
    for (const { id, memory } of batch.chunks) this.#chunks.set(id, new Uint8Array(memory));
    const { ops } = batch;
    let chunk: Uint8Array | undefined;
    let read = 0;
    for (let at = 0; at < ops.length; at += opInts) {
      const code = ops[at] as number;
      const first = ops[at + 1] as number;
      if (code === op.chunk) {
        chunk = this.#chunks.get(first);
        continue;
      }
      const offset = ops[at + 3] as number;
      const length = ops[at + 4] as number;
      read += length;
      const bytes = length > 0 ? chunk?.subarray(offset, offset + length) : undefined;
      const second = ops[at + 2] as number;
      if (code === op.publish) this.#publish(first, second, bytes);
      else this.#applyTo(code, first, second, bytes);
    }
    return read;
  }

  #publish(group: number, messages: number, bytes: Uint8Array | undefined): void {
    if (bytes === undefined) return;
    const members = this.#groups.members(group);
    for (let index = 0; index < members.length; index += 1) {
      this.#writer.enqueue(members[index] as Connection, bytes);
    }
    this.#counters.add("deliveries", members.length * messages);
  }

  #applyTo(code: number, id: number, second: number, bytes: Uint8Array | undefined): void {
    const connection = this.#connections.get(id);
    if (connection === undefined || !connection.takesOutput) return;
    switch (code) {
      case op.send:
        if (bytes !== undefined) this.#writer.enqueue(connection, bytes);
        return this.#events.answered(connection, second);
      case op.join:
        return this.#groups.join(second, connection);
      case op.leave:
        return this.#groups.leave(second, connection);
      case op.accept:
        return this.#events.accepted(connection);
      case op.close:
        return this.#events.close(connection, JSON.parse(textDecoder.decode(bytes?.slice())));
      default:
        throw new Error(`unknown op ${code}`);
    }
  }
}
