// Runs one service: hands it what the shards report, tick by tick and as sessions, and hands on what
// it says. The service's own state is its own; sockets are the shards'.

import {
  type Codec,
  type EncodedPayload,
  type Protocol,
  startTimer,
  type WireMessage,
} from "@maru/protocol";
import type { Framings } from "../base/framings.ts";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import type { DownlinkBatch } from "../link/downlink.ts";
import {
  askedCode,
  type OpenedPeer,
  readUplink,
  type UplinkBatch,
  type UplinkSink,
} from "../link/uplink.ts";
import { guardedService } from "./guarded-service.ts";
import { Outbound } from "./outbound.ts";
import type { CreateService, Service, ServicePort, WhenServiceThrows } from "./port.ts";
import { type Group, GroupRecord, groupRecord, SessionRecord, sessionRecord } from "./session.ts";

export interface ServiceHostOptions {
  readonly protocol: Protocol;
  /** What the shards speak; the protocol's own framing alone, unless they are given. */
  readonly framings?: Framings;
  readonly limits: EngineLimits;
  readonly log: Log;
  readonly createService: CreateService<WireMessage, WireMessage>;
  /** One way per shard; a batch is the receiver's, its bytes are valid until acknowledged. */
  readonly deliver: readonly ((batch: DownlinkBatch) => void)[];
  /** Runs a callback, a due `tick`, at the end of this turn of the loop. */
  readonly defer: (callback: () => void) => void;
  /** "end", unless given: what the service throws the tick throws, and then `fail` is to be called. */
  readonly whenServiceThrows?: WhenServiceThrows;
}

interface Arrived {
  readonly shard: number;
  readonly batch: UplinkBatch;
}

export class ServiceHost {
  readonly #options: ServiceHostOptions;
  readonly #outbound: Outbound;
  readonly #service: Service<WireMessage>;
  readonly #sessions: Sessions;
  #inbox: Arrived[] = [];
  #hasFailed = false;
  /** Due: there is something to handle or to send, and a tick has been put off or is running. */
  readonly #next: TickWish = { isDue: false, wish: () => this.#schedule() };

  constructor(options: ServiceHostOptions) {
    this.#options = options;
    const { framing, server: codec } = options.protocol;
    const { framings = [framing] } = options;
    const { frameBytes, downlinkBytes } = options.limits;
    const { deliver } = options;
    const outbound = new Outbound({ framings, deliver, frameBytes, downlinkBytes });
    this.#outbound = outbound;
    const shards = deliver.length;
    const { limits, log } = options;
    const port = createPort({
      outbound,
      codec,
      createGroup: (id) => new GroupRecord(id, shards, framings.length),
      tick: this.#next,
      limits,
      log,
    });
    const service = options.createService(port);
    const isGuarded = options.whenServiceThrows === "close-session";
    this.#service = isGuarded ? guardedService(service, port, log) : service;
    this.#sessions = new Sessions(shards, this.#service, outbound);
  }

  /** A shard's events; they are handled at the end of this tick, together with the other shards'. */
  receive(shard: number, batch: UplinkBatch): void {
    if (this.#hasFailed) return;
    this.#inbox.push({ shard, batch });
    this.#schedule();
  }

  /** The service's state is in doubt: it is given nothing any more, and nothing it says goes out. */
  fail(): void {
    this.#hasFailed = true;
    this.#inbox = [];
  }

  acknowledge(shard: number, batch: number): void {
    this.#outbound.acknowledge(shard, batch);
    if (this.#inbox.length > 0) this.#schedule();
  }

  /** Its connections are gone with it: their sessions are closed, and a successor starts empty. */
  shardLost(shard: number): void {
    if (this.#hasFailed) return;
    this.#inbox = this.#inbox.filter((arrived) => arrived.shard !== shard);
    this.#outbound.resetShard(shard, false);
    this.#sessions.lost(shard, "shard_lost");
    this.#schedule();
  }

  shardReplaced(shard: number): void {
    this.#outbound.resetShard(shard, true);
  }

  /**
   * Lets the service finish what it has begun, while its sessions are there; what it said goes out.
   * False: it had not finished `deadlineMs` from now. Rejects with what it throws.
   */
  async stopping(deadlineMs: number): Promise<boolean> {
    // Not inside of the handler that may have asked for the stop.
    await Promise.resolve();
    if (this.#hasFailed) return true;
    const late = Promise.withResolvers<boolean>();
    const cancel = startTimer(deadlineMs, () => late.resolve(false));
    try {
      const finished = (async () => this.#service.stopping?.(deadlineMs))().then(() => true);
      return await Promise.race([finished, late.promise]);
    } finally {
      cancel();
      this.tick();
    }
  }

  /** Handles what has still arrived, and lets the service end. */
  async stop(): Promise<void> {
    if (this.#hasFailed) return;
    this.#tick();
    await this.#service.stop?.();
  }

  /**
   * Handles what has arrived and sends what came of it; without effect when nothing is due. `defer`
   * sees to it, and a host on the shard's own thread may call it sooner.
   */
  tick(): void {
    if (this.#next.isDue && !this.#hasFailed) this.#tick();
  }

  #tick(): void {
    // What the service says from here to the flush goes out with it.
    this.#next.isDue = true;
    while (this.#inbox.length > 0 && !this.#outbound.isFull) {
      const { shard, batch } = this.#inbox.shift() as Arrived;
      readUplink(batch, shard, this.#sessions);
      this.#outbound.answerUplink(shard, batch.bytes);
    }
    this.#service.endTick?.();
    this.#outbound.flush();
    this.#next.isDue = false;
    // The flush itself may have made room.
    if (this.#inbox.length > 0 && !this.#outbound.isFull) this.#schedule();
  }

  /** What the service says outside of a tick (a timer, a late commit) starts one. */
  #schedule(): void {
    if (this.#next.isDue) return;
    this.#next.isDue = true;
    this.#options.defer(() => this.tick());
  }
}

/** What the shards report, as sessions: owns the table of them by shard and connection. */
class Sessions implements UplinkSink {
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

  opened(shard: number, connection: number, { address, framing }: OpenedPeer): void {
    this.#lastId += 1;
    const session = new SessionRecord(this.#lastId, address, shard, connection, framing);
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

/** When a service says something outside of a tick, one is put off; inside, it goes out with that. */
interface TickWish {
  isDue: boolean;
  wish(): void;
}

/** The way from a service to its shards. */
function createPort(options: {
  readonly outbound: Outbound;
  readonly codec: Codec<WireMessage>;
  readonly createGroup: (id: number) => Group;
  readonly tick: TickWish;
  readonly limits: EngineLimits;
  readonly log: Log;
}): ServicePort<WireMessage> {
  const { outbound, codec, createGroup, tick, limits, log } = options;
  let lastGroupId = 0;
  const encode = (message: WireMessage): EncodedPayload => {
    const payload = codec.encode(message);
    // Raw bytes are no frames, and a text of a third as many units has no more bytes.
    if (codec.isText && payload.length * 3 > limits.frameBytes) checkSize(message.type, payload);
    return payload;
  };
  const checkSize = (type: string, payload: EncodedPayload): void => {
    const bytes = Buffer.byteLength(payload);
    if (bytes <= limits.frameBytes) return;
    throw new RangeError(
      `a "${type}" of ${bytes} bytes is larger than a frame may be: ${limits.frameBytes} (limits.frameBytes)`,
    );
  };
  return {
    limits,
    log,
    accept(session) {
      outbound.accept(sessionRecord(session));
      if (!tick.isDue) tick.wish();
    },
    reply(session, message) {
      outbound.send(sessionRecord(session), encode(message), 1);
      if (!tick.isDue) tick.wish();
    },
    send(session, message) {
      outbound.send(sessionRecord(session), encode(message), 0);
      if (!tick.isDue) tick.wish();
    },
    publish(group, message, options) {
      const except = options?.except === undefined ? null : sessionRecord(options.except);
      outbound.publish(groupRecord(group), encode(message), except);
      if (!tick.isDue) tick.wish();
    },
    createGroup() {
      lastGroupId += 1;
      return createGroup(lastGroupId);
    },
    join(group, session) {
      outbound.join(groupRecord(group), sessionRecord(session));
      if (!tick.isDue) tick.wish();
    },
    leave(group, session) {
      outbound.leave(groupRecord(group), sessionRecord(session));
      if (!tick.isDue) tick.wish();
    },
    close(session, reason) {
      const record = sessionRecord(session);
      record.askedCode ??= reason.code;
      outbound.close(record, codec.encode({ type: "close", ...reason } as WireMessage));
      if (!tick.isDue) tick.wish();
    },
  };
}
