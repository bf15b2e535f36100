// What goes wrong during a run, and for how long: one entry a kind of fault. Owns the server's lives,
// since most faults end one; heals everything when it is told to.

import type { RunHistory } from "./client/run-history.ts";
import type { SimulatedClient } from "./client/simulated-client.ts";
import type { Network } from "./network/network.ts";
import type { Wire } from "./network/wire.ts";
import { SimulatedServer } from "./server/simulated-server.ts";
import { type FaultKind, faultKinds } from "./statistics.ts";
import type { World } from "./world.ts";

const hourMs = 3_600_000;
const downMs = { from: 100, to: 4_000 };
const faultMs = { from: 200, to: 6_000 };
/** What is not synced at once is, every so often. */
const syncMs = { from: 100, to: 2_000 };

export class FaultInjector {
  readonly #world: World;
  readonly #network: Network;
  readonly #clients: readonly SimulatedClient[];
  readonly #history: RunHistory;
  #deathAtCommit: "before" | "behind" | null = null;
  #isHealed = false;

  constructor(
    world: World,
    network: Network,
    clients: readonly SimulatedClient[],
    history: RunHistory,
  ) {
    this.#world = world;
    this.#network = network;
    this.#clients = clients;
    this.#history = history;
  }

  begin(): void {
    this.#startServer();
    this.#syncLater();
    this.#strikeLater();
  }

  /** From now on nothing goes wrong, and what was wrong is not. */
  heal(): void {
    this.#isHealed = true;
    this.#network.isRefusing = false;
    this.#world.disk.isFailing = false;
    this.#deathAtCommit = null;
    for (const client of this.#clients) client.readOn();
    if (this.#network.server === null) this.#startServer();
  }

  /** Each does its harm, or says that there was nothing to harm. */
  readonly #faults: { readonly [K in FaultKind]: () => boolean } = {
    reset: () => this.#onWire((wire) => wire.reset()),
    delay: () => this.#onWire((wire) => this.#eitherPipe(wire).delay(this.#between(faultMs))),
    drop: () => this.#onWire((wire) => this.#eitherPipe(wire).breakDown()),
    "half-open": () =>
      this.#onWire((wire) => {
        wire.vanish();
        // One side finds out at once, as when a laptop changes its network; the other in its time.
        wire.resetClient();
      }),
    vanish: () => this.#onWire((wire) => wire.vanish()),
    refuse: () => {
      this.#network.isRefusing = true;
      return this.#for(() => {
        this.#network.isRefusing = false;
      });
    },
    "stop-reading": () => {
      const client = this.#world.random.pick(this.#clients);
      client.stopReading();
      return this.#for(() => client.readOn());
    },
    "server-crash": () => this.#crash(true),
    "power-loss": () => this.#crash(false),
    "crash-at-commit": () => {
      this.#deathAtCommit = this.#world.random.pick(["before", "behind"] as const);
      // It counts when it strikes.
      return false;
    },
    "shard-crash": () => this.#network.server?.crashShard() ?? false,
    "disk-failure": () => {
      this.#world.disk.isFailing = true;
      return this.#for(() => {
        this.#world.disk.isFailing = false;
      });
    },
    "clock-jump": () => {
      this.#world.wallMs = this.#world.random.pick([-hourMs, 0, hourMs]);
      return true;
    },
    retention: () => this.#trim(),
    "client-restart": () => {
      const { random } = this.#world;
      random.pick(this.#clients).restart(random.chance(0.5));
      return true;
    },
  };

  #strikeLater(): void {
    const { clock, random, plan, statistics, trace } = this.#world;
    clock.after(random.below(plan.faultEveryMs * 2), () => {
      if (this.#isHealed) return;
      const kind = random.pick(faultKinds);
      trace.note(`fault: ${kind}`);
      if (this.#faults[kind]()) statistics.faults[kind] += 1;
      this.#strikeLater();
    });
  }

  #startServer(): void {
    this.#world.trace.note("the server starts");
    this.#network.server = new SimulatedServer(this.#world, {
      diesAtCommit: () => {
        const death = this.#deathAtCommit;
        this.#deathAtCommit = null;
        return death;
      },
      died: () => {
        this.#world.disk.crash();
        this.#world.statistics.faults["crash-at-commit"] += 1;
        this.#down();
      },
    });
  }

  #crash(hasPower: boolean): boolean {
    const { server } = this.#network;
    if (server === null) return false;
    const { disk, plan, statistics } = this.#world;
    const wires = server.wires;
    server.crash(hasPower);
    if (hasPower) disk.crash();
    else {
      statistics.lostUnsynced += disk.losePower(plan.durability === "os");
      // Who speaks to the machine when it is up again is told that the connection is unknown.
      for (const wire of wires) {
        if (this.#world.random.chance(0.7)) {
          this.#world.clock.after(this.#between(faultMs), () => wire.resetClient());
        }
      }
    }
    this.#down();
    return true;
  }

  #down(): void {
    this.#network.server = null;
    this.#world.trace.note("the server is down");
    this.#world.clock.after(this.#between(downMs), () => {
      if (this.#network.server === null) this.#startServer();
    });
  }

  #trim(): boolean {
    const { disk, random, statistics, plan } = this.#world;
    const room = random.pick(plan.rooms);
    // A cid is known as long as its entry is: what may still be repeated must stay.
    const mayGo = (key: string) => this.#history.isAcknowledged(key);
    const trimmed = disk.trim(room, random.between(1, 40), mayGo);
    statistics.trimmed += trimmed;
    return trimmed > 0;
  }

  #syncLater(): void {
    const { clock, disk } = this.#world;
    clock.after(this.#between(syncMs), () => {
      disk.sync();
      this.#syncLater();
    });
  }

  #onWire(strike: (wire: Wire) => void): boolean {
    const { wires } = this.#network;
    if (wires.length === 0) return false;
    strike(this.#world.random.pick(wires));
    return true;
  }

  #eitherPipe({ up, down }: Wire) {
    return this.#world.random.chance(0.5) ? up : down;
  }

  #for(over: () => void): true {
    this.#world.clock.after(this.#between(faultMs), over);
    return true;
  }

  #between({ from, to }: { from: number; to: number }): number {
    return this.#world.random.between(from, to);
  }
}
