// Metrics and health over HTTP, on loopback only. Reads counters when asked; costs nothing between.

import { type CounterName, counterNames, type Server } from "@maru/core";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { LogFigures } from "../room-log.ts";

type Rooms = NonNullable<LogFigures["rooms"]>;

export interface Http {
  readonly port: number;
  /** From now on /readyz says 503: send no new clients here. */
  drain(): void;
  stop(): void;
}

function createRegistry(server: Server, figures: LogFigures): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of counterNames) addMetric(registry, server, name);
  addLogTasks(registry, figures);
  addRooms(registry, figures);
  return registry;
}

function addLogTasks(registry: Registry, figures: LogFigures): void {
  new Counter({
    name: "maru_log_tasks_total",
    help: "Tasks that the room log has given to its threads, by kind.",
    labelNames: ["kind"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [kind, count] of figures.tasks) this.inc({ kind }, count);
    },
  });
}

/** Nothing where there is no database. */
function addRooms(registry: Registry, figures: LogFigures): void {
  const add = (name: string, help: string, value: (used: Rooms) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        if (figures.rooms !== null) this.set(value(figures.rooms));
      },
    });
  add("maru_rooms_stored", "Rooms in the database.", ({ rooms }) => rooms);
  add(
    "maru_rooms_stored_share",
    "Of the rooms that the database can have, the share that is taken; at 1 nobody can begin one.",
    ({ rooms, max }) => rooms / max,
  );
}

/** What goes up and down is a gauge; all else only grows, and is named `…_total`. */
function addMetric(registry: Registry, server: Server, name: CounterName): void {
  const snake = `maru_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
  const help = `Sum over all shards of ${name}.`;
  const registers = [registry];
  const read = () => server.counters()[name];
  if (name === "connectionsOpen") {
    new Gauge({
      name: snake,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
    return;
  }
  new Counter({
    name: `${snake}_total`,
    help,
    registers,
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

export function startHttp(port: number, server: Server, figures: LogFigures): Http {
  const registry = createRegistry(server, figures);
  let isReady = true;
  const http = Bun.serve({
    hostname: "127.0.0.1",
    port,
    routes: {
      "/healthz": () => new Response("ok\n"),
      "/readyz": () =>
        new Response(isReady ? "ready\n" : "draining\n", { status: isReady ? 200 : 503 }),
      "/metrics": async () =>
        new Response(await registry.metrics(), {
          headers: { "content-type": registry.contentType },
        }),
    },
    fetch: () => new Response("not found: /metrics, /healthz, /readyz\n", { status: 404 }),
  });
  return {
    port: http.port as number,
    drain: () => {
      isReady = false;
    },
    stop: () => void http.stop(true),
  };
}
