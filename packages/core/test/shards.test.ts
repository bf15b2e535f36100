import { afterEach, expect, test } from "bun:test";
import type { PeerMessage } from "@maru/testkit";
import type { FloorClient, FloorServer } from "./floor/floor-server.ts";
import { startFloor } from "./floor/floor-server.ts";

let floor: FloorServer;
afterEach(() => floor.stop());

const numbers = (messages: readonly PeerMessage[]) => messages.map(({ n }) => n as number);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const leaveAll = (clients: readonly FloorClient[]) =>
  Promise.all(clients.map((client) => client.close()));

/** Says something over and over until it is told to stop; resolves with how often. */
function keepTalking(client: FloorClient, room: string): { stop(): Promise<number> } {
  let isOver = false;
  const talking = (async () => {
    let count = 0;
    while (!isOver) {
      for (let burst = 0; burst < 20; burst += 1) client.tell("say", { room, text: "on and on" });
      await client.ask("nothing");
      count += 20;
    }
    return count;
  })();
  return {
    stop() {
      isOver = true;
      return talking;
    },
  };
}

test("a shard that is killed under load takes only its own connections with it", async () => {
  floor = await startFloor({ workers: 2 });
  const survivors = [await floor.enterShard("one", 1), await floor.enterShard("two", 1)] as const;
  const victims = [await floor.enterShard("three", 0), await floor.enterShard("four", 0)] as const;
  const watcher = await floor.enterShard("watcher", 1);
  await watcher.ask("join", { room: "gone" });
  for (const client of [...survivors, ...victims]) await client.ask("join", { room: "r" });
  const talks = survivors.map((client) => keepTalking(client, "r"));
  await survivors[0].peer.until("message", 100);

  await floor.server.killShard(0);
  for (const { peer } of victims) await peer.closed();
  const gone = await watcher.peer.until("gone", 2);
  expect(gone.slice(0, 2).map(({ code }) => code)).toEqual(["shard_lost", "shard_lost"]);
  await floor.logged.until("shard.respawned");

  const counts = await Promise.all(talks.map((talk) => talk.stop()));
  const total = counts.reduce((sum, count) => sum + count);
  for (const { peer } of survivors) {
    expect(numbers(await peer.until("message", total))).toEqual(upTo(total));
  }
  for (const { peer } of victims) {
    const heard = numbers(peer.ofType("message"));
    expect(heard).toEqual(upTo(heard.length));
  }
  await leaveAll([...survivors, watcher]);
});

test("after a loss the pool is whole again, and the port is shared as before", async () => {
  floor = await startFloor({ workers: 2 });
  for (const [round, shard] of [0, 1, 0].entries()) {
    await floor.server.killShard(shard);
    await floor.logged.until("shard.respawned", round + 1);
    const clients = [await floor.enterShard("here", 0), await floor.enterShard("there", 1)];
    const room = `r${round}`;
    for (const client of clients) await client.ask("join", { room });
    for (const client of clients) await client.ask("say", { room, text: "both hear this" });
    for (const { peer } of clients) {
      expect(numbers(await peer.until("message", 2))).toEqual([1, 2]);
    }
    await leaveAll(clients);
  }
  expect(floor.logged.ofEvent("shard.lost").map(({ fields }) => fields.shard)).toEqual([0, 1, 0]);
});

test("the places of a lost shard's connections are free again", async () => {
  floor = await startFloor({ workers: 2, limits: { maxConnections: 6 } });
  const keeper = await floor.enterShard("keeper", 1);
  const lost = await floor.enterShard("lost", 0);
  await floor.server.killShard(0);
  await lost.peer.closed();
  await floor.logged.until("shard.respawned");
  const clients = await Promise.all(upTo(5).map((n) => floor.enter(`again ${n}`)));
  expect(floor.server.counters().connectionsOpen).toBe(6);
  await leaveAll([keeper, ...clients]);
});

/** So much text is said at once that even a peer which reads late is not cut: below `outboundBytes`. */
const burst = 10;
const longText = "x".repeat(50_000);

/** Says a long text in r until `count` were heard, in all: many times what the downlink holds. */
async function talkUntil(client: FloorClient, count: number): Promise<void> {
  const heard = () => client.peer.ofType("message").length;
  while (heard() < count) {
    const next = heard() + burst;
    for (let n = 0; n < burst; n += 1) client.tell("say", { room: "r", text: longText });
    await client.peer.until("message", next);
  }
}

test("a shard in which nothing is said holds up no other", async () => {
  floor = await startFloor({ workers: 2, limits: { downlinkBytes: 2_097_152 } });
  const silent = await floor.enterShard("silent", 1);
  const busy = await floor.enterShard("busy", 0);
  await busy.ask("join", { room: "r" });
  await talkUntil(busy, 400);
  expect(numbers(busy.peer.ofType("message"))).toEqual(upTo(400));
  await leaveAll([silent, busy]);
});

test("nor does one whose connections have all gone, nor one that was just replaced", async () => {
  floor = await startFloor({ workers: 2, limits: { downlinkBytes: 2_097_152 } });
  const busy = await floor.enterShard("busy", 0);
  await busy.ask("join", { room: "r" });
  const guest = await floor.enterShard("guest", 1);
  await guest.ask("join", { room: "r" });
  const talking = talkUntil(busy, 100);
  guest.peer.socket.reset();
  await talking;
  await talkUntil(busy, 200);
  await floor.server.killShard(1);
  await talkUntil(busy, 300);
  await floor.logged.until("shard.respawned");
  await talkUntil(busy, 400);
  expect(numbers(busy.peer.ofType("message"))).toEqual(upTo(400));
  await busy.close();
});

test("a service that throws in its shard ends that shard alone, which is replaced", async () => {
  floor = await startFloor({ workers: 2, placement: "shard" });
  const first = await floor.enter("first");
  // Each shard has a service of its own and calls itself 0: another shard is one with another room.
  await first.ask("join", { room: "r" });
  const clients = await Promise.all(upTo(12).map((n) => floor.enter(`member ${n}`)));
  for (const client of clients) await client.ask("join", { room: "r" });
  await first.ask("say", { room: "r", text: "who is with me?" });
  for (const client of clients) await client.ask("nothing");
  const others = clients.filter(({ peer }) => peer.ofType("message").length === 0);
  first.tell("fail");
  await first.peer.closed();
  const [lost] = await floor.logged.until("shard.lost");
  expect(lost?.fields.cause).toContain("the floor gave way");
  await floor.logged.until("shard.respawned");
  for (const client of others) expect((await client.ask("nothing")).type).toBe("done");
  const after = await floor.enter("after");
  await leaveAll([...others, after]);
});

test.each([0, 2])(
  "workers: %p: what a service on the main thread throws is a bug's",
  async (workers) => {
    const bug = Promise.withResolvers<Error>();
    floor = await startFloor({ workers, onBug: bug.resolve, limits: { drainMs: 50 } });
    const client = await floor.enter("unlucky");
    client.tell("fail");
    expect((await bug.promise).message).toBe("the floor gave way");
    client.peer.socket.reset();
  },
);
