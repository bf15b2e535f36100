// A real TCP proxy on loopback that spoils what passes through it, in front of a real server. Owns its
// listener and the connections; all that is left to chance comes from the seeded random.

import type { Socket } from "bun";
import type { SeededRandom } from "../seeded-random.ts";
import { assertFaults, assertWhole, type Direction, type Faults, noFaults } from "./faults.ts";
import { type ProxyClock, realClock } from "./pipe-ports.ts";
import { ProxiedConnection, type SideData } from "./proxied-connection.ts";

export interface FaultProxyOptions {
  readonly target: { readonly hostname: string; readonly port: number };
  readonly random: SeededRandom;
  /** In force from the beginning, in both directions. */
  readonly faults?: Partial<Faults>;
  /** Of latency and bandwidth; the default is real time. */
  readonly clock?: ProxyClock;
  /** Held per direction and connection before the source is read no more; one read may top it. */
  readonly bufferBytes?: number;
}

export interface FaultProxy {
  readonly hostname: string;
  readonly port: number;
  /** Those with a side that is open, the oldest first. */
  readonly connections: readonly ProxiedConnection[];
  /** Changes these faults and leaves the others, for open connections and for later ones. */
  set(faults: Partial<Faults>, direction?: Direction): void;
  /** Resets every connection on both sides, now; new ones are welcome. */
  resetAll(): void;
  /** Stops listening and resets every connection. */
  stop(): void;
}

const bufferBytesDefault = 256 * 1024;
const hostname = "127.0.0.1";
const directions = ["upstream", "downstream"] as const;

export function startFaultProxy(options: FaultProxyOptions): FaultProxy {
  const { target, random, clock = realClock, bufferBytes = bufferBytesDefault } = options;
  assertWhole("bufferBytes", bufferBytes, 1);
  const connections = new Set<ProxiedConnection>();
  const faults: Record<Direction, Faults> = { upstream: noFaults, downstream: noFaults };
  const gone = (connection: ProxiedConnection) => void connections.delete(connection);
  const set: FaultProxy["set"] = (change, direction) => {
    assertFaults(change);
    for (const each of directions) {
      if (direction !== undefined && direction !== each) continue;
      faults[each] = { ...faults[each], ...change };
      for (const connection of connections) connection.setFaults(each, faults[each]);
    }
  };
  set(options.faults ?? {});
  const resetAll = () => {
    for (const connection of connections) connection.reset();
  };
  const listener = Bun.listen<SideData>({
    hostname,
    port: 0,
    allowHalfOpen: true,
    socket: {
      ...handlers,
      open(client) {
        const own = { faults, random: random.fork(), clock, bufferBytes, gone };
        const connection = new ProxiedConnection(client, own);
        client.data = { connection, side: "client" };
        connections.add(connection);
        connect(target, connection);
      },
    },
  });
  return {
    hostname,
    port: listener.port,
    get connections() {
      return [...connections];
    },
    set,
    resetAll,
    stop() {
      listener.stop(false);
      resetAll();
    },
  };
}

const handlers = {
  data({ data: { connection, side } }: Socket<SideData>, chunk: Buffer) {
    connection.received(side, chunk);
  },
  drain({ data: { connection, side } }: Socket<SideData>) {
    connection.drained(side);
  },
  end({ data: { connection, side } }: Socket<SideData>) {
    connection.sideEnded(side);
  },
  close({ data: { connection, side } }: Socket<SideData>, error?: Error) {
    connection.sideClosed(side, error !== undefined);
  },
};

/** A server that can't be reached is one that resets. */
function connect(target: FaultProxyOptions["target"], connection: ProxiedConnection): void {
  Bun.connect<SideData>({
    ...target,
    allowHalfOpen: true,
    data: { connection, side: "server" },
    socket: { ...handlers, open: (server) => connection.joined(server) },
  }).catch(() => connection.reset());
}
