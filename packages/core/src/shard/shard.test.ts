import { expect, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import { takesAll, takesNothing, takesUpTo } from "@maru/testkit";
import { floorProtocol } from "../../test/floor/floor-protocol.ts";
import { watchedFloor } from "../../test/floor/floor-service.ts";
import type { SimulatedPeer } from "../../test/simulated-peer.ts";
import { SimulatedServer } from "../../test/simulated-server.ts";
import type { EngineLimits } from "../base/limits.ts";

function start(limits: Partial<EngineLimits> = {}) {
  const { watch, createFloor } = watchedFloor();
  const server = new SimulatedServer({ protocol: floorProtocol, service: createFloor, limits });
  return { server, watch };
}

function greeted(server: SimulatedServer, name = "ann"): SimulatedPeer {
  const peer = server.connect();
  peer.ask("hello", { name });
  server.settle();
  expect(peer.ofType("welcome")).toHaveLength(1);
  return peer;
}

const closeOf = (peer: SimulatedPeer) => peer.ofType("close")[0]?.code;

test("who does not greet within the deadline is closed, and not a moment before", () => {
  const { server, watch } = start({ helloMs: 10_000 });
  const peer = server.connect();
  server.pass(9_999);
  expect(peer.messages).toEqual([]);
  server.pass(1_000);
  expect(peer.messages.map(({ code }) => code)).toEqual(["hello_timeout"]);
  expect(peer.socket.isShut).toBe(true);
  expect(watch.open).toBe(0);
});

test("strangers who say nothing make room for the next, the oldest first", () => {
  const { server, watch } = start({ helloPending: 3 });
  const silent = [1, 2, 3].map(() => server.connect());
  const honest = greeted(server, "honest");
  expect(silent.map(closeOf)).toEqual(["too_many_connections", undefined, undefined]);
  // Who has been greeted is counted no more.
  server.connect();
  server.settle();
  expect(silent.map(closeOf)).toEqual(["too_many_connections", undefined, undefined]);
  expect(closeOf(honest)).toBeUndefined();
  expect(watch.open).toBe(1);
});

test("a stranger's bytes are held back long before a guest's would be", () => {
  const { server } = start({ helloFrameBytes: 1_000, inboundBytes: 65_536 });
  const stranger = server.connect();
  stranger.ask("hello", { name: "ann" });
  // Not answered within this tick, so nothing behind it is read yet.
  stranger.bytes(new Uint8Array(2_001));
  expect(stranger.socket.isPaused).toBe(true);
});

test("a byte every so often is no greeting", () => {
  const { server } = start({ helloMs: 3_000 });
  const peer = server.connect();
  for (const byte of [0, 0, 0, 40, 123]) {
    peer.bytes(Uint8Array.of(byte));
    server.pass(1_000);
  }
  expect(closeOf(peer)).toBe("hello_timeout");
});

test("the heartbeat counts whole frames and not bytes", () => {
  const { server } = start({ heartbeatMs: 3_000, heartbeatGraceMs: 1_000 });
  const [alive, dribbling] = [greeted(server, "alive"), greeted(server, "dribbling")];
  const frame = encodeFrame(JSON.stringify({ type: "nothing", id: 99, of: "x".repeat(100) }));
  for (let second = 0; second < 10; second += 1) {
    server.pass(1_000);
    alive.ask("nothing");
    dribbling.bytes(frame.subarray(second, second + 1));
  }
  expect(closeOf(dribbling)).toBe("heartbeat_timeout");
  expect(closeOf(alive)).toBeUndefined();
});

test("who stays silent is closed after heartbeat and grace, and not before", () => {
  const { server, watch } = start({ heartbeatMs: 3_000, heartbeatGraceMs: 1_000 });
  const peer = greeted(server);
  server.pass(4_000);
  expect(closeOf(peer)).toBeUndefined();
  server.pass(1_000);
  expect(closeOf(peer)).toBe("heartbeat_timeout");
  expect(watch.open).toBe(0);
});

test("who waits for our answers is not taken for silent", () => {
  const { server } = start({ heartbeatMs: 3_000, heartbeatGraceMs: 1_000 });
  const waiting = greeted(server, "waiting");
  const other = greeted(server, "other");
  waiting.ask("hold");
  for (let second = 0; second < 6; second += 1) {
    server.pass(1_000);
    other.ask("nothing");
  }
  expect(closeOf(waiting)).toBeUndefined();
  other.ask("release");
  server.settle();
  server.pass(5_000);
  expect(closeOf(waiting)).toBe("heartbeat_timeout");
});

test("a closed connection is gone when the peer has answered the FIN", () => {
  const { server } = start();
  const peer = greeted(server);
  peer.ask("flood", { count: 3, bytes: 10, andClose: true });
  server.settle();
  expect(peer.messages.slice(-5).map(({ type }) => type)).toEqual([
    "filler",
    "filler",
    "filler",
    "done",
    "close",
  ]);
  expect(peer.socket.isShut).toBe(true);
  expect(peer.socket.isTerminated).toBe(false);
  peer.end();
  peer.gone();
  server.settle();
  expect(server.lanes[0]?.shard.connectionCount).toBe(0);
});

test("who does not take its farewell is ended after drainMs", () => {
  const { server } = start({ drainMs: 2_000 });
  const peer = greeted(server);
  peer.socket.takes(takesNothing);
  peer.ask("flood", { count: 1, bytes: 10, andClose: true });
  server.settle();
  server.pass(1_999);
  expect(peer.socket.isTerminated).toBe(false);
  server.pass(1_000);
  expect(peer.socket.isTerminated).toBe(true);
  expect(server.lanes[0]?.shard.connectionCount).toBe(0);
});

test("what a closing peer still sends is read and dropped", () => {
  const { server, watch } = start();
  const peer = greeted(server);
  peer.ask("flood", { count: 1, bytes: 10, andClose: true });
  server.settle();
  peer.ask("fail");
  peer.bytes(new Uint8Array(1000));
  server.settle();
  expect(peer.socket.isPaused).toBe(false);
  expect(peer.messages.at(-1)?.type).toBe("close");
  expect(watch.open).toBe(0);
});

test("nothing follows the farewell, whatever is still published and answered", () => {
  const { server } = start();
  const [peer, other] = [greeted(server), greeted(server, "bob")];
  for (const each of [peer, other]) each.ask("join", { room: "r" });
  server.settle();
  peer.ask("flood", { count: 1, bytes: 10, andClose: true });
  peer.ask("say", { room: "r", text: "too late" });
  other.ask("say", { room: "r", text: "hello?" });
  server.settle();
  expect(peer.messages.at(-1)?.type).toBe("close");
  expect(other.ofType("message").length).toBeGreaterThan(0);
});

test("a peer that has ended its side is still answered, and then ended", () => {
  const { server, watch } = start();
  const peer = greeted(server);
  for (let count = 0; count < 5; count += 1) peer.ask("nothing");
  peer.end();
  expect(peer.socket.isShut).toBe(false);
  server.settle();
  expect(peer.ofType("done")).toHaveLength(5);
  expect(peer.ofType("close")).toHaveLength(0);
  expect(peer.socket.isShut).toBe(true);
  expect(watch.open).toBe(0);
});

test("a peer that ends its side with more asked than may be unanswered gets all its answers", () => {
  const { server } = start({ inflight: 2 });
  const peer = greeted(server);
  for (let count = 0; count < 9; count += 1) peer.ask("nothing");
  peer.end();
  server.settle();
  expect(peer.ofType("done")).toHaveLength(9);
  expect(peer.socket.isShut).toBe(true);
});

test("a slow peer that has ended its side gets its answer to the last byte before the FIN", () => {
  const { server } = start();
  const peer = greeted(server);
  peer.socket.takes(takesNothing);
  peer.ask("nothing");
  peer.end();
  server.settle();
  expect(peer.socket.isShut).toBe(false);
  peer.socket.drain();
  expect(peer.ofType("done")).toHaveLength(1);
  expect(peer.socket.isShut).toBe(true);
});

test("all in one go, FIN included: greeting and commands are answered in turn", () => {
  const { server } = start();
  const peer = server.connect();
  peer.ask("hello", { name: "ann" });
  peer.ask("nothing");
  peer.end();
  server.settle();
  expect(peer.messages.map(({ type }) => type)).toEqual(["welcome", "done"]);
  expect(peer.socket.isShut).toBe(true);
});

test("a FIN gives no peer the right to be heard without a greeting", () => {
  const { server, watch } = start({ helloAttempts: 3 });
  const peer = server.connect();
  peer.ask("hello", { name: "nobody" });
  peer.ask("join", { room: "r" });
  peer.end();
  server.settle();
  expect(peer.messages.map(({ type, code }) => code ?? type)).toEqual([
    "not_welcome",
    "hello_required",
  ]);
  expect(watch.open).toBe(0);
});

test("a FIN gives no peer more greetings than others have", () => {
  const { server } = start({ helloAttempts: 2 });
  const peer = server.connect();
  for (let count = 0; count < 5; count += 1) peer.ask("hello", { name: "nobody" });
  peer.end();
  server.settle();
  expect(peer.messages.map(({ code }) => code)).toEqual([
    "not_welcome",
    "not_welcome",
    "hello_attempts",
  ]);
});

test("who connects and ends at once is let go without a word", () => {
  const { server, watch } = start();
  const peer = server.connect();
  peer.end();
  server.settle();
  expect(peer.messages).toEqual([]);
  expect(peer.socket.isShut).toBe(true);
  expect(watch.open).toBe(0);
});

test("a socket that vanishes is reported once and counted out", () => {
  const { server, watch } = start();
  const peer = greeted(server);
  expect(watch.open).toBe(1);
  peer.gone();
  server.settle();
  expect(watch.open).toBe(0);
  expect(server.counters.read().connectionsOpen).toBe(0);
});

test("a slow reader gets the frame that had begun, then why it is cut, and nothing else", () => {
  const { server, watch } = start({ frameBytes: 35_000, outboundBytes: 70_000 });
  const [slow, quick] = [greeted(server, "slow"), greeted(server, "quick")];
  for (const each of [slow, quick]) each.ask("join", { room: "r" });
  server.settle();
  const before = slow.socket.output.length;
  slow.socket.takes(takesUpTo(10));
  for (let count = 0; count < 20; count += 1) {
    quick.ask("say", { room: "r", text: "x".repeat(10_000) });
    server.settle();
  }
  expect(slow.socket.output.length).toBe(before + 10);
  expect(watch.open).toBe(1);
  slow.socket.drain(takesAll);
  const { messages, restBytes } = slow.heard;
  expect(restBytes).toBe(0);
  expect(messages.slice(-2).map(({ type, code }) => code ?? type)).toEqual([
    "message",
    "slow_consumer",
  ]);
  expect(slow.socket.isShut).toBe(true);
  expect(quick.ofType("message")).toHaveLength(20);
  expect(server.counters.read().slowConsumers).toBe(1);
});

/** From all that fits, over the farewell alone that doesn't, to an answer that doesn't. */
const lastBytes = [9_000, 9_450, 9_500, 9_550, 9_600, 9_650, 9_700];

test.each(lastBytes)("a slow reader is told why it ends, with %p bytes before that", (bytes) => {
  const { server } = start({ frameBytes: 35_000, outboundBytes: 70_000 });
  const slow = greeted(server, "slow");
  slow.socket.takes(takesNothing);
  slow.ask("flood", { count: 6, bytes: 10_000, andClose: false });
  server.settle();
  slow.ask("flood", { count: 1, bytes, andClose: true });
  server.settle();
  slow.socket.drain();
  const { messages, restBytes } = slow.heard;
  expect(restBytes).toBe(0);
  expect(messages.at(-1)?.type).toBe("close");
  expect(slow.socket.isShut).toBe(true);
});

test("the service learns that a slow reader was cut without anything else having to happen", () => {
  const { server, watch } = start({ frameBytes: 35_000, outboundBytes: 70_000 });
  const slow = greeted(server, "slow");
  slow.socket.takes(takesNothing);
  slow.ask("flood", { count: 8, bytes: 10_000, andClose: false });
  server.settle();
  expect(server.counters.read().slowConsumers).toBe(1);
  expect(watch.open).toBe(0);
});

test("a reader that takes its bytes late, but within the bound, loses none", () => {
  const { server } = start({ frameBytes: 35_000, outboundBytes: 70_000 });
  const peer = greeted(server);
  for (let round = 0; round < 10; round += 1) {
    peer.socket.takes(takesNothing);
    peer.ask("flood", { count: 6, bytes: 10_000, andClose: false });
    server.settle();
    peer.socket.drain();
  }
  expect(peer.ofType("filler")).toHaveLength(60);
  expect(peer.ofType("done")).toHaveLength(10);
});

test("who asks faster than it is answered is no longer read, and read again when answered", () => {
  const { server, watch } = start({ inflight: 4, inboundBytes: 1_000 });
  const [peer, other] = [greeted(server), greeted(server, "bob")];
  const asked = 100;
  for (let count = 0; count < asked; count += 1) peer.ask("hold");
  server.settle();
  expect(peer.socket.isPaused).toBe(true);
  expect(watch.heldMax).toBe(4);
  for (let round = 0; round < asked && peer.ofType("done").length < asked; round += 1) {
    other.ask("release");
    server.settle();
    peer.pump();
    server.settle();
  }
  expect(peer.ofType("done").map(({ re }) => re)).toEqual(
    Array.from({ length: asked }, (_, index) => index + 2),
  );
  expect(peer.socket.isPaused).toBe(false);
});

test.each([1, 2, 3, 5, 7])("with %p in flight a pause always ends", (inflight) => {
  const { server } = start({ inflight, inboundBytes: 1_000 });
  const peer = greeted(server);
  const frames = Array.from({ length: 60 }, (_, index) =>
    encodeFrame(JSON.stringify({ type: "nothing", id: index + 2, of: "x".repeat(40) })),
  );
  peer.bytes(Buffer.concat(frames));
  server.settle();
  peer.ask("nothing");
  peer.pump();
  server.settle();
  expect(peer.ofType("done")).toHaveLength(61);
  expect(peer.socket.isPaused).toBe(false);
});

test("no connection is handled for more than its turn before the others have had theirs", () => {
  const { server } = start({ framesPerTurn: 4, inflight: 100 });
  const [busy, calm] = [greeted(server, "busy"), greeted(server, "calm")];
  const frames = Array.from({ length: 40 }, (_, index) =>
    encodeFrame(JSON.stringify({ type: "say", id: index + 2, room: "r", text: "" })),
  );
  calm.ask("join", { room: "r" });
  server.settle();
  busy.bytes(Buffer.concat(frames));
  calm.ask("say", { room: "r", text: "me" });
  server.settle();
  const place = calm.ofType("message").findIndex(({ from }) => from === "calm");
  expect(place).toBeGreaterThanOrEqual(0);
  expect(place).toBeLessThanOrEqual(8);
  expect(calm.ofType("message")).toHaveLength(41);
});

test("a stopping shard tells each peer to go, and each that still comes", () => {
  const { server } = start();
  const peers = [greeted(server), greeted(server, "bob")];
  const afterMs = [7, 8, 9][Symbol.iterator]();
  server.lanes[0]?.shard.stop(() => ({
    code: "shutdown",
    reason: "",
    reconnect: "backoff",
    afterMs: afterMs.next().value as number,
  }));
  server.settle();
  const late = server.connect();
  server.settle();
  const closes = [...peers, late].map((peer) => peer.ofType("close")[0]);
  expect(closes.map((close) => close?.code)).toEqual(["shutdown", "shutdown", "shutdown"]);
  expect(closes.map((close) => close?.afterMs)).toEqual([7, 8, 9]);
});

test("a socket that no longer knows where it came from is still a peer, and does no harm", () => {
  const { server, watch } = start({ maxConnectionsPerIp: 10 });
  const gone = server.connect({ address: null });
  const other = greeted(server);
  gone.ask("hello", { name: "gone" });
  server.settle();
  expect(watch.open).toBe(2);
  expect(other.ofType("close")).toEqual([]);
});

test("bytes beyond the allowance stay unread until it has refilled, whatever frames they make", () => {
  const limits = { inboundRateBytes: 1_000, inboundBurstBytes: 4_000, inboundBytes: 8_000 };
  const { server } = start(limits);
  const [flooding, honest] = [greeted(server, "flooding"), greeted(server, "honest")];
  // The last one overdraws it: 0.9 of a second is owed.
  for (let count = 0; count < 40; count += 1) flooding.ask("nothing", { of: "x".repeat(960) });
  server.settle();
  const answered = () => flooding.ofType("done").length;
  const first = answered();
  expect(first).toBeGreaterThanOrEqual(3);
  expect(first).toBeLessThanOrEqual(5);
  expect(flooding.socket.isPaused).toBe(true);
  honest.ask("nothing");
  server.settle();
  expect(honest.ofType("done")).toHaveLength(1);
  server.pass(10_000);
  expect(answered() - first).toBeGreaterThanOrEqual(9);
  expect(answered() - first).toBeLessThanOrEqual(11);
  expect(closeOf(flooding)).toBeUndefined();
});

test("what is refused is held back like what is taken", () => {
  const { server } = start({ inboundRateBytes: 1_000, inboundBurstBytes: 4_000 });
  const peer = greeted(server);
  for (let count = 0; count < 40; count += 1) peer.ask("no-such", { of: "x".repeat(960) });
  server.settle();
  expect(peer.ofType("error").length).toBeLessThanOrEqual(5);
  server.pass(60_000);
  expect(peer.ofType("error")).toHaveLength(40);
});

test("without a rate of bytes nothing waits", () => {
  const { server } = start({ inboundRateBytes: 0, inboundBurstBytes: 1 });
  const peer = greeted(server);
  for (let count = 0; count < 100; count += 1) peer.ask("nothing", { of: "x".repeat(1_000) });
  server.settle();
  expect(peer.ofType("done")).toHaveLength(100);
});
