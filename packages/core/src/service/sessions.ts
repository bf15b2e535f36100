// Hands what a shard reports to the service, as sessions. Owns the table of sessions by shard and
// connection; reads uplink batches, says nothing to a shard.

import type { WireMessage } from "@maru/protocol";
import { askedCode, type UplinkSink } from "../link/uplink.ts";
import type { Outbound } from "./outbound.ts";
import type { Service } from "./port.ts";
import { SessionRecord } from "./session.ts";

export class Sessions implements UplinkSink {
  readonly #service: Service<WireMessage>;
  readonly #outbound: Outbound;
  /** Of each shard, by connection number. */
  readonly #ofShard: readonly Map<number, SessionRecord>[];
  #lastId = 0;

  constructor(shards: number, service: Service<WireMessage>, outbound: Outbound) {
    this.#service = service;
    this.#outbound = outbound;
    this.#ofShard = Array.from({ length: shards }, () => new Map());
  }

  opened(shard: number, connection: number, address: string): void {
    this.#lastId += 1;
    const session = new SessionRecord(this.#lastId, address, shard, connection);
    (this.#ofShard[shard] as Map<number, SessionRecord>).set(connection, session);
    this.#service.open(session);
  }

  message(shard: number, connection: number, message: unknown): void {
    const session = (this.#ofShard[shard] as Map<number, SessionRecord>).get(connection);
    if (session !== undefined) this.#service.message(session, message as WireMessage);
  }

  closed(shard: number, connection: number, code: string): void {
    const sessions = this.#ofShard[shard] as Map<number, SessionRecord>;
    const session = sessions.get(connection);
    if (session === undefined) return;
    sessions.delete(connection);
    this.#outbound.forget(session);
    this.#service.close(session, code === askedCode ? (session.askedCode ?? code) : code);
  }

  /** The shard is gone, and all its sessions with it. */
  lost(shard: number, code: string): void {
    const sessions = this.#ofShard[shard] as Map<number, SessionRecord>;
    for (const connection of [...sessions.keys()]) this.closed(shard, connection, code);
  }
}
