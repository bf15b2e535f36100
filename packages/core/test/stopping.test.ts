// A server that stops lets its service finish what it has begun, while every session is still there.

import { describe, expect, test } from "bun:test";
import { type CreateService, defaultLimits, type Server, startServer } from "../src/mod.ts";
import { watchedFinishing } from "./floor/finishing-service.ts";
import { type FloorCommand, type FloorMessage, floorProtocol } from "./floor/floor-protocol.ts";
import { type FloorServer, startFloor } from "./floor/floor-server.ts";

const placements = [
  { workers: 0, placement: "main" },
  { workers: 1, placement: "main" },
  { workers: 2, placement: "main" },
  { workers: 1, placement: "shard" },
] as const;

const shard = new URL("./floor/finishing-shard.ts", import.meta.url);

/** No shard accepts any more: across threads that is a moment after the service knows. */
async function refused(floor: FloorServer): Promise<void> {
  for (;;) {
    const peer = await floor.connect().catch(() => null);
    if (peer === null) return;
    peer.socket.end();
  }
}

describe.each(placements)("workers: $workers, placement: $placement", ({ workers, placement }) => {
  test("answers and events of a service that finishes arrive, before the close", async () => {
    const { watch, createFinishing } = watchedFinishing();
    const floor = await startFloor({ workers, placement, shard, service: createFinishing });
    const { peer } = await floor.enter("ann");
    await peer.send({ type: "hold", id: 7 });
    const stopped = floor.server.stop();
    await peer.next("filler");
    await refused(floor);
    // A command of a session that is there is still handled: the service may need it.
    await peer.send({ type: "nothing", id: 8 });
    await stopped;
    await peer.closed();
    expect(peer.received.slice(1)).toMatchObject([
      { type: "filler", n: 0 },
      { type: "done", re: 8 },
      { type: "done", re: 7 },
      { type: "filler", n: 1 },
      { type: "close", code: "shutdown" },
    ]);
    expect(floor.logged.ofEvent("service.unfinished")).toEqual([]);
    if (placement === "shard") return;
    expect(watch.steps).toEqual(["stopping", "finished", "close shutdown", "stop"]);
    expect(watch.deadlineMs).toBe(defaultLimits.drainMs);
  });

  test("a service that does not finish holds the stop up for finishWithinMs, and no longer", async () => {
    const floor = await startFloor({
      workers,
      placement,
      shard,
      limits: { drainMs: 50 },
      service: watchedFinishing().createFinishing,
    });
    const { peer } = await floor.enter("ann");
    await floor.server.stop({ finishWithinMs: 1 });
    expect(await peer.next("close")).toMatchObject({ code: "shutdown" });
    expect(floor.logged.events.map(({ event }) => event)).toContain("service.unfinished");
  });
});

/** A service that greets, and whose `stopping` is given. */
const stoppingBy =
  (stopping: () => void | Promise<void>): CreateService<FloorCommand, FloorMessage> =>
  (port) => ({
    open() {},
    close() {},
    stopping,
    message(session, { id: re }) {
      port.accept(session);
      port.reply(session, { type: "welcome", re, heartbeatMs: 15_000, shard: 0 });
    },
  });

const failing: readonly [what: string, stopping: () => void | Promise<void>][] = [
  [
    "throws",
    () => {
      throw new Error("no end");
    },
  ],
  ["rejects", () => Promise.reject(new Error("no end"))],
];

for (const workers of [0, 1]) {
  test.each(failing)(
    `workers: ${workers}: who %s while it finishes is told of, and the server stops`,
    async (_what, stopping) => {
      const floor = await startFloor({ workers, shard, service: stoppingBy(stopping) });
      const { peer } = await floor.enter("ann");
      await expect(floor.server.stop()).rejects.toThrow("no end");
      expect(await peer.next("close")).toMatchObject({ code: "shutdown" });
      await peer.closed();
      await expect(floor.connect()).rejects.toThrow();
    },
  );
}

test("a server stops once, however often it is asked to", async () => {
  let times = 0;
  const server: Server = await startServer({
    protocol: floorProtocol,
    service: stoppingBy(() => {
      times += 1;
    }),
  });
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
  expect(times).toBe(1);
});

test("a time to finish is one that a timer holds", async () => {
  const server = await startServer({ protocol: floorProtocol, service: stoppingBy(() => {}) });
  for (const finishWithinMs of [-1, Number.NaN, 2 ** 31]) {
    await expect(server.stop({ finishWithinMs })).rejects.toThrow("finishWithinMs");
  }
  await server.stop({ finishWithinMs: 2 ** 31 - 1 });
});
