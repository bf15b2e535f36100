import { afterEach, expect, test } from "bun:test";
import type { PeerMessage } from "@maru/testkit";
import { type FloorServer, startFloor } from "./floor/floor-server.ts";

const placements = [0, 2];
let floor: FloorServer;
afterEach(() => floor.stop());

const numbers = (messages: readonly PeerMessage[]) => messages.map(({ n }) => n as number);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test.each(placements)(
  "workers: %p: 2,000,000 bytes and then a close all arrive, though the reader is slow and talks on",
  async (workers) => {
    floor = await startFloor({ workers, limits: { outboundBytes: 8_000_000, drainMs: 20_000 } });
    const client = await floor.enter("talker");
    const other = await floor.enter("other");
    await other.ask("join", { room: "gone" });
    client.peer.socket.pause();
    client.tell("flood", { count: 200, bytes: 10_000, andClose: true });
    expect(await other.peer.next("gone")).toMatchObject({ code: "flooded" });
    // The server has said its last word; what it gets now must not turn its bytes into a reset.
    for (let count = 0; count < 200; count += 1) client.tell("say", { room: "r", text: "and" });
    client.peer.socket.resume();
    const received: PeerMessage[] = [];
    for await (const message of client.peer) {
      received.push(message);
      client.tell("say", { room: "r", text: "and another thing" });
    }
    expect(numbers(received.filter(({ type }) => type === "filler"))).toEqual(upTo(200));
    expect(received.at(-1)).toMatchObject({ type: "close", code: "flooded" });
    expect(await client.peer.closed()).toBe("closed");
    await other.close();
  },
);

test.each(placements)("workers: %p: short writes cut no character in two", async (workers) => {
  floor = await startFloor({ workers, limits: { outboundBytes: 32_000_000 } });
  const [speaker, listener] = [await floor.enter("말하는 이"), await floor.enter("듣는 이")];
  await listener.ask("join", { room: "방" });
  listener.peer.socket.pause();
  const text = "가나다 é ✓ 🧑‍🚀 ".repeat(500);
  const count = 800;
  for (let n = 1; n < count; n += 1) speaker.tell("say", { room: "방", text });
  await speaker.ask("say", { room: "방", text });
  expect(floor.server.counters().writesShort).toBeGreaterThan(0);
  listener.peer.socket.resume();
  const messages = await listener.peer.until("message", count);
  expect(numbers(messages)).toEqual(upTo(count));
  expect(messages.every((message) => message.text === text)).toBe(true);
  await Promise.all([speaker.close(), listener.close()]);
});

test.each(placements)(
  "workers: %p: a slow reader is cut and told; others go on",
  async (workers) => {
    floor = await startFloor({ workers, limits: { outboundBytes: 200_000 } });
    const [speaker, slow, quick] = [
      await floor.enter("speaker"),
      await floor.enter("slow"),
      await floor.enter("quick"),
    ];
    await speaker.ask("join", { room: "gone" });
    for (const client of [slow, quick]) await client.ask("join", { room: "r" });
    slow.peer.socket.pause();
    const text = "x".repeat(20_000);
    let said = 0;
    while (floor.server.counters().slowConsumers === 0 && said < 3_000) {
      await speaker.ask("say", { room: "r", text });
      said += 1;
    }
    const gone = await speaker.peer.until("gone", 1);
    expect(gone).toMatchObject([{ name: "slow", code: "slow_consumer" }]);
    await speaker.ask("say", { room: "r", text: "afterwards" });
    expect(numbers(await quick.peer.until("message", said + 1))).toEqual(upTo(said + 1));
    slow.peer.socket.resume();
    const close = await slow.peer.next("close");
    expect(close).toMatchObject({ code: "slow_consumer", reconnect: "backoff" });
    expect(slow.peer.received.at(-1)).toEqual(close);
    const heard = numbers(slow.peer.ofType("message"));
    expect(heard).toEqual(upTo(heard.length));
    expect(floor.logged.ofEvent("connection.slow")).toHaveLength(1);
    expect(floor.server.counters().slowConsumers).toBe(1);
    await slow.peer.closed();
    await Promise.all([speaker.close(), quick.close()]);
  },
);

test.each(placements)("workers: %p: who never takes its farewell is ended", async (workers) => {
  floor = await startFloor({
    workers,
    limits: { outboundBytes: 140_000, drainMs: 50, sweepMs: 20 },
  });
  const stuck = await floor.enter("stuck");
  stuck.peer.socket.pause();
  stuck.tell("flood", { count: 2_000, bytes: 10_000, andClose: false });
  // The reset reaches it although it doesn't read.
  expect(await stuck.peer.socket.closed).toBe("reset");
  const other = await floor.enter("other");
  expect((await other.ask("nothing")).type).toBe("done");
  await other.close();
});
