import { afterEach, describe, expect, test } from "bun:test";
import { encodeFrame, lengthPrefixed } from "@maru/protocol";
import { announceSeed, BytePeer, type PeerMessage, SeededRandom } from "@maru/testkit";
import { startServer, type WebSocketOptions } from "../src/mod.ts";
import { type FloorLimits, floorProtocol } from "./floor/floor-protocol.ts";
import { type FloorServer, startFloor } from "./floor/floor-server.ts";
import { createFloor } from "./floor/floor-service.ts";
import { FramedClient } from "./framing/framed-client.ts";
import {
  ClientDecoder,
  clientFrame,
  kind,
  upgradeRequest,
  webSocketClient,
} from "./framing/web-socket-client.ts";

let floor: FloorServer | null = null;
afterEach(async () => {
  await floor?.stop();
  floor = null;
});

interface Started extends FloorServer {
  /** A WebSocket that has greeted, and what it has heard beside messages. */
  enterPage(name: string): Promise<Page>;
}

interface Page {
  readonly client: FramedClient;
  readonly heard: ClientDecoder;
}

async function connectPage(port: number): Promise<Page> {
  const heard = new ClientDecoder();
  const client = await FramedClient.connect(port, webSocketClient, heard);
  await client.socket.send(upgradeRequest());
  return { client, heard };
}

async function start(
  options: {
    workers?: number;
    placement?: "main" | "shard";
    limits?: FloorLimits;
    webSocket?: WebSocketOptions;
  } = {},
): Promise<Started> {
  const { webSocket = { origins: [] }, ...rest } = options;
  const started = await startFloor({ ...rest, listen: { webSocket } });
  floor = started;
  const enterPage = async (name: string) => {
    const page = await connectPage(started.server.port);
    expect(await page.client.ask("hello", { name })).toMatchObject({ type: "welcome" });
    return page;
  };
  return { ...started, enterPage };
}

/** All that a server says to these bytes until it ends the connection. */
async function answerTo(port: number, bytes: Uint8Array, andEnd = false): Promise<string> {
  const chunks: Uint8Array[] = [];
  const peer = await BytePeer.connect(
    { port },
    { received: (chunk) => chunks.push(chunk), ended() {} },
  );
  await peer.send(bytes);
  if (andEnd) peer.end();
  await peer.closed;
  return Buffer.concat(chunks).toString();
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+) /.exec(answer)?.[1]);
const numbers = (messages: readonly PeerMessage[]) => messages.map(({ n }) => n as number);
const is = (type: string) => (message: PeerMessage) => message.type === type;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe.each([0, 2])("a request of HTTP, workers: %p", (workers) => {
  test("is answered plainly where it is no upgrade, and the connection ends", async () => {
    const { server } = await start({ workers, webSocket: { origins: ["https://chat.example"] } });
    const of = (headers: Record<string, string>, target = "/ws") =>
      answerTo(server.port, upgradeRequest(headers, target));
    expect(statusOf(await of({}, "/"))).toBe(404);
    expect(statusOf(await of({ Upgrade: "h2c" }))).toBe(426);
    expect(statusOf(await of({ "Sec-WebSocket-Key": "short" }))).toBe(400);
    expect(statusOf(await of({ Origin: "https://evil.example" }))).toBe(403);
    expect(statusOf(await of({ "X-Long": "x".repeat(9_000) }))).toBe(431);
    expect(statusOf(await answerTo(server.port, Buffer.from("GET / HTTP/1.1\r\n"), true))).toBe(
      503,
    );
    expect(server.counters().framesIn).toBe(0);
  });

  test("that is never whole is ended at the greeting's deadline", async () => {
    const { server } = await start({ workers, limits: { helloMs: 50, sweepMs: 10 } });
    const begun = upgradeRequest().subarray(0, 60);
    expect(statusOf(await answerTo(server.port, begun))).toBe(408);
    // An upgrade is no greeting: who says nothing behind it has no longer.
    const page = await connectPage(server.port);
    expect((await page.client.rest()).at(-1)).toMatchObject({ code: "hello_timeout" });
    expect(page.heard.close).toMatchObject({ code: 4001 });
  });

  test("is a frame out of bounds where no WebSocket was asked for", async () => {
    floor = await startFloor({ workers });
    const answer = await answerTo(floor.server.port, upgradeRequest());
    expect(answer).toContain('"code":"frame_too_large"');
  });

  test("may come in pieces, with a message behind it; the page's origin is welcome", async () => {
    const origin = "https://chat.example:8443";
    const { server } = await start({ workers, webSocket: { path: "/chat", origins: [origin] } });
    const heard = new ClientDecoder();
    const client = await FramedClient.connect(server.port, webSocketClient, heard);
    const request = upgradeRequest(
      { Origin: origin, "Sec-WebSocket-Protocol": "floor.v1" },
      "/chat",
    );
    for (const byte of request.subarray(0, 8)) await client.socket.send(Uint8Array.of(byte));
    const hello = client.frame("hello", { name: "page" });
    await client.socket.send(Buffer.concat([request.subarray(8), hello]));
    expect(await client.next(is("welcome"))).toMatchObject({ re: 1 });
    expect(heard.answer).toContain("sec-websocket-protocol: floor.v1");
  });
});

const placements = [
  { workers: 0, placement: "main" },
  { workers: 2, placement: "main" },
  { workers: 1, placement: "shard" },
] as const;

describe.each(placements)("a room of both, workers: $workers, $placement", (where) => {
  test("hears everything once and in one order, from members of both framings", async () => {
    const { server, enter, enterPage } = await start(where);
    const room = "both";
    const [members, each] = [6, 30];
    const peers = await Promise.all([1, 2, 3].map((n) => enter(`peer-${n}`)));
    const pages = await Promise.all([1, 2, 3].map((n) => enterPage(`page-${n}`)));
    for (const peer of peers) await peer.ask("join", { room });
    for (const { client } of pages) await client.ask("join", { room });
    for (let count = 0; count < each; count += 1) {
      const text = `${count} 한글 ✓ ${"길".repeat(count * 5)}`;
      for (const peer of peers) peer.tell("say", { room, text });
      for (const { client } of pages) await client.socket.send(client.frame("say", { room, text }));
    }
    const total = members * each;
    const heard = [
      ...(await Promise.all(peers.map(({ peer }) => peer.until("message", total)))),
      ...(await Promise.all(pages.map(({ client }) => client.until("message", total)))),
    ];
    for (const messages of heard) {
      expect(numbers(messages)).toEqual(upTo(total));
      expect(messages).toEqual(heard[0] as readonly PeerMessage[]);
    }
    expect(server.counters().deliveries).toBe(total * members);
    // The one kind of members may go, and the other hears on.
    for (const peer of peers) await peer.close();
    await pages[0]?.client.ask("say", { room, text: "on" });
    await pages[1]?.client.until("message", total + 1);
  });
});

describe.each([0, 2])("the end of a WebSocket, workers: %p", (workers) => {
  test("that does not read comes behind a whole message, with the reason", async () => {
    const { server, enter, enterPage } = await start({
      workers,
      limits: { outboundBytes: 200_000 },
    });
    const { client, heard } = await enterPage("slow");
    client.socket.pause();
    await client.socket.send(client.frame("flood", { count: 900, bytes: 20_000, andClose: false }));
    const watcher = await enter("watcher");
    while (server.counters().slowConsumers === 0) await watcher.ask("nothing");
    client.socket.resume();
    const messages = await client.rest();
    const fillers = numbers(messages.filter(is("filler")));
    expect(fillers).toEqual(upTo(fillers.length));
    expect(fillers.length).toBeLessThan(900);
    const last = messages.at(-1) as PeerMessage;
    expect(last).toMatchObject({ type: "close", code: "slow_consumer" });
    expect(heard.close).toEqual({ code: 4001, reason: `slow_consumer: ${last.reason}` });
    expect([heard.late, heard.bufferedBytes]).toEqual([0, 0]);
  });

  test("that the page closes comes behind its answers, with the page's own code", async () => {
    const { enter, enterPage } = await start({ workers });
    const watcher = await enter("watcher");
    await watcher.ask("join", { room: "gone" });
    const { client, heard } = await enterPage("leaver");
    const end = clientFrame(Uint8Array.of(0x0b, 0xb8), kind.close);
    const asked = [client.frame("nothing"), client.frame("nothing"), end, client.frame("nothing")];
    await client.socket.send(Buffer.concat(asked));
    expect((await client.rest()).filter(is("done"))).toHaveLength(2);
    expect(heard.close).toEqual({ code: 3000, reason: "" });
    expect(heard.late).toBe(0);
    const gone = { name: "leaver", code: "peer_closed" };
    expect(await watcher.peer.next("gone")).toMatchObject(gone);
  });

  test("of which only one side ended is a close frame too, behind the answers", async () => {
    const { enterPage } = await start({ workers });
    const { client, heard } = await enterPage("half");
    await client.socket.send(client.frame("nothing"));
    client.socket.end();
    expect((await client.rest()).at(-1)).toMatchObject({ type: "done" });
    expect(heard.close).toEqual({ code: 1000, reason: "" });
  });

  test("that the service asks for says whether to come back", async () => {
    const { enterPage } = await start({ workers });
    const { client, heard } = await enterPage("flooded");
    await client.socket.send(client.frame("flood", { count: 50, bytes: 500, andClose: true }));
    expect((await client.rest()).at(-1)).toMatchObject({ type: "close", code: "flooded" });
    expect(heard.close).toEqual({ code: 4000, reason: "flooded: That was it." });
  });

  test("that was silent for too long", async () => {
    const limits = { heartbeatMs: 40, heartbeatGraceMs: 10, sweepMs: 10 };
    const { enterPage } = await start({ workers, limits });
    const { client, heard } = await enterPage("silent");
    expect((await client.rest()).at(-1)).toMatchObject({ code: "heartbeat_timeout" });
    expect(heard.close).toMatchObject({ code: 4002 });
  });

  const broken: [string, number, Uint8Array[]][] = [
    ["binary", 1003, [clientFrame("{}", kind.binary)]],
    [
      "no UTF-8, over two fragments",
      1007,
      [
        clientFrame(Uint8Array.of(0xed), kind.text, false),
        clientFrame(Uint8Array.of(0x41), kind.continuation),
      ],
    ],
    [
      "a fragment above the bound",
      1009,
      [
        clientFrame("x".repeat(60_000), kind.text, false),
        clientFrame("x".repeat(6_000), kind.continuation, false),
      ],
    ],
    ["a frame of no meaning", 1002, [Uint8Array.of(0xff, 0xff)]],
  ];
  test.each(broken)("that is broken by %s has the standard's code", async (_name, code, frames) => {
    const { enterPage } = await start({ workers });
    const { client, heard } = await enterPage("broken");
    await client.socket.send(Buffer.concat([client.frame("nothing"), ...frames]));
    const messages = await client.rest();
    expect(messages.at(-2)).toMatchObject({ type: "done" });
    expect(messages.at(-1)?.type).toBe("close");
    expect(heard.close?.code).toBe(code);
  });
});

test("fragments and pings between them are one message, and pongs", async () => {
  const { enterPage } = await start();
  const { client, heard } = await enterPage("page");
  const [first, second] = ['{"type":"nothing","id":70,"of":"한', '글"}'];
  const bytes = Buffer.from(first + second);
  // Cut inside a character.
  const cut = Buffer.byteLength(first) - 1;
  await client.socket.send(
    Buffer.concat([
      clientFrame(bytes.subarray(0, cut), kind.text, false),
      clientFrame("here?", kind.ping),
      clientFrame("", kind.continuation, false),
      clientFrame(bytes.subarray(cut), kind.continuation),
    ]),
  );
  expect(await client.next(({ re }) => re === 70)).toMatchObject({ type: "done" });
  expect(heard.pongs).toEqual(["here?"]);
});

test("TCP and WebSocket keep to the same caps and limits", async () => {
  const { enter, enterPage, server } = await start({
    limits: { maxConnections: 2, rates: [{ perSecond: 1, burst: 3 }] },
  });
  const page = await enterPage("page");
  for (let count = 0; count < 2; count += 1) await page.client.ask("nothing");
  expect(await page.client.ask("nothing")).toMatchObject({ code: "rate_limited" });
  await enter("peer");
  const third = await FramedClient.connect(server.port, lengthPrefixed);
  expect((await third.rest()).at(-1)).toMatchObject({ code: "too_many_connections" });
});

test("a publication for all but one reaches the others, in both framings", async () => {
  const { server, port } = await startBoard();
  const pages = await Promise.all([1, 2].map(() => connectPage(port)));
  const peer = await FramedClient.connect(port, lengthPrefixed);
  const all = [...pages.map(({ client }) => client), peer];
  for (const client of all) await client.ask("hello", { name: "member" });
  for (const client of all) await client.ask("join", { room: "board" });
  for (const client of all) await client.ask("say", { room: "board", text: "moved" });
  for (const [index, client] of all.entries()) {
    const heard = await client.until("message", 2);
    expect(numbers(heard)).toEqual(upTo(3).filter((n) => n !== index + 1));
  }
  await server.stop();
});

/** The floor, where who says something does not hear it. */
async function startBoard() {
  const server = await startServer({
    protocol: floorProtocol,
    service: (port) => {
      let speaker: Parameters<typeof port.reply>[0] | null = null;
      const service = createFloor({
        ...port,
        reply(session, message) {
          if (message.type === "said") speaker = session;
          port.reply(session, message);
        },
        publish: (group, message) =>
          port.publish(group, message, speaker === null ? undefined : { except: speaker }),
      });
      return service;
    },
    listen: { webSocket: { origins: "any" } },
  });
  return { server, port: server.port };
}

describe("options that could let no page in are refused at the start", () => {
  const wrong: [string, WebSocketOptions][] = [
    ['path "ws"', { path: "ws", origins: [] }],
    ['path "/ws?x"', { path: "/ws?x", origins: [] }],
    ['origins: "chat.example"', { origins: ["chat.example"] }],
    ['origins: "https://chat.example/"', { origins: ["https://chat.example/"] }],
    ["requestBytes must be at least 512", { origins: [], requestBytes: 511 }],
  ];
  test.each(wrong)("%s", async (what, webSocket) => {
    const starting = startServer({
      protocol: floorProtocol,
      service: createFloor,
      listen: { webSocket },
    });
    await expect(starting).rejects.toThrow(what);
  });

  test("and frames so long that one could begin as a request does", async () => {
    const frameBytes = 0x47455420;
    const starting = startServer({
      protocol: floorProtocol,
      service: createFloor,
      limits: { frameBytes, outboundBytes: 2 * frameBytes, uplinkBytes: frameBytes },
      listen: { webSocket: { origins: [] } },
    });
    await expect(starting).rejects.toThrow("frameBytes");
  });
});

test("a frame of TCP is one still where WebSocket is on, however it is cut", async () => {
  const { server } = await start();
  const client = await FramedClient.connect(server.port, lengthPrefixed);
  const hello = client.frame("hello", { name: "peer" });
  for (const byte of hello) await client.socket.send(Uint8Array.of(byte));
  expect(await client.next(is("welcome"))).toMatchObject({ re: 1 });
  // Three bytes of a request, and then none.
  expect(await answerTo(server.port, Buffer.from("GET"), true)).toBe("");
  expect(await answerTo(server.port, encodeFrame("G"), false)).toContain("malformed");
});

/** A page's bytes that are sound, changed, cut or random. */
function hostileFrame(random: SeededRandom): Uint8Array {
  const shape = random.below(10);
  if (shape === 0) return random.bytes(random.between(1, 200));
  const opcode = random.chance(0.8) ? kind.text : random.below(16);
  const frame = clientFrame('{"type":"nothing","id":1}', opcode, random.chance(0.9));
  if (shape <= 5) return frame;
  for (let changes = random.between(1, 3); changes > 0; changes -= 1) {
    frame[random.below(frame.length)] = random.below(256);
  }
  return random.chance(0.2) ? frame.subarray(0, random.between(1, frame.length)) : frame;
}

async function attack(port: number, random: SeededRandom): Promise<void> {
  const peer = await BytePeer.connect({ port }, { received() {}, ended() {} });
  const request = upgradeRequest();
  if (random.chance(0.2)) request[random.below(request.length)] = random.below(256);
  await peer.send(request);
  if (random.chance(0.8)) await peer.send(clientFrame('{"type":"hello","id":1,"name":"fuzz"}'));
  for (let count = 0; count < 10; count += 1) {
    const frame = hostileFrame(random);
    const cut = random.below(frame.length);
    await peer.send(frame.subarray(0, cut));
    await peer.send(frame.subarray(cut));
  }
  if (random.chance(0.2)) peer.reset();
  else peer.end();
  await peer.closed;
}

test("1,000 hostile frames leave the server whole and the others undisturbed", async () => {
  const { server, watch, enter, enterPage } = await start({ limits: { drainMs: 1_000 } });
  const [peer, page] = [await enter("peer"), await enterPage("page")];
  const random = new SeededRandom(announceSeed("hostile pages"));
  for (let round = 0; round < 25; round += 1) {
    const attacks = Array.from({ length: 4 }, () => attack(server.port, random.fork()));
    await page.client.ask("nothing");
    await peer.ask("nothing");
    await Promise.all(attacks);
  }
  while (server.counters().connectionsOpen > 2) await peer.ask("nothing");
  while (watch.open > 2) await page.client.ask("nothing");
  const counters = server.counters();
  expect(counters.connectionsAccepted).toBe(2 + 100);
  expect(counters.framesRefused).toBeGreaterThan(20);
  expect(counters.framesIn).toBeGreaterThan(100);
});
