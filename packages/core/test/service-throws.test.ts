// A service that throws is ended whole, or goes on for all but the one whom it threw at; never half.

import { describe, expect, test } from "bun:test";
import type { CreateService } from "../src/mod.ts";
import type { FloorCommand, FloorMessage } from "./floor/floor-protocol.ts";
import { startFloor } from "./floor/floor-server.ts";

/** The errors that `onBug` was told. */
function bugs() {
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const onBug = (error: Error) => {
    told.push(error.message);
    first.resolve();
  };
  return { told, onBug, first: first.promise };
}

const gaveWay = "the floor gave way";

describe.each([0, 1, 2])("workers: %p: a service that is ended when it throws", (workers) => {
  test("closes every session, accepts no connection and is told of once", async () => {
    const { told, onBug, first } = bugs();
    const floor = await startFloor({ workers, onBug });
    const [ann, bob] = [await floor.enter("ann"), await floor.enter("bob")];
    // What was asked of it waits for no answer: nothing answers any more.
    ann.tell("hold");
    bob.tell("fail");
    bob.tell("nothing");
    for (const { peer } of [ann, bob]) {
      const reason = { code: "internal_error", reconnect: "backoff" };
      expect(await peer.next("close")).toMatchObject(reason);
      await peer.closed();
    }
    await first;
    await floor.server.stop();
    await expect(floor.connect()).rejects.toThrow();
    expect(told).toEqual([gaveWay]);
    expect(floor.watch.stopped).toBe(false);
  });
});

const goesOn = [
  { workers: 0, placement: "main" },
  { workers: 1, placement: "main" },
  { workers: 1, placement: "shard" },
] as const;

describe.each(goesOn)(
  "workers: $workers, placement $placement: a service that goes on when it throws",
  ({ workers, placement }) => {
    test("closes the session that it threw at, tells the log, and serves the others", async () => {
      const { told, onBug } = bugs();
      const whenServiceThrows = "close-session";
      const floor = await startFloor({ workers, placement, onBug, whenServiceThrows });
      const [ann, bob] = [await floor.enter("ann"), await floor.enter("bob")];
      const held = ann.ask("hold");
      bob.tell("nothing");
      bob.tell("fail");
      expect(await bob.peer.next("close")).toMatchObject({ code: "internal_error" });
      await bob.peer.closed();
      expect(bob.peer.ofType("done")).toHaveLength(1);
      await ann.ask("release");
      expect(await held).toMatchObject({ type: "done" });
      await (await floor.enter("eve")).ask("nothing");
      const [threw] = await floor.logged.until("service.threw");
      const fields = { during: "message", type: "fail", cause: gaveWay };
      expect(threw).toMatchObject({ level: "error", fields });
      expect(threw?.fields.stack).toContain("floor-service.ts");
      expect(told).toEqual([]);
      await floor.server.stop();
      if (placement === "main") expect(floor.watch).toMatchObject({ open: 0, stopped: true });
    });
  },
);

/** A service that throws wherever it is told to, at the session that is called "bad". */
function throwing(during: string): CreateService<FloorCommand, FloorMessage> {
  return (port) => {
    let isBad = false;
    const fail = (place: string) => {
      if (place === during && isBad) throw new Error(gaveWay);
    };
    return {
      open() {
        fail("open");
      },
      message(session, command) {
        const { id: re } = command;
        isBad = command.type === "fail";
        if (command.type === "hello") {
          port.accept(session);
          return port.reply(session, { type: "welcome", re, heartbeatMs: 15_000, shard: 0 });
        }
        port.reply(session, { type: "done", re });
        if (during === "message later") return Promise.reject(new Error(gaveWay)) as never;
      },
      close() {
        fail("close");
      },
      endTick() {
        fail("endTick");
      },
    };
  };
}

test.each(["open", "close", "endTick", "message later"])(
  "what it throws in %s is told, and holds nothing up",
  async (during) => {
    const service = throwing(during);
    const floor = await startFloor({ service, whenServiceThrows: "close-session" });
    const ann = await floor.enter("ann");
    await ann.ask("fail");
    await ann.close();
    const bob = await floor.connect();
    await bob.send({ type: "hello", id: 1, name: "bob" });
    await floor.logged.until("service.threw");
    const eve = await floor.enter("eve");
    await eve.ask("nothing");
    expect(floor.logged.ofEvent("service.threw")[0]?.fields).toMatchObject({
      during: during.split(" ")[0] as string,
      cause: gaveWay,
    });
    await floor.server.stop();
  },
);
