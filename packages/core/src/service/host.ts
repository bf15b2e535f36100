// Runs one service: hands it what the shards report, tick by tick, and hands on what it says.
// Owns the sessions. The service's own state is its own; sockets are the shards'.

import type { Protocol, WireMessage } from "@maru/protocol";
import type { EngineLimits } from "../base/limits.ts";
import type { DownlinkBatch } from "../link/downlink.ts";
import { askedCode, readUplink, type UplinkBatch, type UplinkSink } from "../link/uplink.ts";
import { Outbound } from "./outbound.ts";
import type { CreateService, Service, ServicePort } from "./port.ts";
import { GroupRecord, groupRecord, SessionRecord, sessionRecord } from "./session.ts";

export interface ServiceHostOptions {
  readonly protocol: Protocol;
  readonly limits: EngineLimits;
  readonly createService: CreateService<WireMessage, WireMessage>;
  /** One way per shard; a batch is the receiver's, its bytes are valid until acknowledged. */
  readonly deliver: readonly ((batch: DownlinkBatch) => void)[];
  /** Runs a callback, a due `tick`, at the end of this turn of the loop. */
  readonly defer: (callback: () => void) => void;
}

interface Arrived {
  readonly shard: number;
  readonly batch: UplinkBatch;
}

export class ServiceHost {
  readonly #options: ServiceHostOptions;
  readonly #outbound: Outbound;
  readonly #service: Service<WireMessage>;
  readonly #uplinkSink: UplinkSink = {
    opened: (shard, connection, address) => this.#opened(shard, connection, address),
    message: (shard, connection, message) => this.#message(shard, connection, message),
    closed: (shard, connection, code) => this.#closed(shard, connection, code),
  };
  /** Sessions of each shard by connection number. */
  readonly #sessions: Map<number, SessionRecord>[];
  #inbox: Arrived[] = [];
  /** There is something to handle or to send, and a tick has been put off. */
  #isDue = false;
  #lastSessionId = 0;
  #lastGroupId = 0;

  constructor(options: ServiceHostOptions) {
    this.#options = options;
    this.#sessions = options.deliver.map(() => new Map());
    const { frameBytes, downlinkBytes } = options.limits;
    this.#outbound = new Outbound({
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
    this.#outbound.acknowledge(shard, batch);
    if (this.#inbox.length > 0) this.#schedule();
  }

  /** Its connections are gone with it: their sessions are closed, and a successor starts empty. */
  shardLost(shard: number): void {
    this.#inbox = this.#inbox.filter((arrived) => arrived.shard !== shard);
    this.#outbound.resetShard(shard, false);
    const sessions = this.#sessions[shard] as Map<number, SessionRecord>;
    for (const connection of [...sessions.keys()]) this.#closed(shard, connection, "shard_lost");
    this.#schedule();
  }

  shardReplaced(shard: number): void {
    this.#outbound.resetShard(shard, true);
  }

  /** Handles what has still arrived, and lets the service finish. */
  async stop(): Promise<void> {
    this.#tick();
    await this.#service.stop?.();
  }

  /**
   * Handles what has arrived and sends what came of it; without effect when nothing is due. `defer`
   * sees to it, and a host on the shard's own thread may call it sooner.
   */
  tick(): void {
    if (this.#isDue) this.#tick();
  }

  #tick(): void {
    // What the service says from here to the flush goes out with it.
    this.#isDue = true;
    while (this.#inbox.length > 0 && !this.#outbound.isFull) {
      const { shard, batch } = this.#inbox.shift() as Arrived;
      readUplink(batch, shard, this.#uplinkSink);
      this.#outbound.answerUplink(shard, batch.bytes);
    }
    this.#service.endTick?.();
    this.#outbound.flush();
    this.#isDue = false;
    // The flush itself may have made room.
    if (this.#inbox.length > 0 && !this.#outbound.isFull) this.#schedule();
  }

  /** What the service says outside of a tick (a timer, a late commit) starts one. */
  #schedule(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#options.defer(() => this.tick());
  }

  #message(shard: number, connection: number, message: unknown): void {
    const session = (this.#sessions[shard] as Map<number, SessionRecord>).get(connection);
    if (session !== undefined) this.#service.message(session, message as WireMessage);
  }

  #opened(shard: number, connection: number, address: string): void {
    this.#lastSessionId += 1;
    const session = new SessionRecord(this.#lastSessionId, address, shard, connection);
    (this.#sessions[shard] as Map<number, SessionRecord>).set(connection, session);
    this.#service.open(session);
  }

  #closed(shard: number, connection: number, code: string): void {
    const sessions = this.#sessions[shard] as Map<number, SessionRecord>;
    const session = sessions.get(connection);
    if (session === undefined) return;
    sessions.delete(connection);
    this.#outbound.forget(session);
    this.#service.close(session, code === askedCode ? (session.askedCode ?? code) : code);
  }

  #createPort(): ServicePort<WireMessage> {
    const outbound = this.#outbound;
    const { encode } = this.#options.protocol.server;
    const shards = this.#options.deliver.length;
    return {
      accept: (session) => {
        outbound.accept(sessionRecord(session));
        this.#schedule();
      },
      reply: (session, message) => {
        outbound.send(sessionRecord(session), encode(message), 1);
        this.#schedule();
      },
      send: (session, message) => {
        outbound.send(sessionRecord(session), encode(message), 0);
        this.#schedule();
      },
      publish: (group, message) => {
        outbound.publish(groupRecord(group), encode(message));
        this.#schedule();
      },
      createGroup: () => {
        this.#lastGroupId += 1;
        return new GroupRecord(this.#lastGroupId, shards);
      },
      join: (group, session) => {
        outbound.join(groupRecord(group), sessionRecord(session));
        this.#schedule();
      },
      leave: (group, session) => {
        outbound.leave(groupRecord(group), sessionRecord(session));
        this.#schedule();
      },
      close: (session, reason) => {
        const record = sessionRecord(session);
        record.askedCode ??= reason.code;
        outbound.close(record, encode({ type: "close", ...reason } as WireMessage));
        this.#schedule();
      },
    };
  }
}
