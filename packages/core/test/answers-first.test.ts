// What ends a stream does not take the answers from the commands in front of it, in one chunk or in
// two, on the service's thread or across threads.

import { afterEach, describe, expect, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import type { CreateService } from "../src/mod.ts";
import type { FloorCommand, FloorMessage } from "./floor/floor-protocol.ts";
import { type FloorServer, startFloor } from "./floor/floor-server.ts";

let floor: FloorServer;
afterEach(() => floor.stop());

const json = (message: object) => encodeFrame(JSON.stringify(message));
const header = (length: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
};
const hello = json({ type: "hello", id: 1, name: "ann" });
const command = (id: number, type = "nothing") => json({ type, id });

/** Every way in which a peer's own bytes end its connection, once it has greeted. */
const endings: readonly [what: string, bytes: Uint8Array, code: string][] = [
  ["a payload that is no JSON", encodeFrame("hello"), "malformed"],
  ["a payload that is no UTF-8", encodeFrame(Uint8Array.of(0xff)), "malformed"],
  ["a payload that is no object", encodeFrame("[]"), "malformed"],
  ["a command without an id", json({ type: "nothing" }), "malformed"],
  ["a length of 0", header(0), "frame_too_large"],
  ["a length one over the limit", header(65_537), "frame_too_large"],
  ["a length of 4 GiB", header(0xffff_ffff), "frame_too_large"],
  ["HTTP", Buffer.from("GET / HTTP/1.1\r\n\r\n"), "frame_too_large"],
];

const count = 50;
const commands = Array.from({ length: count }, (_, index) => command(index + 2));
const answers = [1, ...Array.from({ length: count }, (_, index) => index + 2)];

for (const workers of [0, 1]) {
  describe(`workers: ${workers}`, () => {
    test.each(endings)(
      "commands in front of %s are answered, then it is closed",
      async (_what, bytes, code) => {
        floor = await startFloor({ workers });
        const peer = await floor.connect();
        await peer.sendBytes(Buffer.concat([hello, ...commands, bytes, command(999)]));
        await peer.closed();
        expect(peer.received.slice(0, -1).map(({ re }) => re)).toEqual(answers);
        expect(peer.received.at(-1)).toMatchObject({ type: "close", code });
      },
    );

    test.each(endings)(
      "an answer that comes late comes before the close for %s",
      async (_what, bytes, code) => {
        floor = await startFloor({ workers });
        const other = await floor.enter("other");
        const { peer } = await floor.enter("ann");
        await peer.sendBytes(Buffer.concat([command(7, "hold"), bytes]));
        while (floor.server.counters().framesRefused === 0) await other.ask("nothing");
        expect(peer.ofType("close")).toEqual([]);
        await other.ask("release");
        await peer.closed();
        expect(peer.received.slice(-2)).toMatchObject([{ re: 7 }, { type: "close", code }]);
        await other.close();
      },
    );

    test("commands that were refused for their rate, and the FIN behind, change nothing", async () => {
      const rates = [{ perSecond: 1, burst: 4 }];
      floor = await startFloor({ workers, limits: { rates } });
      const peer = await floor.connect();
      await peer.sendBytes(Buffer.concat([hello, ...commands, encodeFrame("hello")]));
      peer.socket.end();
      await peer.closed();
      const replies = peer.received.slice(0, -1);
      expect(replies.map(({ re }) => re as number).sort((a, b) => a - b)).toEqual(answers);
      expect(replies.filter(({ code }) => code === "rate_limited")).toHaveLength(count - 3);
      expect(peer.received.at(-1)).toMatchObject({ type: "close", code: "malformed" });
    });

    test("a greeting that fails is answered before the command behind it ends the stream", async () => {
      floor = await startFloor({ workers });
      const peer = await floor.connect();
      const failing = json({ type: "hello", id: 1, name: "nobody" });
      await peer.sendBytes(Buffer.concat([failing, command(2)]));
      await peer.closed();
      expect(peer.received).toMatchObject([
        { type: "error", re: 1, code: "not_welcome" },
        { type: "close", code: "hello_required" },
      ]);
    });

    test("what is never answered holds the close up for drainMs, and no longer", async () => {
      floor = await startFloor({ workers, limits: { drainMs: 50, sweepMs: 10 } });
      const { peer } = await floor.enter("ann");
      await peer.sendBytes(Buffer.concat([command(7, "hold"), encodeFrame("hello")]));
      expect(await peer.next("close")).toMatchObject({ code: "malformed" });
      expect(peer.ofType("done")).toEqual([]);
      await peer.closed();
    });

    test("a stopping server waits drainMs for an answer, and ends who stays after that", async () => {
      floor = await startFloor({ workers, limits: { drainMs: 50, sweepMs: 60_000 } });
      const [goes, stays] = [
        await floor.enter("goes"),
        await floor.enter("stays", { lingers: true }),
      ];
      for (const client of [goes, stays]) client.tell("hold");
      while (floor.watch.heldMax < 2) await goes.ask("nothing");
      await floor.server.stop();
      expect(await goes.peer.next("close")).toMatchObject({ code: "shutdown" });
      expect(await stays.peer.closed()).toBe("reset");
    });

    test("a stopping server answers what it was asked", async () => {
      const asked = Promise.withResolvers<() => void>();
      const service: CreateService<FloorCommand, FloorMessage> = (port) => ({
        open() {},
        close() {},
        message(session, { type, id: re }) {
          if (type !== "hello")
            return asked.resolve(() => port.reply(session, { type: "done", re }));
          port.accept(session);
          port.reply(session, { type: "welcome", re, heartbeatMs: 15_000, shard: 0 });
        },
      });
      floor = await startFloor({ workers, service });
      const { peer } = await floor.enter("ann");
      await peer.send({ type: "nothing", id: 9 });
      const answer = await asked.promise;
      const stopped = floor.server.stop();
      answer();
      await stopped;
      await peer.closed();
      expect(peer.received.slice(-2)).toMatchObject([
        { re: 9 },
        { type: "close", code: "shutdown" },
      ]);
    });
  });
}
