// One life of the server, from its start to its crash: the real service, host and shards, over
// simulated sockets, links, log and time. What outlives it is the disk.

import { ChatService, type CreateRoomLog, type LogTag } from "@maru/chat";
import type { CreateService } from "@maru/core";
import { type Connection, ServiceHost, type Shard } from "@maru/core/simulation";
import type { Protocol, WireMessage } from "@maru/protocol";
import { chatProtocol } from "@maru/protocol/chat";
import { SimulatedLog } from "../log/simulated-log.ts";
import type { Wire } from "../network/wire.ts";
import type { World } from "../world.ts";
import { Lane } from "./lane.ts";
import { LocalPlace, type ShardPlace } from "./local-place.ts";
import { engineLimits, hubConfig } from "./server-config.ts";
import { createShardParts } from "./shard-parts.ts";

export interface ServerEvents {
  /** Asked at each commit: whether the process dies right before or right behind it. */
  diesAtCommit(): "before" | "behind" | null;
  /** The process ended of itself, where a commit stood. */
  died(): void;
}

/** The wall clock at the beginning of a run. */
const startMs = 1_700_000_000_000;

export class SimulatedServer {
  readonly #world: World;
  readonly #events: ServerEvents;
  readonly #places: ShardPlace[];
  #service: ChatService | null = null;
  #isAlive = true;

  constructor(world: World, events: ServerEvents) {
    this.#world = world;
    this.#events = events;
    const limits = engineLimits(world.plan);
    const parts = createShardParts(world, limits, this.#after);
    const indexes = Array.from({ length: Math.max(1, world.plan.shards) }, (_, index) => index);
    const host: ServiceHost = new ServiceHost({
      protocol: chatProtocol as unknown as Protocol,
      limits,
      log: () => {},
      createService: this.#createService as unknown as CreateService<WireMessage, WireMessage>,
      deliver: indexes.map((index) => (batch) => this.#places[index]?.post(batch)),
      defer: (callback) => this.#after(0, callback),
    });
    this.#places =
      world.plan.shards === 0
        ? [new LocalPlace(parts, () => host)]
        : indexes.map((index) => new Lane(index, parts, () => host));
  }

  /** What the hub and the shards hold. */
  get counts(): Record<string, number> {
    const counts = (this.#service as ChatService).counts;
    const sockets = this.#places.reduce((sum, { shard }) => sum + (shard?.connectionCount ?? 0), 0);
    const wires = this.#places.reduce((sum, place) => sum + place.wires.size, 0);
    return { ...counts, sockets, wires };
  }

  get wires(): Wire[] {
    return this.#places.flatMap((place) => [...place.wires]);
  }

  /** Gives the connection to one of the shards that listen; false when none does. */
  accept(wire: Wire): boolean {
    const listening = this.#places.filter(({ shard }) => shard !== null);
    if (!this.#isAlive || listening.length === 0) return false;
    const place = this.#world.random.pick(listening);
    const shard = place.shard as Shard;
    place.wires.add(wire);
    const socket = wire.createServerSocket("192.0.2.1");
    let connection: Connection | null = null;
    const of = () => connection as Connection;
    wire.accepted({
      received: (bytes) => shard.received(of(), bytes),
      ended: () => shard.peerEnded(of()),
      drained: () => shard.drained(of()),
      closed: () => {
        place.wires.delete(wire);
        if (connection !== null) shard.closed(connection);
      },
    });
    connection = shard.opened(socket);
    return true;
  }

  /** Ends one shard's thread; false where there is none to end. */
  crashShard(): boolean {
    const running = this.#places.filter((place) => place instanceof Lane && place.shard !== null);
    if (running.length === 0) return false;
    this.#world.random.pick(running).crash();
    return true;
  }

  /** Ends the process. Its kernel resets the connections; without power none is reset. */
  crash(hasPower: boolean): void {
    this.#isAlive = false;
    for (const wire of this.wires) {
      wire.forgetServer();
      if (hasPower) wire.reset();
      else wire.vanish();
    }
    for (const { wires } of this.#places) wires.clear();
  }

  readonly #after = (ms: number, run: () => void): void => {
    this.#world.clock.after(ms, () => {
      if (this.#isAlive) run();
    });
  };

  readonly #createService: CreateService<never, never> = (port) => {
    const { plan, random, clock } = this.#world;
    this.#service = new ChatService(port as ConstructorParameters<typeof ChatService>[0], {
      config: hubConfig(plan, random.fork()),
      log: this.#createLog,
      now: () => startMs + clock.nowMs() + this.#world.wallMs,
      after: (ms, run) => this.#afterUnless(ms, run),
    });
    return this.#service as unknown as ReturnType<CreateService<never, never>>;
  };

  readonly #createLog: CreateRoomLog<LogTag> = (deliver) =>
    new SimulatedLog(
      {
        ...this.#world,
        random: this.#world.random.fork(),
        after: this.#after,
        diesAtCommit: () => this.#events.diesAtCommit(),
        die: () => {
          this.crash(true);
          this.#events.died();
        },
      },
      deliver,
    );

  #afterUnless(ms: number, run: () => void): () => void {
    let isOff = false;
    this.#after(ms, () => {
      if (!isOff) run();
    });
    return () => {
      isOff = true;
    };
  }
}
