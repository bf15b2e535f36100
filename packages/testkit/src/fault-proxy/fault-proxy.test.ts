import { afterEach, describe, expect, test } from "bun:test";
import type { Socket } from "bun";
import { BytePeer, type PeerEnd } from "../byte-peer.ts";
import { withDeadline } from "../deadline.ts";
import { announceSeed, SeededRandom } from "../seeded-random.ts";
import { VirtualClock } from "../virtual-clock.ts";
import { type FaultProxy, type FaultProxyOptions, startFaultProxy } from "./fault-proxy.ts";
import type { ProxiedConnection } from "./proxied-connection.ts";

const random = new SeededRandom(announceSeed("fault proxy"));
const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

/** What one end of a connection hears, and when. */
class Ear {
  readonly chunks: Uint8Array[] = [];
  readonly fin = Promise.withResolvers<void>();
  readonly closed = Promise.withResolvers<PeerEnd>();
  /** The server's socket; null at the client's end. */
  socket: Socket<Ear> | null = null;
  #looks: (() => void)[] = [];

  get bytes(): Uint8Array {
    return Buffer.concat(this.chunks);
  }

  hear(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    for (const look of this.#looks) look();
  }

  /** Resolves with everything heard once that is `count` bytes. */
  until(count: number): Promise<Uint8Array> {
    const { promise, resolve } = Promise.withResolvers<Uint8Array>();
    const heard = () => this.chunks.reduce((sum, { length }) => sum + length, 0);
    const look = () => heard() >= count && resolve(this.bytes);
    this.#looks.push(look);
    look();
    return withDeadline(promise, 4000, () => `${heard()} bytes of ${count}`);
  }
}

/** A server whose connections are ears; they answer a FIN with theirs. */
function listen(): { port: number; next(): Promise<Ear> } {
  const waiting: ((ear: Ear) => void)[] = [];
  const server = Bun.listen<Ear>({
    hostname: "127.0.0.1",
    port: 0,
    allowHalfOpen: true,
    socket: {
      open(socket) {
        socket.data = new Ear();
        socket.data.socket = socket;
        waiting.shift()?.(socket.data);
      },
      data: (socket, chunk) => socket.data.hear(chunk),
      end(socket) {
        socket.data.fin.resolve();
        socket.shutdown();
      },
      close: (socket, error) => socket.data.closed.resolve(error ? "reset" : "closed"),
    },
  });
  cleanups.push(() => server.stop(true));
  return {
    port: server.port,
    next() {
      const { promise, resolve } = Promise.withResolvers<Ear>();
      waiting.push(resolve);
      return promise;
    },
  };
}

interface Line {
  readonly proxy: FaultProxy;
  readonly connection: ProxiedConnection;
  readonly client: BytePeer;
  /** What the client hears. */
  readonly ear: Ear;
  readonly server: Ear;
}

/** A client, the proxy and a server, connected. */
async function connect(options: Partial<FaultProxyOptions> = {}): Promise<Line> {
  const target = listen();
  const proxy = startFaultProxy({
    target: { hostname: "127.0.0.1", port: target.port },
    random: random.fork(),
    ...options,
  });
  cleanups.push(() => proxy.stop());
  const ear = new Ear();
  const accepted = target.next();
  const client = await BytePeer.connect(
    { port: proxy.port, lingers: true },
    { received: (chunk) => ear.hear(chunk), ended: () => ear.fin.resolve() },
  );
  const server = await accepted;
  const [connection] = proxy.connections;
  return { proxy, client, ear, server, connection: connection as ProxiedConnection };
}

describe("bytes arrive unchanged and in order", () => {
  const faults: [string, FaultProxyOptions["faults"], number][] = [
    ["without a fault", {}, 3_000_000],
    ["in slices", { sliceBytes: 40 }, 20_000],
    ["late, each a different time", { latencyMs: 1, jitterMs: 5 }, 1_000_000],
    ["slowly", { bytesPerSecond: 500_000 }, 40_000],
    [
      "with all of that at once",
      { sliceBytes: 3000, latencyMs: 1, jitterMs: 3, bytesPerSecond: 400_000 },
      40_000,
    ],
  ];
  for (const [name, fault = {}, count] of faults) {
    test(`${name}, both ways`, async () => {
      const { client, ear, server, proxy } = await connect({ faults: fault });
      const [up, down] = [random.bytes(count), random.bytes(20_000)];
      for (let at = 0; at < up.length; at += 10_000) void client.send(up.slice(at, at + 10_000));
      expect(server.socket?.write(down)).toBe(down.length);
      expect(Buffer.compare(await server.until(count), up)).toBe(0);
      expect(Buffer.compare(await ear.until(down.length), down)).toBe(0);
      client.end();
      expect(await client.closed).toBe("closed");
      expect(await server.closed.promise).toBe("closed");
      await turnsUntil(() => proxy.connections.length === 0);
    });
  }

  test("and slices come as pieces", async () => {
    const { client, server } = await connect({ faults: { sliceBytes: 10 } });
    await client.send(random.bytes(500));
    await server.until(500);
    expect(server.chunks.length).toBeGreaterThan(10);
  });
});

describe("time passes by the clock that is handed in", () => {
  test("latency, which holds a FIN back too", async () => {
    const clock = new VirtualClock();
    const { client, connection, server, proxy } = await connect({ clock });
    proxy.set({ latencyMs: 50 }, "upstream");
    proxy.set({ latencyMs: 0 }, "downstream");
    await client.send(Uint8Array.of(1, 2, 3));
    client.end();
    // The proxy has read both when both timers are set.
    await turnsUntil(() => clock.pending === 2);
    clock.advance(49);
    expect(connection.heldBytes("upstream")).toBe(3);
    clock.advance(1);
    expect(connection.passedBytes("upstream")).toBe(3);
    await server.fin.promise;
    expect([...server.bytes]).toEqual([1, 2, 3]);
  });

  test("bandwidth, to the byte", async () => {
    const clock = new VirtualClock();
    const faults = { bytesPerSecond: 1000 };
    const { client, connection, server } = await connect({ clock, faults });
    await client.send(new Uint8Array(100));
    await turnsUntil(() => clock.pending === 1);
    clock.advance(59);
    // Pieces of 20 ms: the one of this moment went at its beginning.
    expect(connection.passedBytes("upstream")).toBe(60);
    clock.advance(21);
    expect(connection.passedBytes("upstream")).toBe(100);
    await server.until(100);
  });
});

describe("a connection ends", () => {
  test("with a reset on both sides, all of them at once", async () => {
    const { client, server, proxy } = await connect();
    proxy.resetAll();
    expect(await Promise.all([client.closed, server.closed.promise])).toEqual(["reset", "reset"]);
    expect(proxy.connections).toEqual([]);
  });

  test("with a reset after so many bytes, and not one more", async () => {
    const { client, server, connection, proxy } = await connect();
    await client.send(new Uint8Array(500));
    await server.until(500);
    proxy.set({ limit: { bytes: 1000, end: "reset" } }, "upstream");
    await client.send(new Uint8Array(5000));
    expect(await Promise.all([client.closed, server.closed.promise])).toEqual(["reset", "reset"]);
    expect(connection.passedBytes("upstream")).toBe(1500);
    expect(server.bytes.length).toBeLessThanOrEqual(1500);
  });

  test("with a FIN on both sides after so many bytes, whether or not one answers it", async () => {
    const faults = { limit: { bytes: 70, end: "close" } } as const;
    const { client, ear, server, proxy } = await connect({ faults });
    await client.send(new Uint8Array(100));
    await Promise.all([server.fin.promise, ear.fin.promise]);
    expect(server.bytes).toHaveLength(70);
    await turnsUntil(() => proxy.connections.length === 0);
    client.reset();
  });

  test("as the other side ends it: a reset stays one", async () => {
    const one = await connect();
    one.client.reset();
    expect(await one.server.closed.promise).toBe("reset");
    const other = await connect();
    other.server.socket?.terminate();
    expect(await other.client.closed).toBe("reset");
  });

  test("half at a time: after the client's FIN the server may answer", async () => {
    const { client, ear, server, proxy } = await connect();
    proxy.set({ blackhole: true }, "downstream");
    client.end();
    await server.fin.promise;
    proxy.set({ blackhole: false });
    await ear.fin.promise;
    expect(await client.closed).toBe("closed");
  });

  test("when the server can't be reached", async () => {
    const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
    const target = { hostname: "127.0.0.1", port: probe.port };
    probe.stop(true);
    const proxy = startFaultProxy({ target, random: random.fork() });
    cleanups.push(() => proxy.stop());
    const client = await BytePeer.connect({ port: proxy.port }, { received() {}, ended() {} });
    expect(await client.closed).toBe("reset");
  });
});

describe("a blackhole", () => {
  test("holds one direction and lets the other pass; lifted, nothing is missing", async () => {
    const { client, ear, server, connection, proxy } = await connect();
    proxy.set({ blackhole: true }, "upstream");
    await client.send(Uint8Array.of(1, 2));
    await turnsUntil(() => connection.heldBytes("upstream") === 2);
    server.socket?.write(Uint8Array.of(3));
    await ear.until(1);
    expect(server.chunks).toEqual([]);
    proxy.set({ blackhole: false });
    expect([...(await server.until(2))]).toEqual([1, 2]);
  });

  test("hides that the client is gone until it is lifted", async () => {
    const { client, server, connection, proxy } = await connect();
    proxy.set({ blackhole: true });
    client.reset();
    await client.closed;
    expect(await Promise.race([server.closed.promise, turns(20)])).toBeUndefined();
    expect(proxy.connections).toEqual([connection]);
    proxy.set({ blackhole: false });
    expect(await server.closed.promise).toBe("reset");
  });
});

test("who doesn't read holds the sender back: the proxy keeps its bound", async () => {
  const bufferBytes = 64 * 1024;
  /** What Bun reads at once. */
  const readBytes = 512 * 1024;
  const count = 32 * 1024 * 1024;
  const { client, server, connection } = await connect({ bufferBytes });
  server.socket?.pause();
  const bytes = random.bytes(1024);
  const sent = client.send(Buffer.alloc(count, bytes));
  // Turns go by until nothing moves any more: each kernel buffer on the way is full.
  let [before, still] = [-1, 0];
  while (still < 200) {
    await turn();
    expect(connection.heldBytes("upstream")).toBeLessThan(bufferBytes + readBytes);
    still = client.unsentBytes === before ? still + 1 : 0;
    before = client.unsentBytes;
  }
  expect(connection.heldBytes("upstream")).toBeGreaterThanOrEqual(bufferBytes);
  expect(client.unsentBytes).toBeGreaterThan(count / 4);
  server.socket?.resume();
  await sent;
  expect(Buffer.compare(await server.until(count), Buffer.alloc(count, bytes))).toBe(0);
});

test("a reset overtakes what a slow reader doesn't take", async () => {
  const { client, server, connection } = await connect({ bufferBytes: 1024 });
  server.socket?.pause();
  void client.send(new Uint8Array(16 * 1024 * 1024));
  await turnsUntil(() => connection.heldBytes("upstream") > 0);
  client.reset();
  expect(await server.closed.promise).toBe("reset");
});

test("faults that make no sense are refused", async () => {
  const { proxy } = await connect();
  expect(() => proxy.set({ sliceBytes: 0 })).toThrow("sliceBytes is 0");
  expect(() => proxy.set({ latencyMs: -1 })).toThrow("latencyMs is -1");
  expect(() => proxy.set({ bytesPerSecond: 0.5 })).toThrow("bytesPerSecond is 0.5");
});

test("a stopped proxy accepts no connection", async () => {
  const { proxy, client } = await connect();
  proxy.stop();
  expect(await client.closed).toBe("reset");
  const again = BytePeer.connect({ port: proxy.port }, { received() {}, ended() {} });
  await expect(again).rejects.toThrow();
});

/** One turn of the event loop, sockets included. */
function turn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  return promise;
}

async function turns(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await turn();
}

/** For what happens inside the proxy, of which no event tells; a test that fails runs into its time. */
async function turnsUntil(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await turn();
}
