import { afterEach, expect, test } from "bun:test";
import { type FloorServer, startFloor } from "./floor/floor-server.ts";

let floor: FloorServer;
afterEach(() => floor.stop());

const many = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each([
  [0, { maxConnections: 4 }, "too_many_connections"],
  [2, { maxConnections: 4 }, "too_many_connections"],
  [0, { maxConnectionsPerIp: 4 }, "too_many_from_address"],
  [2, { maxConnectionsPerIp: 4 }, "too_many_from_address"],
] as const)(
  "workers: %p, %p: the next is told why, the others notice nothing",
  async (workers, limits, code) => {
    floor = await startFloor({ workers, limits });
    const clients = [];
    for (const n of many(4)) clients.push(await floor.enter(`c${n}`));
    for (const client of clients) await client.ask("join", { room: "r" });
    for (let tries = 0; tries < 3; tries += 1) {
      const refused = await floor.connect();
      expect(await refused.next()).toMatchObject({ type: "close", code, reconnect: "backoff" });
      expect(await refused.closed()).toBe("closed");
    }
    for (const client of clients) await client.ask("say", { room: "r", text: "still here" });
    for (const { peer } of clients) expect(await peer.until("message", 4)).toHaveLength(4);
    expect(floor.server.counters()).toMatchObject({
      connectionsAccepted: 4,
      connectionsRefused: 3,
      connectionsOpen: 4,
    });
    expect(floor.watch.open).toBe(4);
    await clients[0]?.close();
    while (floor.server.counters().connectionsOpen === 4) await clients[1]?.ask("nothing");
    const next = await floor.enter("next");
    for (const client of [next, ...clients.slice(1)]) await client.close();
  },
);

/** Enters once there is a place. */
async function enterAtLast(): Promise<void> {
  for (;;) {
    const peer = await floor.connect();
    await peer.send({ type: "hello", id: 1, name: "next" });
    const { type } = await peer.next();
    peer.socket.end();
    await peer.closed();
    if (type === "welcome") return;
  }
}

test.each([0, 2])(
  "workers: %p: a crowd at a full door is turned away to the last",
  async (workers) => {
    floor = await startFloor({ workers, limits: { maxConnections: 1, drainMs: 10_000 } });
    const inside = await floor.enter("inside");
    // They don't take their leave, so all but some hundred are ended without a farewell.
    const tries = await Promise.allSettled(many(700).map(() => floor.connect({ lingers: true })));
    const crowd = tries.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    while (floor.server.counters().connectionsRefused < 700) await inside.ask("nothing");
    const words = await Promise.allSettled(crowd.map((peer) => peer.next("close")));
    const told = words.filter(({ status }) => status === "fulfilled");
    expect(told.length).toBeGreaterThanOrEqual(256);
    expect(told.length).toBeLessThanOrEqual(256 * Math.max(1, workers));
    for (const peer of crowd) peer.socket.reset();
    await Promise.all(crowd.map((peer) => peer.closed()));
    expect((await inside.ask("nothing")).type).toBe("done");
    await inside.close();
    await enterAtLast();
  },
);
