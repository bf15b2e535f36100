import { afterEach, expect, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import type { Socket, TCPSocketListener } from "bun";
import { FramePeer } from "./frame-peer.ts";

let server: TCPSocketListener<undefined> | null = null;
afterEach(() => {
  server?.stop(true);
  server = null;
});

/** A server of a few lines: what comes is handed to `data`, and a FIN is answered by one. */
function serve(on: {
  open?: (socket: Socket<undefined>) => void;
  data?: (socket: Socket<undefined>, chunk: Uint8Array) => void;
}): number {
  server = Bun.listen<undefined>({
    hostname: "127.0.0.1",
    port: 0,
    allowHalfOpen: true,
    socket: {
      open: on.open ?? (() => {}),
      data: on.data ?? (() => {}),
      end: (socket) => void socket.shutdown(),
    },
  });
  return server.port;
}

const echo = (socket: Socket<undefined>, chunk: Uint8Array) => void socket.write(chunk);
const frames = (...messages: object[]) =>
  Buffer.concat(messages.map((message) => encodeFrame(JSON.stringify(message))));

test("awaits the next message of a type and skips the others before it", async () => {
  const peer = await FramePeer.connect({ port: serve({ data: echo }) });
  await peer.sendBytes(
    frames({ type: "a" }, { type: "b", n: 1 }, { type: "a" }, { type: "b", n: 2 }),
  );
  expect(await peer.next("b")).toEqual({ type: "b", n: 1 });
  expect(await peer.next(({ n }) => n === 2)).toEqual({ type: "b", n: 2 });
  expect(peer.received).toHaveLength(4);
  peer.socket.end();
  expect(await peer.closed()).toBe("closed");
});

test("waits that overlap are served in order, one message each", async () => {
  const peer = await FramePeer.connect({ port: serve({ data: echo }) });
  const waits = [peer.next(), peer.next("b"), peer.next()];
  await peer.sendBytes(frames({ type: "a" }, { type: "x" }, { type: "b" }, { type: "c" }));
  expect((await Promise.all(waits)).map(({ type }) => type)).toEqual(["a", "b", "c"]);
  peer.socket.end();
  await peer.closed();
});

test("a frame that comes byte by byte is one message", async () => {
  const [frame] = [frames({ type: "slow" })];
  const port = serve({ open: (socket) => void socket.write(frame.subarray(0, 1)), data: echo });
  const peer = await FramePeer.connect({ port });
  for (const byte of frame.subarray(1)) await peer.sendBytes(Uint8Array.of(byte));
  expect(await peer.next()).toEqual({ type: "slow" });
  peer.socket.end();
  await peer.closed();
});

test("a wait fails with what came instead, when time is up and when the connection ends", async () => {
  const port = serve({ data: echo });
  const late = await FramePeer.connect({ port, deadlineMs: 20 });
  await late.send({ type: "other" });
  await expect(late.next("wanted")).rejects.toThrow(/after 20 ms.*"wanted".*"type":"other"/);
  const ended = await FramePeer.connect({ port });
  const wait = ended.next("wanted");
  ended.socket.end();
  await expect(wait).rejects.toThrow("the connection ended");
  late.socket.reset();
});

test("iterates over everything up to the end", async () => {
  const port = serve({
    open(socket) {
      socket.write(frames({ type: "a" }, { type: "b" }));
      socket.shutdown();
    },
  });
  const peer = await FramePeer.connect({ port });
  const types: string[] = [];
  for await (const { type } of peer) types.push(type);
  expect(types).toEqual(["a", "b"]);
});

test("after our FIN the other side may still answer", async () => {
  const asked = Promise.withResolvers<Socket<undefined>>();
  const port = serve({ data: (socket) => asked.resolve(socket) });
  const peer = await FramePeer.connect({ port, lingers: true });
  await peer.send({ type: "question" });
  peer.socket.end();
  (await asked.promise).write(frames({ type: "answer" }));
  expect(await peer.next()).toEqual({ type: "answer" });
  peer.socket.reset();
  await peer.closed();
});

test("what the kernel does not take at once is sent when it has room", async () => {
  const mebibytes = 16;
  let received = 0;
  const count = (_socket: Socket<undefined>, chunk: Uint8Array) => {
    received += chunk.length;
  };
  const port = serve({ data: count });
  const peer = await FramePeer.connect({ port });
  const sent = peer.sendBytes(new Uint8Array(mebibytes * 1024 * 1024));
  expect(peer.socket.unsentBytes).toBeGreaterThan(0);
  await sent;
  expect(peer.socket.unsentBytes).toBe(0);
  peer.socket.end();
  await peer.closed();
  expect(received).toBe(mebibytes * 1024 * 1024);
});

test("a reset by the server is told apart from a close", async () => {
  const port = serve({ data: (socket) => void socket.terminate() });
  const peer = await FramePeer.connect({ port });
  await peer.send({ type: "a" });
  expect(await peer.closed()).toBe("reset");
});

test("waits for a number of messages without taking them from other waits", async () => {
  const peer = await FramePeer.connect({ port: serve({ data: echo }) });
  const [all, next] = [peer.until("b", 2), peer.next("b")];
  await peer.sendBytes(frames({ type: "b", n: 1 }, { type: "a" }, { type: "b", n: 2 }));
  expect(await all).toHaveLength(2);
  expect(await next).toEqual({ type: "b", n: 1 });
  const missing = peer.until("b", 3);
  peer.socket.end();
  await expect(missing).rejects.toThrow("the connection ended");
});
