import { afterEach, describe, expect, test } from "bun:test";
import { type Framing, lengthPrefixed } from "@maru/protocol";
import { type Server, startServer, type WebSocketOptions } from "../src/mod.ts";
import { type FloorLimits, floorWith } from "./floor/floor-protocol.ts";
import { createFloor } from "./floor/floor-service.ts";
import { FramedClient } from "./framing/framed-client.ts";
import { busy, createGuardedClient, guarded, kind, question, unit } from "./framing/guarded.ts";
import { jsonLines } from "./framing/json-lines.ts";
import { upgradeRequest, webSocketClient } from "./framing/web-socket-client.ts";

let server: Server | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

interface Case {
  readonly framing: Framing;
  readonly shard: string;
  readonly webSocket?: WebSocketOptions;
  connect(port: number): Promise<FramedClient>;
}

const cases: Record<string, Case> = {
  "length-prefixed": {
    framing: lengthPrefixed,
    shard: "floor/floor-shard.ts",
    connect: (port) => FramedClient.connect(port, lengthPrefixed),
  },
  "JSON lines": {
    framing: jsonLines,
    shard: "framing/json-lines-shard.ts",
    connect: (port) => FramedClient.connect(port, jsonLines),
  },
  "a handshake and control frames": {
    framing: guarded,
    shard: "framing/guarded-shard.ts",
    async connect(port) {
      const client = await FramedClient.connect(port, guarded, createGuardedClient());
      await client.socket.send(question);
      return client;
    },
  },
  WebSocket: {
    framing: lengthPrefixed,
    shard: "floor/floor-shard.ts",
    webSocket: { origins: [] },
    async connect(port) {
      const client = await FramedClient.connect(port, webSocketClient);
      await client.socket.send(upgradeRequest());
      return client;
    },
  },
};

async function start(of: Case, workers: number, limits: FloorLimits = {}) {
  server = await startServer({
    protocol: floorWith(of.framing),
    service: createFloor,
    workers,
    listen: of.webSocket === undefined ? {} : { webSocket: of.webSocket },
    shard: new URL(of.shard, import.meta.url),
    limits,
  });
  const { port } = server;
  const enter = async (name: string) => {
    const client = await of.connect(port);
    expect(await client.ask("hello", { name })).toMatchObject({ type: "welcome" });
    return client;
  };
  return { port, enter, connect: () => of.connect(port), server };
}

const settings = Object.keys(cases).flatMap((name) => [0, 2].map((workers) => ({ name, workers })));
const is = (type: string) => (message: { type: string }) => message.type === type;

describe.each(settings)("$name, workers: $workers", ({ name, workers }) => {
  const of = cases[name] as Case;

  test("what is said reaches every member, a byte at a time too", async () => {
    const { enter } = await start(of, workers);
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    for (const client of [ann, bob]) await client.ask("join", { room: "r" });
    const text = "안녕 \n".repeat(40);
    for (const byte of ann.frame("say", { room: "r", text })) {
      await ann.socket.send(Uint8Array.of(byte));
    }
    for (const client of [ann, bob]) {
      expect(await client.next(is("message"))).toMatchObject({ from: "ann", text });
    }
  });

  test("the engine's own answers and farewells come in the same frames", async () => {
    const { enter, connect } = await start(of, workers, { frameBytes: 4_096 });
    const ann = await enter("ann");
    expect(await ann.ask("dance")).toMatchObject({ type: "error", code: "unknown_type" });
    await ann.socket.send(ann.frame("say", { room: "r", text: "x".repeat(5_000) }));
    expect((await ann.rest()).at(-1)).toMatchObject({ type: "close", code: "frame_too_large" });
    const early = await connect();
    await early.socket.send(early.frame("nothing"));
    expect((await early.rest()).at(-1)).toMatchObject({ type: "close", code: "hello_required" });
  });

  test("the service's close is the last frame, behind all that was sent", async () => {
    const { enter } = await start(of, workers);
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    await bob.ask("join", { room: "gone" });
    await ann.socket.send(ann.frame("flood", { count: 50, bytes: 500, andClose: true }));
    const messages = await ann.rest();
    expect(messages.filter(is("filler"))).toHaveLength(50);
    const reason = { code: "flooded", reason: "That was it.", reconnect: "never" };
    expect(messages.at(-1)).toEqual({ type: "close", ...reason });
    expect(await bob.next(is("gone"))).toMatchObject({ name: "ann", code: "flooded" });
  });

  test("a slow reader is cut between two frames, and told", async () => {
    const running = await start(of, workers, { outboundBytes: 200_000 });
    const slow = await running.enter("slow");
    slow.socket.pause();
    await slow.socket.send(slow.frame("flood", { count: 900, bytes: 20_000, andClose: false }));
    const watcher = await running.enter("watcher");
    while (running.server.counters().slowConsumers === 0) await watcher.ask("nothing");
    slow.socket.resume();
    const messages = await slow.rest();
    expect(messages.at(-1)).toMatchObject({ type: "close", code: "slow_consumer" });
    expect(slow.decoder.bufferedBytes).toBe(0);
    const numbers = messages.filter(is("filler")).map(({ n }) => n as number);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  test("a stopping server tells everyone", async () => {
    const { enter, server: running } = await start(of, workers);
    const ann = await enter("ann");
    await running.stop();
    expect((await ann.rest()).at(-1)).toMatchObject({ type: "close", code: "shutdown" });
  });
});

describe.each([0, 2])("what a framing says itself, workers: %p", (workers) => {
  const of = cases["a handshake and control frames"] as Case;
  const connectBare = (port: number) => FramedClient.connect(port, guarded, createGuardedClient());
  const received = (client: FramedClient) => Buffer.concat(client.chunks);

  test("goes before the first frame, though the handshake comes in pieces and with a command", async () => {
    const { port } = await start(of, workers);
    const client = await connectBare(port);
    await client.socket.send(question.subarray(0, 3));
    const hello = client.frame("dance");
    await client.socket.send(Buffer.concat([question.subarray(3), hello]));
    // The engine's own word, in the turn in which the handshake is answered.
    expect((await client.rest()).at(-1)).toMatchObject({ code: "hello_required" });
    expect(received(client).toString("latin1")).toStartWith("MARU!\n");
  });

  test("answers pings between the frames, before what comes later", async () => {
    const { enter } = await start(of, workers);
    const ann = await enter("ann");
    await ann.socket.send(unit(kind.ping, Uint8Array.of(7)));
    await ann.ask("nothing");
    const { pongs } = ann.decoder as ReturnType<typeof createGuardedClient>;
    expect(pongs.map((bytes) => [...bytes])).toEqual([[7]]);
  });

  test("ends as a FIN does: what was asked is answered, and its own word is the last", async () => {
    const { enter } = await start(of, workers);
    const ann = await enter("ann");
    await ann.socket.send(Buffer.concat([ann.frame("nothing"), unit(kind.end)]));
    expect((await ann.rest()).at(-1)).toMatchObject({ type: "done" });
  });

  test("stands behind a close, and in its place where no handshake has been", async () => {
    const { port, enter } = await start(of, workers, { maxConnections: 1 });
    const ann = await enter("ann");
    const refused = await connectBare(port);
    await refused.rest();
    expect(received(refused).equals(busy)).toBe(true);
    await ann.socket.send(ann.frame("flood", { count: 1, bytes: 1, andClose: true }));
    expect((await ann.rest()).at(-1)).toMatchObject({ type: "close", code: "flooded" });
    expect([...received(ann).subarray(-2)]).toEqual([...unit(kind.end)]);
  });

  test("a stream that is no handshake is ended", async () => {
    const { port } = await start(of, workers);
    const client = await connectBare(port);
    await client.socket.send(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    await client.rest();
    expect(received(client).equals(busy)).toBe(true);
  });
});
