import { expect, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import { announceSeed, FramePeer, SeededRandom } from "@maru/testkit";
import { type FloorClient, type FloorServer, startFloor } from "./floor/floor-server.ts";

const frames = 5_000;
const framesPerConnection = 10;
/** Connections that are open at once. */
const attackers = 8;

const valid = [
  { type: "hello", id: 1, name: "fuzz" },
  { type: "join", id: 2, room: "talk" },
  { type: "leave", id: 3, room: "talk" },
  { type: "flood", id: 4, count: 2, bytes: 10, andClose: false },
  { type: "release", id: 5 },
  { type: "nothing", id: 6, of: { a: [1, 2, { b: "ü" }] } },
];

/** A frame that is random, or was valid before some of its bytes were changed, cut or doubled. */
function hostileFrame(random: SeededRandom): Uint8Array {
  const shape = random.below(10);
  if (shape === 0) return random.bytes(random.between(1, 200));
  if (shape === 1) return encodeFrame(random.bytes(random.between(1, 200)));
  const frame = encodeFrame(JSON.stringify(random.pick(valid)));
  if (shape <= 4) return frame;
  // Half of the mutations leave the header whole, so that the payload's reader meets them too.
  const from = random.chance(0.5) ? 4 : 0;
  for (let changes = random.between(1, 4); changes > 0; changes -= 1) {
    frame[random.between(from, frame.length - 1)] = random.below(256);
  }
  return random.chance(0.2) ? frame.subarray(0, random.between(1, frame.length)) : frame;
}

async function attack(port: number, random: SeededRandom): Promise<void> {
  const peer = await FramePeer.connect({ port });
  // Most greet first, so that the rest is read at all.
  if (random.chance(0.8)) await peer.send({ type: "hello", id: 1, name: "fuzz" });
  for (let count = 0; count < framesPerConnection; count += 1) {
    const frame = hostileFrame(random);
    const cut = random.below(frame.length);
    await peer.sendBytes(frame.subarray(0, cut));
    await peer.sendBytes(frame.subarray(cut));
  }
  if (random.chance(0.2)) peer.socket.reset();
  else peer.socket.end();
  await peer.closed();
}

async function fuzz(floor: FloorServer, random: SeededRandom): Promise<void> {
  let left = frames / framesPerConnection;
  const one = async (own: SeededRandom) => {
    while (left > 0) {
      left -= 1;
      await attack(floor.server.port, own);
    }
  };
  await Promise.all(Array.from({ length: attackers }, () => one(random.fork())));
}

async function talk(clients: readonly FloorClient[], until: Promise<void>): Promise<void> {
  let isOver = false;
  const over = until.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    for (const client of clients) await client.ask("say", { room: "honest", text: "on we talk" });
  }
  await over;
}

test.each([0, 2])(
  "workers: %p: 5,000 hostile frames leave the server whole and the others undisturbed",
  async (workers) => {
    const floor = await startFloor({ workers, limits: { drainMs: 1_000 } });
    const honest = [await floor.enter("ann"), await floor.enter("bob")];
    for (const client of honest) await client.ask("join", { room: "honest" });
    const random = new SeededRandom(announceSeed(`hostile frames, workers: ${workers}`));
    await talk(honest, fuzz(floor, random));

    const total = honest.reduce((sum, { peer }) => sum + peer.ofType("said").length, 0);
    for (const { peer } of honest) {
      const messages = await peer.until("message", total);
      expect(messages.map(({ n }) => n)).toEqual(Array.from({ length: total }, (_, n) => n + 1));
    }
    const [ann] = honest as [FloorClient];
    while (floor.server.counters().connectionsOpen > 2) await ann.ask("nothing");
    while (floor.watch.open > 2) await ann.ask("nothing");
    const counters = floor.server.counters();
    expect(counters.connectionsAccepted).toBe(2 + frames / framesPerConnection);
    expect(counters.connectionsRefused).toBe(0);
    expect(counters.framesRefused).toBeGreaterThan(100);
    expect(counters.framesIn).toBeGreaterThan(500);
    expect(floor.logged.ofEvent("shard.lost")).toEqual([]);
    for (const client of honest) await client.close();
    await floor.stop();
  },
);
