import { afterEach, expect, test } from "bun:test";
import { type FloorServer, startFloor } from "./floor/floor-server.ts";

let floor: FloorServer;
afterEach(() => floor.stop());

test.each([0, 2])(
  "workers: %p: who asks without end is held back, and answered in order",
  async (workers) => {
    floor = await startFloor({ workers, limits: { inflight: 8, inboundBytes: 65_536 } });
    const asker = await floor.enter("asker");
    const other = await floor.enter("other");
    const count = 3_000;
    const of = "x".repeat(10_000);
    const ids = Array.from({ length: count }, () => asker.tell("hold", {}));
    for (let n = 0; n < 2_000; n += 1) asker.tell("nothing", { of });
    // Nothing is answered yet: the server takes what may be unanswered and leaves the rest unread.
    while (floor.watch.heldMax < 8) await other.ask("nothing");
    expect(floor.watch.heldMax).toBe(8);
    expect(asker.peer.socket.unsentBytes).toBeGreaterThan(0);
    expect(floor.server.counters().bytesIn).toBeLessThan(4_000_000);
    while (asker.peer.ofType("done").length < count) await other.ask("release");
    const done = await asker.peer.until("done", count + 2_000);
    const answered = done.map(({ re }) => re as number);
    const isHold = (id: number) => id <= (ids.at(-1) as number);
    expect(answered.filter(isHold)).toEqual(ids);
    // What needs no release may overtake the last that do, but nothing of its own kind.
    const others = answered.filter((id) => !isHold(id));
    expect(others).toEqual([...others].sort((a, b) => a - b));
    expect(floor.watch.heldMax).toBe(8);
    await asker.close();
    await other.close();
  },
);

test.each([0, 2])(
  "workers: %p: who asks for much and reads nothing is cut; memory is bounded",
  async (workers) => {
    floor = await startFloor({ workers, limits: { outboundBytes: 500_000 } });
    const watcher = await floor.enter("watcher");
    await watcher.ask("join", { room: "gone" });
    const greedy = await floor.enter("greedy");
    greedy.peer.socket.pause();
    for (let n = 0; n < 200; n += 1)
      greedy.tell("flood", { count: 50, bytes: 10_000, andClose: false });
    expect(await watcher.peer.next("gone")).toMatchObject({
      name: "greedy",
      code: "slow_consumer",
    });
    greedy.peer.socket.resume();
    expect(await greedy.peer.next("close")).toMatchObject({ code: "slow_consumer" });
    await greedy.peer.closed();
    await watcher.close();
  },
);

test.each([0, 2])(
  "workers: %p: a flood of commands over the rate is refused by the shard",
  async (workers) => {
    floor = await startFloor({ workers, limits: { rates: [{ perSecond: 1, burst: 50 }] } });
    const client = await floor.enter("eager");
    for (let n = 0; n < 500; n += 1) client.tell("nothing");
    const answers = await client.peer.take(500);
    const errors = answers.filter(({ type }) => type === "error");
    const done = answers.filter(({ type }) => type === "done");
    expect(errors.every(({ code, retryable }) => code === "rate_limited" && retryable)).toBe(true);
    // The greeting took one of the burst; a slow machine may grant one more for the time that passed.
    expect(done.length).toBeGreaterThanOrEqual(49);
    expect(done.length + errors.length).toBe(500);
    expect(floor.server.counters().framesRateLimited).toBe(errors.length);
    await client.close();
  },
);

test("a small credit between the threads slows no peer down for good", async () => {
  floor = await startFloor({
    workers: 2,
    limits: { frameBytes: 4_096, helloFrameBytes: 4_096, uplinkBytes: 4_096 },
  });
  const clients = await Promise.all([1, 2, 3, 4].map((n) => floor.enter(`c${n}`)));
  for (const client of clients) await client.ask("join", { room: "r" });
  for (const client of clients) {
    for (let n = 0; n < 200; n += 1) client.tell("say", { room: "r", text: "x".repeat(1_000) });
  }
  for (const { peer } of clients) {
    const messages = await peer.until("message", 800);
    expect(messages.map(({ n }) => n as number)).toEqual(
      Array.from({ length: 800 }, (_, n) => n + 1),
    );
  }
  for (const client of clients) await client.close();
});
