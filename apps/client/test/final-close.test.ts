// The chat against a server that takes nothing and then turns it away for good.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { FrameServer, processTestMs } from "@maru/testkit";
import { endProcesses, startClient } from "./processes.ts";

setDefaultTimeout(processTestMs);

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
function farewell(room: string) {
  const news = Array.from({ length: 200 }, (_, index) => {
    return { type: "message", room, seq: index + 1, at: 0, from: "bob", text: "news" };
  });
  return [...news, { type: "close", code: "banned", reason: "go away", reconnect: "never" }];
}

/** Welcomes, lets in, acknowledges no send, and closes for good when no more may be in flight. */
function startDeafServer(): FrameServer {
  return new FrameServer({
    heard({ type, id: re, room }, peer) {
      const base = { re, server: "deaf/1", session: "s", time: 0, durability: "memory" };
      if (type === "hello") {
        const rest = { version: 1, nick: "ann", heartbeatMs: 30_000, limits };
        peer.send({ ...base, type: "welcome", ...rest });
      } else if (type === "join") {
        const rest = { topic: "", memberCount: 1, members: [], recovered: false };
        peer.send({ type: "joined", re, room, epoch: "e", head: 0, ...rest });
      } else if (type === "send" && peer.ofType("send").length === limits.inflight) {
        peer.send(...farewell(String(room)));
      }
    },
  });
}

test("being turned away while the input waits for acknowledgements is no crash", async () => {
  const server = startDeafServer();
  const { address } = server;
  const chat = startClient(address, `maru://${address}/r`, "--nick", "ann");
  chat.process.stdin.write(`${"x".repeat(1000)}\n`.repeat(1000));
  chat.process.stdin.flush();
  const { code, err, out } = await chat.finished();
  server.stop();
  expect([code, err]).toEqual([4, ""]);
  expect(out.toString()).toContain("!! go away");
});
