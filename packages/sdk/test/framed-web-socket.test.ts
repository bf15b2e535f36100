// The client over a WebSocket against the very framing that the servers speak it with.

import { afterEach, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { frameOf, type WireMessage, webSocketFraming } from "@maru/protocol";
import type { Socket, TCPSocketListener } from "bun";
import { connect } from "../src/mod.ts";
import { boardProtocol } from "./board-protocol.ts";

type Message = WireMessage & Readonly<Record<string, unknown>>;

const framing = webSocketFraming({
  path: "/ws",
  origins: [],
  subprotocol: null,
  requestBytesMax: 8_192,
  sha1Base64: (text) => createHash("sha1").update(text).digest("base64"),
});
const listeners: TCPSocketListener<undefined>[] = [];

afterEach(() => {
  for (const listener of listeners.splice(0)) listener.stop(true);
});

interface Peer {
  say(message: Message): void;
  /** The protocol's close, and the framing's last words behind it. */
  end(close: Message): void;
}

/** A server of one protocol: what each connection says goes to `heard`. */
function listen(heard: (message: Message, peer: Peer) => void): string {
  const frame = (message: Message) => frameOf(framing, JSON.stringify(message));
  const receive = (socket: Socket<undefined>) => {
    const decoder = framing.createDecoder(65_536);
    const peer: Peer = {
      say: (message) => void socket.write(frame(message)),
      end: (close) => void socket.end(decoder.farewell(frame(close))),
    };
    return (chunk: Uint8Array) => {
      decoder.push(chunk);
      for (;;) {
        const payload = decoder.next();
        const reply = decoder.takeReply();
        if (reply !== null) socket.write(reply);
        if (payload === null) return;
        heard(JSON.parse(new TextDecoder().decode(payload)), peer);
      }
    };
  };
  const receivers = new WeakMap<object, (chunk: Uint8Array) => void>();
  const listener = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open: (socket) => void receivers.set(socket, receive(socket)),
      data: (socket, chunk) => receivers.get(socket)?.(chunk),
    },
  });
  listeners.push(listener);
  return `ws://127.0.0.1:${listener.port}/ws`;
}

test("calls, events and closes are the same over the servers' own WebSocket", async () => {
  const heardTypes: string[] = [];
  const url = listen((message, peer) => {
    const { type, id: re } = message;
    heardTypes.push(type);
    if (type === "hello") peer.say({ type: "welcome", re, name: "ann", heartbeatMs: 30_000 });
    if (type === "enter") {
      peer.say({ type: "moved", board: "a", x: 1, y: 2, name: "안녕".repeat(10_000) });
      peer.say({ type: "entered", re, cursors: [] });
    }
    if (type === "move") {
      peer.end({ type: "close", code: "shutdown", reason: "later", reconnect: "now" });
    }
  });
  await using client = await connect(boardProtocol, { url, greeting: { token: "t" } });
  expect(await client.call("enter", { board: "a" })).toEqual({ cursors: [] });
  client.notify("move", { board: "a", x: 1, y: 2 });
  const seen: unknown[] = [];
  for await (const event of client.events()) {
    if (event.type === "moved") seen.push(event.name.length);
    if (event.type !== "$state") continue;
    if (event.state.phase === "waiting") seen.push(event.state.reason.code);
    if (event.state.phase === "online" && event.state.again) break;
  }
  expect(seen).toEqual([20_000, "shutdown"]);
  expect(heardTypes).toEqual(["hello", "enter", "move", "hello"]);
});
