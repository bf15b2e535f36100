// The transport over a WebSocket that does what a test says: its bounds, and what becomes of what waits.

import { expect, test } from "bun:test";
import { lengthPrefixed } from "@maru/protocol";
import {
  dialWebSocket,
  heldBytesMax,
  unsentBytesMax,
  type WebSocketClass,
  type WebSocketLike,
} from "./web-socket.ts";

class ScriptedWebSocket implements WebSocketLike {
  binaryType = "blob";
  bufferedAmount = 0;
  readonly sent: unknown[] = [];
  closedWith: number | undefined | null = null;
  readonly #listeners = new Map<string, ((event: never) => void)[]>();

  send(data: unknown): void {
    this.sent.push(data);
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  tell(type: string, event: object = {}): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as never);
  }
}

/** A transport, its socket, and what it has told. */
function dial() {
  const socket = new ScriptedWebSocket();
  const told: string[] = [];
  const { promise: drained, resolve } = Promise.withResolvers<void>();
  const WebSocket = function WebSocket() {
    return socket;
  } as unknown as WebSocketClass;
  const transport = dialWebSocket("ws://host/", { WebSocket }).dial(
    {
      opened: () => told.push("opened"),
      payload: (payload) => told.push(new TextDecoder().decode(payload)),
      broken: (problem) => told.push(`broken: ${problem}`),
      drained: () => resolve(),
      ended: (cause) => told.push(`ended: ${cause instanceof Error ? cause.message : cause}`),
    },
    lengthPrefixed,
  );
  return { socket, transport, told, drained };
}

test("a text message is a payload, both ways; bytes are taken too", () => {
  const { socket, transport, told } = dial();
  expect(socket.binaryType).toBe("arraybuffer");
  socket.tell("open");
  transport.send('{"type":"ping"}');
  expect(socket.sent).toEqual(['{"type":"ping"}']);
  socket.tell("message", { data: "안녕" });
  socket.tell("message", { data: new TextEncoder().encode("bytes").buffer });
  socket.tell("close");
  expect(told).toEqual(["opened", "안녕", "bytes", "ended: undefined"]);
});

test("while it is paused nothing is delivered, and at the end all of it", () => {
  const { socket, transport, told } = dial();
  transport.pause();
  socket.tell("message", { data: "one" });
  socket.tell("message", { data: "two" });
  expect(told).toEqual([]);
  transport.resume();
  expect(told.splice(0)).toEqual(["one", "two"]);
  transport.pause();
  socket.tell("message", { data: "three" });
  socket.tell("error", { message: "gone" });
  socket.tell("close");
  expect(told).toEqual(["three", "ended: gone"]);
});

test("what waits is bounded, at both sides of the bound", () => {
  const { socket, transport, told } = dial();
  transport.pause();
  socket.tell("message", { data: "x".repeat(heldBytesMax) });
  expect([told, socket.closedWith]).toEqual([[], null]);
  socket.tell("message", { data: "y" });
  expect(told).toEqual(["ended: more came than the reader of events took"]);
  expect(socket.closedWith).toBeUndefined();
  socket.tell("message", { data: "z" });
  socket.tell("close");
  expect(told).toHaveLength(1);
});

test("it says when no more is taken, and when it is again", async () => {
  const { socket, transport, drained } = dial();
  socket.bufferedAmount = unsentBytesMax - 1;
  transport.send("a");
  expect(transport.writable).toBe(true);
  socket.bufferedAmount = unsentBytesMax;
  transport.send("b");
  expect(transport.writable).toBe(false);
  socket.bufferedAmount = unsentBytesMax / 2 - 1;
  await drained;
  expect(transport.writable).toBe(true);
});

test("nothing is told after its end", () => {
  const { socket, transport, told } = dial();
  transport.end(10);
  expect(socket.closedWith).toBe(1000);
  transport.send("a");
  socket.tell("message", { data: "x" });
  socket.tell("close");
  expect([told, socket.sent]).toEqual([[], []]);
});

test("what is no url, and a runtime without WebSockets, are told at once", () => {
  expect(() => dialWebSocket("ws://")).toThrow(expect.objectContaining({ code: "invalid_url" }));
  const { WebSocket } = globalThis;
  try {
    Object.assign(globalThis, { WebSocket: undefined });
    expect(() => dialWebSocket("ws://host")).toThrow(
      expect.objectContaining({ code: "invalid_option" }),
    );
  } finally {
    Object.assign(globalThis, { WebSocket });
  }
});
