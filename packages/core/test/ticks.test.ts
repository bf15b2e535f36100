import { afterEach, expect, test } from "bun:test";
import type { CreateService } from "../src/mod.ts";
import type { FloorCommand, FloorMessage } from "./floor/floor-protocol.ts";
import { type FloorServer, startFloor } from "./floor/floor-server.ts";

let floor: FloorServer;
afterEach(() => floor.stop());

/** Answers each command, and notes in order what the engine asks of it. */
function notingService() {
  const noted: string[] = [];
  const service: CreateService<FloorCommand, FloorMessage> = (port) => ({
    open: () => noted.push("open"),
    close: () => noted.push("close"),
    endTick: () => noted.push("endTick"),
    message(session, { type, id: re }) {
      noted.push("message");
      if (type !== "hello") return port.reply(session, { type: "done", re });
      port.accept(session);
      port.reply(session, { type: "welcome", re, heartbeatMs: 15_000, shard: 0 });
    },
  });
  return { noted, service };
}

test.each([0, 1])(
  "workers: %p: each batch of commands is one tick of the service",
  async (workers) => {
    const { noted, service } = notingService();
    floor = await startFloor({ workers, service });
    const client = await floor.enter("ann");
    for (let count = 0; count < 20; count += 1) await client.ask("nothing");
    const commands = Array.from({ length: 20 }, () => ["message", "endTick"]).flat();
    expect(noted).toEqual(["open", "message", "endTick", ...commands]);
  },
);

test.each([0, 1])("workers: %p: what comes in one chunk is one tick", async (workers) => {
  const { noted, service } = notingService();
  floor = await startFloor({ workers, service });
  const client = await floor.enter("ann");
  const before = noted.length;
  const last = Array.from({ length: 10 }, () => client.tell("nothing")).at(-1);
  await client.peer.next(({ re }) => re === last);
  const messages = noted.slice(before).filter((what) => what === "message");
  const ticks = noted.slice(before).filter((what) => what === "endTick");
  expect(messages).toHaveLength(10);
  expect(ticks.length).toBeLessThanOrEqual(10);
  expect(noted.at(-1)).toBe("endTick");
  expect(noted.join(" ")).not.toContain("endTick endTick");
});
