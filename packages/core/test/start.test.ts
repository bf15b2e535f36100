import { expect, test } from "bun:test";
import { defineRawProtocol } from "@maru/protocol";
import { startServer } from "../src/mod.ts";
import { floorProtocol } from "./floor/floor-protocol.ts";
import { startFloor } from "./floor/floor-server.ts";
import { createFloor } from "./floor/floor-service.ts";

const module = (name: string) => new URL(`./floor/${name}.ts`, import.meta.url);
const start = (options: object) =>
  // @ts-expect-error Workers need a shard module.
  startServer({ protocol: floorProtocol, service: createFloor, workers: 2, ...options });

test("workers without a shard module are refused, with what is missing", async () => {
  await expect(start({})).rejects.toThrow("workers: 2 needs `shard`");
});

test("a shard module with another protocol is refused, with both names", async () => {
  const starting = start({ shard: module("speaks-otherwise") });
  await expect(starting).rejects.toThrow("the shard module speaks other, the server floor");
});

test("a shard module that throws is refused, with what it threw", async () => {
  await expect(start({ shard: module("throws-at-once") })).rejects.toThrow("the module gave way");
});

test("a shard module that does not exist is refused, with its name", async () => {
  await expect(start({ shard: module("nowhere") })).rejects.toThrow("nowhere");
});

test("a shard module that never runs a shard is refused", async () => {
  const starting = start({ shard: module("runs-no-shard") });
  await expect(starting).rejects.toThrow("without calling runShard");
});

test("a service in each shard must be in the shard module", async () => {
  const starting = start({ shard: module("no-service-shard"), placement: "shard" });
  await expect(starting).rejects.toThrow("needs the service in the shard module");
});

test("raw bytes are refused where they would have to cross threads", async () => {
  const starting = startServer({
    protocol: defineRawProtocol("raw"),
    service: () => ({ open() {}, close() {}, message() {} }),
    workers: 1,
    shard: module("floor-shard"),
  });
  await expect(starting).rejects.toThrow('placement "shard"');
});

test("limits that contradict each other are refused", async () => {
  await expect(start({ workers: 0, limits: { inflight: 0 } })).rejects.toThrow("inflight");
});

test("a host that is not ours is refused", async () => {
  await expect(start({ workers: 0, listen: { hostname: "192.0.2.1" } })).rejects.toThrow(
    "cannot listen on 192.0.2.1:0",
  );
});

for (const [first, second] of [
  [0, 0],
  [2, 2],
  [2, 0],
  [0, 2],
] as const) {
  test(`a port that a server with workers: ${first} has is refused to one with ${second}`, async () => {
    const floor = await startFloor({ workers: first });
    const { port } = floor.server;
    const shard = module("floor-shard");
    const starting = start({ workers: second, listen: { port }, shard });
    await expect(starting).rejects.toThrow(`127.0.0.1:${port}: EADDRINUSE`);
    const client = await floor.enter("still served");
    expect((await client.ask("nothing")).type).toBe("done");
    await client.close();
    await floor.stop();
  });
}

test("a port is free again when its server has stopped", async () => {
  for (const workers of [2, 0, 2]) {
    const floor = await startFloor({ workers });
    const { port } = floor.server;
    await floor.stop();
    const again = await start({ workers, listen: { port }, shard: module("floor-shard") });
    expect(again.port).toBe(port);
    await again.stop();
  }
});
