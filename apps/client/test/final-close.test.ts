// The chat against a server that takes nothing and then turns it away for good.

import { afterAll, expect, test } from "bun:test";
import { encodeFrame, FrameDecoder } from "@maru/protocol";
import { endProcesses, startClient } from "./processes.ts";

afterAll(endProcesses);

const limits = {
  frameBytes: 65536,
  textBytes: 8192,
  inflight: 8,
  sendRate: 0,
  sendBurst: 0,
  roomsPerSession: 64,
  historyPage: 100,
};

/** The end, behind events that keep the reader of events busy. */
function farewell(room: string): object[] {
  const news = Array.from({ length: 200 }, (_, index) => {
    return { type: "message", room, seq: index + 1, at: 0, from: "bob", text: "news" };
  });
  return [...news, { type: "close", code: "banned", reason: "go away", reconnect: "never" }];
}

/** Welcomes, lets in, acknowledges no send, and closes for good when no more may be in flight. */
function startDeafServer() {
  return Bun.listen<{ decoder: FrameDecoder; sends: number }>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        socket.data = { decoder: new FrameDecoder(65536), sends: 0 };
      },
      data(socket, chunk) {
        const say = (message: object) => socket.write(encodeFrame(JSON.stringify(message)));
        const { decoder } = socket.data;
        decoder.push(chunk);
        for (let frame = decoder.next(); frame !== null; frame = decoder.next()) {
          const { type, id: re, room } = JSON.parse(new TextDecoder().decode(frame));
          const base = { re, server: "deaf/1", session: "s", time: 0, durability: "memory" };
          if (type === "hello") {
            say({ ...base, type: "welcome", version: 1, nick: "ann", heartbeatMs: 30_000, limits });
          } else if (type === "join") {
            const rest = { topic: "", memberCount: 1, members: [], recovered: false };
            say({ type: "joined", re, room, epoch: "e", head: 0, ...rest });
          } else if (type === "send") {
            socket.data.sends += 1;
            if (socket.data.sends === limits.inflight) farewell(room).map(say);
          }
        }
      },
    },
  });
}

test("being turned away while the input waits for acknowledgements is no crash", async () => {
  const server = startDeafServer();
  const address = `127.0.0.1:${server.port}`;
  const chat = startClient(address, `maru://${address}/r`, "--nick", "ann");
  chat.process.stdin.write(`${"x".repeat(1000)}\n`.repeat(1000));
  chat.process.stdin.flush();
  const { code, err, out } = await chat.finished();
  server.stop(true);
  expect([code, err]).toEqual([4, ""]);
  expect(out.toString()).toContain("!! go away");
});
