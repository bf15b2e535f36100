// Runs one service: hands it what the shards report, tick by tick, and hands on what it says.
// Owns the sessions. The service's own state is its own; sockets are the shards'.

import type { Protocol, WireMessage } from "@maru/protocol";
import type { EngineLimits } from "../base/limits.ts";
import type { DownlinkBatch } from "../link/downlink.ts";
import { type UplinkBatch, uplinkKind } from "../link/uplink.ts";
import { Group } from "./group.ts";
import { Outbox } from "./outbound.ts";
import type { CreateService, Service, ServicePort } from "./port.ts";
import { Session } from "./session.ts";

export interface ServiceHostOptions {
  readonly protocol: Protocol;
  readonly limits: EngineLimits;
  readonly createService: CreateService<WireMessage, WireMessage>;
  /** One way per shard; a batch is the receiver's, its bytes are valid until acknowledged. */
  readonly deliver: readonly ((batch: DownlinkBatch) => void)[];
  /** Runs a callback at the end of this tick. */
  readonly defer: (callback: () => void) => void;
}

interface Arrived {
  readonly shard: number;
  readonly batch: UplinkBatch;
}

export class ServiceHost {
  readonly #options: ServiceHostOptions;
  readonly #outbox: Outbox;
  readonly #service: Service<WireMessage>;
  /** Sessions of each shard by connection number. */
  readonly #sessions: Map<number, Session>[];
  #inbox: Arrived[] = [];
  #scheduled = false;
  #lastSessionId = 0;
  #lastGroupId = 0;

  constructor(options: ServiceHostOptions) {
    this.#options = options;
    this.#sessions = options.deliver.map(() => new Map());
    const { frameBytes, downlinkBytes } = options.limits;
    this.#outbox = new Outbox({
      framing: options.protocol.framing,
      deliver: options.deliver,
      frameBytes,
      downlinkBytes,
    });
    this.#service = options.createService(this.#createPort());
  }

  /** A shard's events; they are handled at the end of this tick, together with the other shards'. */
  receive(shard: number, batch: UplinkBatch): void {
    this.#inbox.push({ shard, batch });
    this.#schedule();
  }

  acknowledge(shard: number, batch: number): void {
    this.#outbox.acknowledge(shard, batch);
    if (this.#inbox.length > 0) this.#schedule();
  }

  /** Its connections are gone with it: their sessions are closed, and a successor starts empty. */
  shardLost(shard: number): void {
    this.#inbox = this.#inbox.filter((arrived) => arrived.shard !== shard);
    this.#outbox.resetShard(shard, false);
    const sessions = this.#sessions[shard] as Map<number, Session>;
    for (const connection of [...sessions.keys()]) this.#closed(shard, connection, "shard_lost");
    this.#schedule();
  }

  shardReplaced(shard: number): void {
    this.#outbox.resetShard(shard, true);
  }

  /** Handles what has still arrived, and lets the service finish. */
  async stop(): Promise<void> {
    this.tick();
    await this.#service.stop?.();
  }

  /** Handles what has arrived and sends what came of it. Public for hosts on the shard's own thread. */
  tick(): void {
    // Whatever the service says from here to the flush goes out with it.
    this.#scheduled = true;
    while (this.#inbox.length > 0 && !this.#outbox.isFull) {
      const { shard, batch } = this.#inbox.shift() as Arrived;
      this.#handle(shard, batch);
      this.#outbox.answerUplink(shard, batch.bytes);
    }
    this.#service.endTick?.();
    this.#outbox.flush();
    this.#scheduled = false;
    // The flush itself may have made room.
    if (this.#inbox.length > 0 && !this.#outbox.isFull) this.#schedule();
  }

  /** What the service says outside of a tick (a timer, a late commit) starts one. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.defer(() => this.tick());
  }

  #handle(shard: number, batch: UplinkBatch): void {
    const sessions = this.#sessions[shard] as Map<number, Session>;
    const { kinds, connections, values } = batch;
    for (let index = 0; index < kinds.length; index += 1) {
      const connection = connections[index] as number;
      const kind = kinds[index] as number;
      if (kind === uplinkKind.message) {
        const session = sessions.get(connection);
        if (session !== undefined) this.#service.message(session, values[index] as WireMessage);
      } else if (kind === uplinkKind.opened) {
        this.#opened(shard, connection, values[index] as string);
      } else {
        this.#closed(shard, connection, values[index] as string);
      }
    }
  }

  #opened(shard: number, connection: number, address: string): void {
    this.#lastSessionId += 1;
    const session = new Session(this.#lastSessionId, address, shard, connection);
    (this.#sessions[shard] as Map<number, Session>).set(connection, session);
    this.#service.open(session);
  }

  #closed(shard: number, connection: number, code: string): void {
    const sessions = this.#sessions[shard] as Map<number, Session>;
    const session = sessions.get(connection);
    if (session === undefined) return;
    sessions.delete(connection);
    this.#outbox.forget(session);
    this.#service.close(session, code);
  }

  #createPort(): ServicePort<WireMessage> {
    const outbox = this.#outbox;
    const { encode } = this.#options.protocol.server;
    const shards = this.#options.deliver.length;
    return {
      accept: (session) => {
        outbox.accept(session);
        this.#schedule();
      },
      reply: (session, message) => {
        outbox.send(session, encode(message), 1);
        this.#schedule();
      },
      send: (session, message) => {
        outbox.send(session, encode(message), 0);
        this.#schedule();
      },
      publish: (group, message) => {
        outbox.publish(group, encode(message));
        this.#schedule();
      },
      createGroup: () => {
        this.#lastGroupId += 1;
        return new Group(this.#lastGroupId, shards);
      },
      join: (group, session) => {
        outbox.join(group, session);
        this.#schedule();
      },
      leave: (group, session) => {
        outbox.leave(group, session);
        this.#schedule();
      },
      close: (session, reason) => {
        outbox.close(session, reason);
        this.#schedule();
      },
    };
  }
}
