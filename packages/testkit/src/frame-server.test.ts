import { afterEach, expect, test } from "bun:test";
import { FramePeer } from "./frame-peer.ts";
import { FrameServer, type FrameServerOptions } from "./frame-server.ts";

const servers: FrameServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});
function serve(options: FrameServerOptions = {}): FrameServer {
  const server = new FrameServer(options);
  servers.push(server);
  return server;
}

test("hands out each connection once, in order, waited for or not", async () => {
  const server = serve();
  const waited = server.accept();
  const one = await FramePeer.connect({ port: server.port });
  await one.send({ type: "a" });
  expect(await (await waited).next()).toEqual({ type: "a" });
  const other = await FramePeer.connect({ port: server.port });
  await other.send({ type: "b" }, { type: "c" });
  const accepted = await server.accept();
  expect(await accepted.next("c")).toEqual({ type: "c" });
  expect([accepted.untaken, accepted.received.length]).toEqual([0, 2]);
});

test("answers as it is told to, on the connection that asked", async () => {
  const server = serve({
    accepted: (peer) => peer.send({ type: "first" }),
    heard: ({ type }, peer) => peer.send({ type: `${type}, too` }),
  });
  const peers = await Promise.all([1, 2].map(() => FramePeer.connect({ port: server.port })));
  for (const [index, peer] of peers.entries()) {
    await peer.send({ type: `${index}` });
    expect((await peer.take(2)).map(({ type }) => type)).toEqual(["first", `${index}, too`]);
  }
});

test("stopping ends its connections, and one that has ended is told", async () => {
  const server = serve();
  const [peer, left] = await Promise.all([1, 2].map(() => FramePeer.connect(server)));
  const accepted = await Promise.all([server.accept(), server.accept()]);
  left?.socket.end();
  expect(await Promise.race(accepted.map((one) => one.closed()))).toBe("closed");
  server.stop();
  await peer?.closed();
});
