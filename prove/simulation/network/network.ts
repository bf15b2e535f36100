// The way from the clients to whatever server there is now: dialling, refusing, and the connections
// that the faults strike.

import type { SimulatedServer } from "../server/simulated-server.ts";
import type { World } from "../world.ts";
import { type Side, Wire } from "./wire.ts";

export interface Dialled extends Side {
  opened(): void;
}

export class Network {
  /** Null while the process is down. */
  server: SimulatedServer | null = null;
  /** No connection gets through. */
  isRefusing = false;
  readonly #world: World;
  readonly #wires = new Set<Wire>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Connections that either side still holds. */
  get wires(): Wire[] {
    return [...this.#wires].filter((wire) => {
      const isOver = wire.isLeft && !wire.isOpen;
      if (isOver) this.#wires.delete(wire);
      return !isOver;
    });
  }

  dial(client: Dialled): Wire {
    const { clock, random, plan, statistics } = this.#world;
    const { network } = plan;
    const wire = new Wire({ clock, random, network }, client);
    this.#wires.add(wire);
    clock.after(random.between(0, network.delayMs), () => {
      if (wire.isLeft) return;
      if (this.isRefusing || !this.server?.accept(wire)) return wire.resetClient();
      statistics.connects += 1;
      clock.after(random.between(0, network.delayMs), () => {
        if (!wire.isLeft) client.opened();
      });
    });
    return wire;
  }
}
