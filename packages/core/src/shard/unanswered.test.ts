import { expect, test } from "bun:test";
import { floorProtocol } from "../../test/floor/floor-protocol.ts";
import { watchedFloor } from "../../test/floor/floor-service.ts";
import type { SimulatedPeer } from "../../test/simulated-peer.ts";
import { SimulatedServer } from "../../test/simulated-server.ts";
import { defaultLimits, type EngineLimits } from "../base/limits.ts";

const heartbeat = { heartbeatMs: 60_000 };

function start(limits: Partial<EngineLimits> = {}) {
  const { createFloor } = watchedFloor();
  const server = new SimulatedServer({
    protocol: floorProtocol,
    service: createFloor,
    limits: { sweepMs: 1, ...heartbeat, ...limits },
  });
  const told = () => server.events.filter(({ event }) => event === "connection.unanswered");
  return { server, told };
}

function greeted(server: SimulatedServer, name = "ann"): SimulatedPeer {
  const peer = server.connect();
  peer.ask("hello", { name });
  server.settle();
  return peer;
}

const hold = (peer: SimulatedPeer, times: number) => {
  for (let count = 0; count < times; count += 1) peer.ask("hold");
};

test("by default the log is told after five seconds", () => {
  expect(defaultLimits.unansweredMs).toBe(5_000);
});

test("who stands at its bound with more behind it is told of once, after unansweredMs and not before", () => {
  const { server, told } = start({ inflight: 20, unansweredMs: 50 });
  const peer = greeted(server);
  for (let count = 0; count < 5; count += 1) peer.ask("join", { room: "lobby" });
  server.settle();
  hold(peer, 21);
  server.settle();
  server.pass(49);
  expect(told()).toEqual([]);
  server.pass(1);
  const fields = { connection: peer.connection.id, unanswered: 20, types: "hold" };
  expect(told()).toEqual([{ event: "connection.unanswered", fields }]);
  server.pass(500);
  expect(told()).toHaveLength(1);
});

test("the types of the newest unanswered commands are named, each once", () => {
  const server = new SimulatedServer({
    protocol: floorProtocol,
    service: (port) => ({
      open() {},
      close() {},
      message(session, { type, id: re }) {
        if (type !== "hello") return;
        port.accept(session);
        port.reply(session, { type: "welcome", re, heartbeatMs: 15_000, shard: 0 });
      },
    }),
    limits: { sweepMs: 1, unansweredMs: 50, inflight: 10, ...heartbeat },
  });
  const peer = greeted(server);
  // Eight are remembered: with ten unanswered, all but the first two.
  peer.ask("release");
  peer.ask("release");
  for (const type of ["hold", "nothing", "hold", "nothing", "hold", "hold", "hold"]) peer.ask(type);
  peer.ask("fail");
  peer.ask("nothing");
  server.settle();
  server.pass(50);
  expect(server.events.map(({ fields }) => fields.types)).toEqual(["hold nothing fail"]);
});

test("who has asked as much as it may, and nothing more, waits for its answers alone", () => {
  const { server, told } = start({ inflight: 3, unansweredMs: 50 });
  const peer = greeted(server);
  hold(peer, 3);
  server.settle();
  server.pass(500);
  expect(told()).toEqual([]);
  peer.ask("nothing");
  server.settle();
  server.pass(1);
  expect(told()).toHaveLength(1);
});

test("who is answered now and then is not told of, however often it stands at its bound", () => {
  const { server, told } = start({ inflight: 3, unansweredMs: 50 });
  const [peer, other] = [greeted(server, "ann"), greeted(server, "bob")];
  for (let round = 0; round < 10; round += 1) {
    hold(peer, 4);
    server.settle();
    server.pass(40);
    other.ask("release");
    server.settle();
  }
  expect(told()).toEqual([]);
});

test("a greeting that is not answered is told of by its type", () => {
  const server = new SimulatedServer({
    protocol: floorProtocol,
    service: () => ({ open() {}, message() {}, close() {} }),
    limits: { sweepMs: 1, unansweredMs: 50 },
  });
  const peer = server.connect();
  peer.ask("hello", { name: "ann" });
  peer.ask("nothing");
  server.settle();
  server.pass(50);
  expect(server.events.map(({ event, fields }) => [event, fields.types])).toEqual([
    ["connection.unanswered", "hello"],
  ]);
});

test("0 tells of none", () => {
  const { server, told } = start({ inflight: 3, unansweredMs: 0 });
  hold(greeted(server), 4);
  server.settle();
  server.pass(10_000);
  expect(told()).toEqual([]);
});
