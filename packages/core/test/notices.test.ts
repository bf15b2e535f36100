// Messages that need no answer: none of them counts as unanswered, however many come in a row, and a flood
// of them is held by the bounds that hold any message.

import { expect, test } from "bun:test";
import {
  type ClientMessage,
  defineProtocol,
  encodeFrame,
  type ServerMessage,
} from "@maru/protocol";
import { WireClient } from "@maru/testkit";
import { z } from "zod";
import { type CreateService, type EngineLimits, startServer } from "../src/mod.ts";
import type { SimulatedPeer } from "./simulated-peer.ts";
import { SimulatedServer } from "./simulated-server.ts";

const board = defineProtocol({
  name: "board",
  version: 1,
  commands: { total: { in: {}, reply: "sum", out: { moves: z.int() } } },
  notices: { move: { x: z.int().min(0) } },
});
type Command = ClientMessage<typeof board>;
type Message = ServerMessage<typeof board>;

function countingService() {
  const seen = { moves: 0 };
  const service: CreateService<Command, Message> = (port) => ({
    open() {},
    close() {},
    message(session, message) {
      if (message.type === "move") seen.moves += 1;
      if (message.type !== "total") return;
      port.reply(session, { type: "sum", re: message.id, moves: seen.moves });
    },
  });
  return { seen, service };
}

function start(limits: Partial<EngineLimits> = {}) {
  const { seen, service } = countingService();
  const server = new SimulatedServer({ protocol: board, service, limits });
  return { server, seen, peer: server.connect() };
}

const count = 10_000;
const moves = (times: number) =>
  Array.from({ length: times }, (_, x) => encodeFrame(JSON.stringify({ type: "move", x })));
const inOneChunk = (frames: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(frames));

/** Reads on whenever the shard takes more, as a kernel does. */
function settleAll(server: { settle(): void }, peer: SimulatedPeer): void {
  for (let turn = 0; turn < 50; turn += 1) {
    server.settle();
    peer.pump();
  }
}

test("ten thousand in a row are handled, and the command behind them is answered", () => {
  const { server, seen, peer } = start({ inflight: 4 });
  for (const frame of moves(count)) peer.bytes(frame);
  const id = peer.ask("total");
  settleAll(server, peer);
  expect(seen.moves).toBe(count);
  expect(peer.messages).toEqual([{ type: "sum", re: id, moves: count }]);
  expect(peer.connection.inflight).toBe(0);
});

test("ten thousand over a socket, too", async () => {
  const { seen, service } = countingService();
  const server = await startServer({ protocol: board, service, limits: { inflight: 4 } });
  const client = await WireClient.to(board, { port: server.port });
  await client.peer.sendBytes(inOneChunk(moves(count - 1)));
  await client.notify("move", { x: 7 });
  expect(await client.ask("total", {})).toEqual({ type: "sum", re: 1, moves: count });
  expect(seen.moves).toBe(count);
  // @ts-expect-error a notice is no command
  expect(client.tell("move", { x: 7 })).toBe(2);
  // @ts-expect-error a field has its type
  await client.notify("move", { x: "7" });
  await client.close();
  await server.stop();
});

test("they wait, as all does, behind as many unanswered commands as may be", () => {
  const { createService, answer } = holdingService();
  const server = new SimulatedServer({
    protocol: board,
    service: createService,
    limits: { inflight: 2 },
  });
  const peer = server.connect();
  peer.ask("total");
  peer.ask("total");
  peer.bytes(inOneChunk(moves(3)));
  server.settle();
  expect(answer.seen).toBe(0);
  answer.all();
  server.settle();
  expect(answer.seen).toBe(3);
});

/** Answers nothing until it is told to. */
function holdingService() {
  const held: (() => void)[] = [];
  const answer = {
    seen: 0,
    all() {
      for (const each of held.splice(0)) each();
    },
  };
  const createService: CreateService<Command, Message> = (port) => ({
    open() {},
    close() {},
    message(session, message) {
      if (message.type === "move") answer.seen += 1;
      if (message.type !== "total") return;
      held.push(() => port.reply(session, { type: "sum", re: message.id, moves: answer.seen }));
    },
  });
  return { createService, answer };
}

test("a flood is held by its rate: what is too much is dropped, and nothing is said of it", () => {
  const rates = [{ types: ["move"], perSecond: 10, burst: 20 }];
  const { server, seen, peer } = start({ rates });
  peer.bytes(inOneChunk(moves(500)));
  peer.ask("total");
  settleAll(server, peer);
  expect(seen.moves).toBe(20);
  expect(server.counters.read().framesRateLimited).toBe(480);
  expect(peer.messages).toMatchObject([{ type: "sum", moves: 20 }]);
});

test("a flood is held by the bytes that are read: what is too much waits", () => {
  const [frame] = moves(1) as [Uint8Array];
  const payload = frame.length - 4;
  const inboundBurstBytes = payload * 10;
  const { server, seen, peer } = start({ inboundRateBytes: payload, inboundBurstBytes });
  peer.bytes(inOneChunk(Array.from({ length: 500 }, () => frame)));
  server.settle();
  const atOnce = seen.moves;
  expect(atOnce).toBeLessThanOrEqual(11);
  server.pass(10_000);
  expect(seen.moves).toBeGreaterThan(atOnce);
  expect(seen.moves).toBeLessThanOrEqual(22);
});

test("one that breaks a rule can't be answered: it ends the connection, which names the field", () => {
  const { server, peer } = start();
  peer.ask("total");
  peer.say({ type: "move", x: -1 });
  server.settle();
  const reason = "Malformed: x: this field must be at least 0.";
  expect(peer.messages).toMatchObject([{ type: "sum" }, { code: "malformed", reason }]);
});

test("a service that answers one gives its session no right to more commands", () => {
  const answered: number[] = [];
  const server = new SimulatedServer({
    protocol: board,
    service: (port) => ({
      open() {},
      close() {},
      message(session, message) {
        if (message.type === "move") port.reply(session, { type: "sum", re: 1, moves: 0 });
        else answered.push(message.id);
      },
    }),
    limits: { inflight: 2 },
  });
  const peer = server.connect();
  peer.bytes(inOneChunk(moves(10)));
  server.settle();
  for (let times = 0; times < 5; times += 1) peer.ask("total");
  server.settle();
  expect(answered).toHaveLength(2);
});
